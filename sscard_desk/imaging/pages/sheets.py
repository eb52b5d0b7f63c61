"""What a scan file or a scanner's answer holds, as pictures: one for each sheet's side."""

from collections.abc import Callable, Iterator
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from sscard_desk.domain.errors.operator import ScanUnreadable
from sscard_desk.domain.portrait import Preview
from sscard_desk.imaging import picture_file

MOST_BYTES: Final = 200 * 1024 * 1024
MOST_PIXELS: Final = 80_000_000
"""An A3 sheet at 600 dpi in one picture; a scan of a form needs a tenth."""
MOST_SHEETS: Final = 40
PDF: Final = b"%PDF-"
TIFF: Final = (b"II*\x00", b"MM\x00*")
PNM: Final = (b"P4", b"P5", b"P6")

PdfPages = Callable[[bytes], Iterator[Preview]]
"""Renders a PDF's pages one by one; raises ScanUnreadable where it is none."""


def sheets(content: bytes, pdf_pages: PdfPages) -> Iterator[NDArray[np.uint8]]:
    """Give the sides in a file one by one, so that only one of them is in memory.

    Args:
        content: a PNG, JPEG, BMP, PNM, TIFF or PDF file, whole.
        pdf_pages: renders a PDF.

    Yields:
        uint8, height x width (grey) or height x width x 3 (BGR).

    Raises:
        ScanUnreadable: it is none of them, is cut short, or far too large for a form.
    """
    if not content or len(content) > MOST_BYTES:
        raise ScanUnreadable
    if PDF in content[:1024]:
        for page in pdf_pages(content):
            rgb = np.frombuffer(page.rgb, np.uint8).reshape(page.height, page.width, 3)
            yield np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2BGR), np.uint8)
        return
    if content.startswith(TIFF):
        yield from _tiff(content)
        return
    claimed = picture_file.size(content)
    if claimed is None and not content.startswith(PNM):
        raise ScanUnreadable
    if (claimed and claimed[0] * claimed[1] > MOST_PIXELS) or picture_file.cut_short(content):
        raise ScanUnreadable
    yield _decoded(content)


def _decoded(content: bytes) -> NDArray[np.uint8]:
    try:
        picture = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_ANYCOLOR)
    except cv2.error:
        raise ScanUnreadable from None
    if picture is None or picture.size > 3 * MOST_PIXELS:
        raise ScanUnreadable
    return np.asarray(picture, np.uint8)


def _tiff(content: bytes) -> Iterator[NDArray[np.uint8]]:
    try:
        done, pictures = cv2.imdecodemulti(np.frombuffer(content, np.uint8), cv2.IMREAD_ANYCOLOR)
    except cv2.error:
        raise ScanUnreadable from None
    if not done or not pictures or len(pictures) > MOST_SHEETS:
        raise ScanUnreadable
    for picture in pictures:
        yield np.asarray(picture, np.uint8)


def grey(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return a picture in grey, height x width."""
    flat = picture.ndim == 2  # noqa: PLR2004 - height and width alone
    return picture if flat else np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), np.uint8)
