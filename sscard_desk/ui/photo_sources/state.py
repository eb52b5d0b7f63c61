"""What the page of the photo's other sources shows."""

from dataclasses import dataclass, field
from enum import Enum

from sscard_desk.domain.photo_source import CHIP, Provenance
from sscard_desk.domain.portrait import Portrait
from sscard_desk.ui.photo.state import RuleLine
from sscard_desk.ui.serving.reprint import ReprintAsk
from sscard_desk.ui.sign.strokes import Strokes
from sscard_desk.ui.sign.witnessing import WitnessState
from sscard_desk.ui.states import ActionState, Mark, Option
from sscard_desk.ui.words import Words


class Stage(Enum):
    """How far a source is."""

    CONSENT = "consent"
    """Nothing is read or asked before the applicant signs."""
    READY = "ready"
    ASKING = "asking"
    TROUBLE = "trouble"
    MADE = "made"


@dataclass(frozen=True)
class Found:
    """One portrait that came from a source."""

    portrait: Portrait
    provenance: Provenance
    original: bytes = field(repr=False)


@dataclass(frozen=True)
class ConsentState:
    """What the applicant reads and signs.

    Attributes:
        title: of the words, in the applicant's language.
        paragraphs: likewise.
        edition: of the words.
        language: in which they are shown.
        signer: who signs.
        strokes: what was drawn so far.
        way: `pad`, `paper` for a signed sheet that is scanned, or `thumb` for a print with a witness.
        how: what to do, where nobody draws.
        busy: whether the sheet is being printed, scanned or checked.
        reprint: why it is printed again, while that is asked.
        witness: the strip of a thumb print's witness.
    """

    title: str
    paragraphs: tuple[str, ...]
    edition: str
    language: str
    signer: Words
    strokes: Strokes = field(default_factory=Strokes)
    way: str = "pad"
    how: Words = ""
    busy: bool = False
    reprint: ReprintAsk | None = None
    witness: WitnessState = field(default_factory=WitnessState)


@dataclass(frozen=True)
class StudioState:
    """The fields of a photo receipt.

    Attributes:
        options: the studios on the centre's list.
        studio: code of the chosen one.
        receipt: its number as typed.
        issued: the day on it as typed.
        receipt_error: what is wrong with the number.
        issued_error: what is wrong with the day.
        day_required: whether the data ask for the day.
        holds: how long a receipt holds.
    """

    options: tuple[Option, ...] = ()
    studio: str = ""
    receipt: str = ""
    issued: str = ""
    receipt_error: Words = ""
    issued_error: Words = ""
    day_required: bool = False
    holds: Words = ""


@dataclass(frozen=True)
class SourcesState:
    """The page.

    Attributes:
        source: a word of `domain.photo_source`.
        stage: how far it is.
        consent: what is to be signed, None where nothing is.
        studio: the receipt's fields.
        mark: of the notice.
        notice: what is going on, or what is wrong.
        notice_note: what to do.
        act: what F7 does; empty where it does nothing.
        found: what came; several where several photos lay on the glass.
        chosen: which of them, from 0.
        rules: verdicts on the chosen one.
        facts: what is on record, label and value.
        revocable: whether a consent to this source can be taken back.
        locked: why nothing can be changed here; empty where it can.
        can_unlock: whether signatures may be voided for it.
        busy: whether an act is being recorded.
        action: the action bar.
    """

    source: str = CHIP
    stage: Stage = Stage.READY
    consent: ConsentState | None = None
    studio: StudioState = field(default_factory=StudioState)
    mark: Mark = Mark.TODO
    notice: Words = ""
    notice_note: Words = ""
    act: Words = ""
    found: tuple[Found, ...] = ()
    chosen: int = 0
    rules: tuple[RuleLine, ...] = ()
    facts: tuple[tuple[Words, Words], ...] = ()
    revocable: bool = False
    locked: Words = ""
    can_unlock: bool = False
    busy: bool = False
    action: ActionState = field(default_factory=ActionState)

    @property
    def picture(self) -> bytes:
        """The chosen portrait's JPEG, empty without one."""
        return self.found[self.chosen].portrait.jpeg if self.found else b""
