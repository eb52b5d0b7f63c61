"""What was read from the scan of an id card: proposals, each with what can be said for it, and no facts yet."""

from dataclasses import dataclass
from enum import StrEnum


class ScanVerdict(StrEnum):
    """What a proposal was held against."""

    CHECKED = "checked"
    """A check digit, a code table or another field bears it out."""
    UNCHECKED = "unchecked"
    """It was read well, and there is nothing to hold it against: names, addresses, authorities."""
    DOUBTFUL = "doubtful"
    """It was read badly, or is not what such a field looks like."""
    CONTRADICTS = "contradicts"
    """It cannot be: a check digit or another field says otherwise."""
    MISSING = "missing"
    """Nothing was read at its place, or its side of the card was not scanned."""


class ScanWarning(StrEnum):
    """What is wrong with the picture although it was read."""

    CUT = "cut"
    """An edge of the card lies outside the picture."""
    GLARE = "glare"
    """A bright spot covers a field."""
    FRONT_ONLY = "front_only"
    """The side with the authority and the validity is not in it."""
    UNSURE_LAYOUT = "unsure_layout"
    """No source shows where things stand on such a document: it was read by its printed words alone."""


@dataclass(frozen=True)
class ScannedField:
    """One proposal.

    Attributes:
        name: of the form's field: `id_number`, `name`, `sex`, `nationality`, `ethnic`, `birth`, `address`, `authority`,
            `valid_from`, `valid_to`.
        text: the proposal as a form's answer (codes, ISO 8601 dates, 长期); empty where nothing was read.
        raw: as it was recognised.
        confidence: of the text recognition, 0.0 to 1.0; of its weakest line. High for wrong names too.
        verdict: what the proposal was held against.
        cut_out: JPEG of its place on the card; empty where the side was not scanned.
    """

    name: str
    text: str
    raw: str
    confidence: float
    verdict: ScanVerdict
    cut_out: bytes = b""

    def __repr__(self) -> str:
        return f"ScannedField({self.name}, {self.verdict.value})"


@dataclass(frozen=True)
class IdScan:
    """The scan of one id card.

    Attributes:
        kind: a `DocumentKind` word, by the number's head.
        fields: in the order in which the clerk confirms them.
        sides: `front` (the portrait's side), `back`.
        portrait: JPEG of the portrait on the card.
        warnings: what is wrong with the picture.
    """

    kind: str
    fields: tuple[ScannedField, ...]
    sides: tuple[str, ...]
    portrait: bytes
    warnings: tuple[ScanWarning, ...] = ()

    def __repr__(self) -> str:
        return f"IdScan(kind={self.kind}, sides={self.sides})"

    def field(self, name: str) -> ScannedField:
        """Return one field.

        Raises:
            KeyError: this kind of card has none of that name.
        """
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(name)
