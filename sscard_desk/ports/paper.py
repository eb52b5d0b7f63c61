"""Drawing a form as PDF."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Final, Protocol

from sscard_desk.domain.card_face import CardFace
from sscard_desk.domain.errors.base import OperatorCanFix
from sscard_desk.domain.portrait import Preview
from sscard_desk.forms.definition import FormDefinition

Lists = Mapping[str, Sequence[Mapping[str, str]]]
"""The rows of a paper's tables by the list's name; each row is answers by field id."""
NO_LISTS: Final[Lists] = MappingProxyType({})


@dataclass(frozen=True)
class PaperFacts:
    """What stands on a paper besides the answers.

    Attributes:
        application_no: the application number, drawn as barcode and QR; of a list its own number of the same build.
        serial: form serial, application number + form + copy.
        copy: how many times this form was printed, from 1.
        issued: when, aware.
        due: last day for bringing it back, or None.
        due_assumed: whether it was counted Monday to Friday because the year's calendar is not known.
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
    due_assumed: bool = False


@dataclass(frozen=True)
class Copy:
    """One copy of a form among many in one document."""

    answers: Mapping[str, str]
    facts: PaperFacts
    lists: Lists = field(default_factory=dict)


@dataclass(frozen=True)
class Batch:
    """Many copies of a form in one document.

    Attributes:
        pdf: the document; empty where no copy could be drawn.
        pages: how many it has.
        failed: which copies (from 0) are not in it, and why.
    """

    pdf: bytes
    pages: int
    failed: tuple[tuple[int, OperatorCanFix], ...] = ()


@dataclass(frozen=True)
class RulerFacts:
    """What stands on the sheet that shows how a printer feeds paper.

    Attributes:
        printer: what the printer is called here.
        x_mm: the correction set for it, to the right.
        y_mm: the same, downwards.
        at: when, aware.
        language: `zh_CN` or `en`.
    """

    printer: str
    x_mm: float
    y_mm: float
    at: datetime
    language: str = "zh_CN"


class Paper(Protocol):
    """Whoever draws."""

    def draw(
        self, definition: FormDefinition, answers: Mapping[str, str], facts: PaperFacts, lists: Lists = NO_LISTS
    ) -> bytes:
        """Return the form as a PDF document."""

    def draw_many(self, definition: FormDefinition, copies: Iterable[Copy]) -> Batch:
        """Return many copies of a form, all in one language, as one PDF document."""

    def bind(self, parts: Sequence[bytes]) -> bytes:
        """Return documents as one, in this order; their own signatures do not survive it."""

    def of_pictures(self, pictures: Sequence[bytes], dpi: float, title: str) -> bytes:
        """Return JPEG files as one PDF document, each page at its true size.

        Args:
            pictures: at least one, in order.
            dpi: their resolution.
            title: what the document is; nobody's name.

        Raises:
            PictureUnreadable: one of them is no JPEG file.
        """

    def ruler_sheet(self, facts: RulerFacts) -> bytes:
        """Return a sheet with rulers and crosses at known places, as PDF."""

    def card_face(self, face: CardFace) -> bytes:
        """Return the face of a card as PDF, one page of the card's size."""

    def pages(self, pdf: bytes) -> int:
        """Return how many pages a document has."""

    def render(self, pdf: bytes, page: int, dpi: float) -> Preview:
        """Render one page (from 0) of exactly the document that is printed."""
