"""The pages of a scanned PDF as pictures: scanners that send mail or fill folders mostly make such files."""

from collections.abc import Iterator
from typing import Final

import pypdfium2

from sscard_desk.domain.errors.operator import ScanUnreadable
from sscard_desk.domain.portrait import Preview
from sscard_desk.paper.render import ONE_AT_A_TIME, count_pages, render

DPI: Final = 300.0
MOST_PAGES: Final = 40
MOST_MM: Final = 450.0
"""No side of a form is longer than an A3 sheet's."""


def scanned_pages(pdf: bytes) -> Iterator[Preview]:
    """Render the pages of a PDF one by one.

    Raises:
        ScanUnreadable: it is damaged, locked, has no page or more than forty, or pages larger than A3.
    """
    try:
        count = count_pages(pdf)
        if not 0 < count <= MOST_PAGES or _largest(pdf) > MOST_MM:
            raise ScanUnreadable
        for page in range(count):
            width, height, rgb = render(pdf, page, DPI)
            yield Preview(width, height, rgb)
    except pypdfium2.PdfiumError:
        raise ScanUnreadable from None


def small_pages(pdf: bytes, height: int) -> Iterator[Preview]:
    """Render the pages of a kept document so that each is about so many px high.

    Raises:
        ScanUnreadable: it is damaged, or has no page.
    """
    try:
        for page in range(count_pages(pdf)):
            with ONE_AT_A_TIME:
                document = pypdfium2.PdfDocument(pdf)
                points = document.get_page_size(page)[1]
                document.close()
            width, high, rgb = render(pdf, page, height / points * 72)
            yield Preview(width, high, rgb)
    except pypdfium2.PdfiumError:
        raise ScanUnreadable from None


def _largest(pdf: bytes) -> float:
    """Return the longest side of any page in mm."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return float(max(max(document.get_page_size(n)) for n in range(len(document)))) * 25.4 / 72
    finally:
        document.close()
