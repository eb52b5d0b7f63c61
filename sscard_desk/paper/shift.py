"""A finished document moved by some millimetres on its sheet, for pre-printed paper and printers that feed askew.

Only what goes to the printer is moved: the kept document, its signature and its content digest are untouched.
"""

import io
from typing import Final

import pypdfium2
import pypdfium2.raw as pdfium

from sscard_desk.paper.render import ONE_AT_A_TIME

_POINTS_PER_MM: Final = 72 / 25.4


def shifted(pdf: bytes, x_mm: float, y_mm: float) -> bytes:
    """Return the document with the content of every page moved.

    Args:
        pdf: a document; it is not changed.
        x_mm: to the right; negative to the left.
        y_mm: downwards; negative upwards.
    """
    if not x_mm and not y_mm:
        return pdf
    with ONE_AT_A_TIME:
        document = pypdfium2.PdfDocument(pdf)
        try:
            matrix = pdfium.FS_MATRIX(1, 0, 0, 1, x_mm * _POINTS_PER_MM, -y_mm * _POINTS_PER_MM)
            for number in range(len(document)):
                page = document[number]
                width, height = page.get_size()
                whole = pdfium.FS_RECTF(0, height, width, 0)
                pdfium.FPDFPage_TransFormWithClip(page, matrix, whole)
                page.close()
            out = io.BytesIO()
            document.save(out)
        finally:
            document.close()
    return out.getvalue()
