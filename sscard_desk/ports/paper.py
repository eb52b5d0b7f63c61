"""Drawing a form as PDF."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from sscard_desk.domain.portrait import Preview
from sscard_desk.forms.definition import FormDefinition


@dataclass(frozen=True)
class PaperFacts:
    """What stands on a paper besides the answers.

    Attributes:
        application_no: the application number, drawn as barcode and QR.
        serial: form serial, application number + form + copy.
        copy: how many times this form was printed, from 1.
        issued: when, aware.
        due: last day for bringing it back, or None.
        language: `zh_CN` or `en`.
        draft: whether a watermark says that it is one.
        photo_jpeg: the portrait, or None.
        service_point: name of the service point.
        printed_by: display name of the clerk.
    """

    application_no: str
    serial: str
    copy: int
    issued: datetime
    due: date | None = None
    language: str = "zh_CN"
    draft: bool = False
    photo_jpeg: bytes | None = None
    service_point: str = ""
    printed_by: str = ""


class Paper(Protocol):
    """Whoever draws."""

    def draw(self, definition: FormDefinition, answers: Mapping[str, str], facts: PaperFacts) -> bytes:
        """Return the form as a PDF document."""

    def pages(self, pdf: bytes) -> int:
        """Return how many pages a document has."""

    def render(self, pdf: bytes, page: int, dpi: float) -> Preview:
        """Render one page (from 0) of exactly the document that is printed."""
