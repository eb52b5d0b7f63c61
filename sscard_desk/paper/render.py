"""A page of a PDF as a picture: the preview is the paper itself."""

import threading
from typing import Final

import pypdfium2

_POINTS_PER_INCH: Final = 72
_BGR: Final = 2
"""FPDFBitmap_BGR, three bytes a pixel; the reversed byte order makes it RGB."""
ONE_AT_A_TIME: Final = threading.Lock()
"""PDFium is not safe for use by several threads."""


def render(pdf: bytes, page: int, dpi: float) -> tuple[int, int, bytes]:
    """Return width, height and RGB bytes of a page counted from 0; see `sscard_desk.paper.render_page`."""
    with ONE_AT_A_TIME:
        document = pypdfium2.PdfDocument(pdf)
        try:
            if not 0 <= page < len(document):
                raise IndexError(f"page {page} of {len(document)}")
            opened = document[page]
            bitmap = opened.render(scale=dpi / _POINTS_PER_INCH, rev_byteorder=True, force_bitmap_format=_BGR)
            width, height, stride = bitmap.width, bitmap.height, bitmap.stride
            rows = memoryview(bytes(bitmap.buffer))
            bitmap.close()
            opened.close()
        finally:
            document.close()
    if stride == width * 3:
        return width, height, bytes(rows[: height * stride])
    return width, height, b"".join(rows[n * stride : n * stride + width * 3] for n in range(height))


def count_pages(pdf: bytes) -> int:
    """Return how many pages a document has."""
    with ONE_AT_A_TIME:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return len(document)
        finally:
            document.close()
