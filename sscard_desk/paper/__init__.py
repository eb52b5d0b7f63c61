"""Draws the forms as PDF and shows them as pictures.

The libraries behind it cost a third of a second to import, so this module imports them at the first call: call it on
a lane, not on the window's thread.
"""

from collections.abc import Iterable, Mapping, Sequence

from sscard_desk.domain.card_face import CardFace
from sscard_desk.domain.portrait import Preview
from sscard_desk.forms.definition import FormDefinition
from sscard_desk.forms.findings import Finding
from sscard_desk.ports.paper import NO_LISTS, Batch, Copy, Lists, PaperFacts, RulerFacts
from sscard_desk.texts import SIMPLIFIED_CHINESE

PaperContext = PaperFacts


def draw(definition: FormDefinition, answers: Mapping[str, str], facts: PaperFacts, lists: Lists = NO_LISTS) -> bytes:
    """Return a form as PDF; the same answers and facts give the same bytes.

    Args:
        definition: the form in its edition.
        answers: answers by field id; what is missing stays open for a pen.
        facts: what stands on the paper besides.
        lists: the rows of its tables.

    Raises:
        CharacterNotDrawable: an answer holds a character that no font here has.
        TextDoesNotFit: an answer is too long for its place.
        PictureUnreadable: the portrait is not a picture.
    """
    from sscard_desk.paper.drawing import draw_form  # noqa: PLC0415 - reportlab is paid for at the first paper

    return draw_form(definition, answers, facts, lists)


def draw_many(definition: FormDefinition, copies: Iterable[Copy]) -> Batch:
    """Return many copies of a form as one PDF, such as the forms of a class; fonts and fixed parts are in it once.

    A copy that cannot be drawn is left out and said in the result, by its number and with the error of `draw`.

    Args:
        definition: the form in its edition.
        copies: all in one language.
    """
    from sscard_desk.paper.drawing import draw_copies  # noqa: PLC0415 - reportlab is paid for at the first paper

    return draw_copies(definition, copies)


def prepare(definitions: Iterable[FormDefinition], language: str = SIMPLIFIED_CHINESE) -> None:
    """Load the libraries, the fonts and the fixed parts of these forms; call it on a lane before the first paper."""
    from sscard_desk.paper import drawing, render  # noqa: F401, PLC0415 - that is the point

    for definition in definitions:
        drawing.prepare(definition, language)


def render_page(pdf: bytes, page: int, dpi: float) -> tuple[int, int, bytes]:
    """Return a page as a picture: width and height in pixels, and RGB bytes, 3 per pixel, rows from the top.

    Args:
        pdf: a document.
        page: counted from 0.
        dpi: pixels per inch.

    Raises:
        IndexError: the document has no such page.
    """
    from sscard_desk.paper.render import render  # noqa: PLC0415 - pdfium is paid for at the first preview

    return render(pdf, page, dpi)


class PdfPaper:
    """The port `Paper` by reportlab."""

    def draw(
        self, definition: FormDefinition, answers: Mapping[str, str], facts: PaperFacts, lists: Lists = NO_LISTS
    ) -> bytes:
        """Return the form as a PDF document; see `draw`."""
        return draw(definition, answers, facts, lists)

    def draw_many(self, definition: FormDefinition, copies: Iterable[Copy]) -> Batch:
        """Return many copies of a form as one PDF document; see `draw_many`."""
        return draw_many(definition, copies)

    def bind(self, parts: Sequence[bytes]) -> bytes:
        """Return documents as one, in this order."""
        from sscard_desk.paper.binding import bound  # noqa: PLC0415 - pdfium, as for a preview

        return bound(parts)

    def of_pictures(self, pictures: Sequence[bytes], dpi: float, title: str) -> bytes:
        """Return JPEG files as one PDF document, each page at its true size."""
        from sscard_desk.paper.bound import bind_whole  # noqa: PLC0415 - reportlab, as above

        return bind_whole(pictures, dpi, title)

    def undrawable(
        self, definition: FormDefinition, answers: Mapping[str, str], lists: Lists = NO_LISTS
    ) -> tuple[Finding, ...]:
        """Return a finding for each answer with a character that no font here has, before anything is printed."""
        from sscard_desk.paper.coverage import undrawable  # noqa: PLC0415 - reading the fonts' maps takes a lane

        return undrawable(definition, answers, lists)

    def ruler_sheet(self, facts: RulerFacts) -> bytes:
        """Return a sheet with rulers and crosses at known places, as PDF."""
        from sscard_desk.paper.ruler_sheet import draw_ruler_sheet  # noqa: PLC0415 - reportlab, as above

        return draw_ruler_sheet(facts)

    def card_face(self, face: CardFace) -> bytes:
        """Return the face of a card as PDF, one page of the card's size; see `card_face.draw_card_face`."""
        from sscard_desk.paper.card_face import draw_card_face  # noqa: PLC0415 - reportlab, as above

        return draw_card_face(face)

    def pages(self, pdf: bytes) -> int:
        """Return how many pages a document has."""
        from sscard_desk.paper.render import count_pages  # noqa: PLC0415 - pdfium is paid for at the first preview

        return count_pages(pdf)

    def render(self, pdf: bytes, page: int, dpi: float) -> Preview:
        """Render one page (from 0) of exactly the document that is printed."""
        width, height, rgb = render_page(pdf, page, dpi)
        return Preview(width, height, rgb)


__all__ = ["Batch", "Copy", "PaperContext", "PaperFacts", "PdfPaper", "draw", "draw_many", "prepare", "render_page"]
