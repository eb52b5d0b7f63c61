"""Where a portrait comes from, and what is on record of that (issue of the photo: chip, register, studio, counter)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

CHIP: Final = "chip"
"""The picture in the id card's chip (证件芯片照片)."""
REGISTER: Final = "register"
"""The picture that the population register holds at the centre (人口库照片)."""
STUDIO: Final = "studio"
"""A collection unit on the city's list (数码相片采集单位), by the number on its receipt."""
CAMERA: Final = "camera"
FILE: Final = "file"
SCANNER: Final = "scanner"
"""A paper photo that was scanned."""

BY_CONSENT: Final = frozenset({CHIP, REGISTER})
"""Made for something else, so the applicant consents before it stands on the card."""


def needs_consent(source: str) -> bool:
    """Return whether a portrait from this source needs the applicant's consent."""
    return source in BY_CONSENT


@dataclass(frozen=True)
class Consent:
    """A consent that stands: to which source, in which words, when and by whose hand.

    Attributes:
        source: `chip` or `register`.
        edition: of the words that were shown.
        language: in which they were shown.
        digest: SHA-256 of them, 64 hex characters.
        at: when, UTC.
        party: who signed: `applicant`, `guardian` or `agent`.
        kind_of_signature: `strokes`, `paper` or `thumb`, as on a signature of the form.
    """

    source: str
    edition: str
    language: str
    digest: str
    at: datetime
    party: str
    kind_of_signature: str


@dataclass(frozen=True)
class Provenance:
    """What is known of where a portrait came from; what nobody knows stays empty.

    Attributes:
        way: `reader`, `centre`, `stick`, `glass`; how it came to this desk.
        studio: code of the collection unit.
        receipt: number on the photo receipt (回执号).
        issued: day on the receipt.
        valid_until: last day on which the receipt could be used, by the data of that day.
        taken: day on which the picture was taken.
        unit: code of the unit in whose folder the file lay.
    """

    way: str
    studio: str = ""
    receipt: str = ""
    issued: date | None = None
    valid_until: date | None = None
    taken: date | None = None
    unit: str = ""
