"""The document desk: pages by OpenCV, PDF in and out by the paper room."""

from collections.abc import Iterator, Sequence
from typing import Final

from sscard_desk.domain.portrait import Preview
from sscard_desk.domain.scanned_document import DocumentPage
from sscard_desk.forms.document_kinds import DocumentKind, Layout
from sscard_desk.ports.documents import DocumentDesk

GAP: Final = 25.0
"""Between the two sides of a card on their page, in mm."""
PDF_DPI: Final = 300.0
MM_PER_INCH: Final = 25.4


class Documents:
    """Implements `ports.documents.DocumentDesk`; nothing heavy is imported before the first page."""

    def pages(self, content: bytes, dpi: float, kind: DocumentKind) -> tuple[DocumentPage, ...]:
        """Cut out, straighten and check; see `DocumentDesk.pages`."""
        from sscard_desk.imaging.documents.pages import make_page
        from sscard_desk.imaging.pages.sheets import PDF, sheets

        known = dpi or (PDF_DPI if PDF in content[:1024] else _dpi_of(content))
        return tuple(
            make_page(sheet, known or _likely(sheet.shape[1], kind), kind) for sheet in sheets(content, _pdf_pages)
        )

    def turn(self, page: DocumentPage, kind: DocumentKind, quarters: int = 1) -> DocumentPage:
        """Turn a page; see `DocumentDesk.turn`."""
        from sscard_desk.imaging.documents.pages import turn_page

        return turn_page(page, kind, quarters)

    def bind(self, pages: Sequence[DocumentPage], kind: DocumentKind, title: str) -> bytes:
        """Bind pages; see `DocumentDesk.bind`."""
        from sscard_desk.paper.bound import A4, BoundPage, Placed, bind

        if kind.layout is Layout.PAGES:
            each = (BoundPage(p.width, p.height, (Placed(p.jpeg, 0, 0, p.width, p.height),)) for p in pages)
            return bind(tuple(each), title)
        bound = []
        for at in range(0, len(pages), 2):
            pair, y, placed = pages[at : at + 2], 40.0, []
            for page in pair:
                placed.append(Placed(page.jpeg, (A4[0] - page.width) / 2, y, page.width, page.height))
                y += page.height + GAP
            bound.append(BoundPage(A4[0], max(A4[1], y), tuple(placed)))
        return bind(bound, title)

    def look(self, pdf: bytes, height: int) -> tuple[Preview, ...]:
        """Picture a bound document's pages; see `DocumentDesk.look`."""
        from sscard_desk.paper.scans import small_pages

        return tuple(small_pages(pdf, height))


def make_documents() -> DocumentDesk:
    """Return the document desk."""
    return Documents()


def _pdf_pages(pdf: bytes) -> Iterator[Preview]:
    from sscard_desk.paper.scans import scanned_pages

    return scanned_pages(pdf)


def _dpi_of(content: bytes) -> float:
    """Return the resolution that a JPEG file (JFIF) says of itself, 0.0 where it does not."""
    if content[6:11] != b"JFIF\x00" or content[13] not in {1, 2}:
        return 0.0
    per_unit = int.from_bytes(content[14:16], "big")
    return per_unit * (MM_PER_INCH / 10 if content[13] == 2 else 1.0) if per_unit > 72 else 0.0  # noqa: PLR2004 - screens, or nothing known


def _likely(width: int, kind: DocumentKind) -> float:
    """Return the resolution of a picture that says nothing: as wide as the kind's paper."""
    return width / (kind.width or 210.0) * MM_PER_INCH
