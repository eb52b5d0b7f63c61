"""Making documents of scanned pages: cutting, straightening, checking, binding."""

from collections.abc import Sequence
from typing import Protocol

from sscard_desk.domain.portrait import Preview
from sscard_desk.domain.scanned_document import DocumentPage
from sscard_desk.forms.document_kinds import DocumentKind


class DocumentDesk(Protocol):
    """Makes documents. Slow: to be used on the imaging lane only."""

    def pages(self, content: bytes, dpi: float, kind: DocumentKind) -> tuple[DocumentPage, ...]:
        """Cut out, straighten and check what a scanner gave.

        Args:
            content: a picture or document file (PNM, PNG, JPEG, BMP, TIFF or PDF).
            dpi: its resolution; 0.0 where only the file may say.
            kind: how it is to be kept.

        Returns:
            One page for each side in the file.

        Raises:
            ScanUnreadable: it is none of these files, is cut short, or far too large.
        """

    def turn(self, page: DocumentPage, kind: DocumentKind, quarters: int = 1) -> DocumentPage:
        """Return the page turned by so many quarters clockwise; nothing is lost but what JPEG loses."""

    def bind(self, pages: Sequence[DocumentPage], kind: DocumentKind, title: str) -> bytes:
        """Return the pages as one PDF at true size: the JPEG files as they are, the same pages the same bytes.

        Args:
            pages: at least one, in their order.
            kind: says how they lie.
            title: what the document is; nobody's name.
        """

    def look(self, pdf: bytes, height: int) -> tuple[Preview, ...]:
        """Return small pictures of a bound document's pages.

        Args:
            pdf: as `bind` made it.
            height: of each picture in px.

        Raises:
            ScanUnreadable: it is damaged.
        """
