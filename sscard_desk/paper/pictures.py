"""A portrait as it is embedded: the JPEG itself, neither decoded nor compressed again."""

import io
from typing import Any, Final

from PIL import Image
from reportlab.pdfbase import pdfdoc

from sscard_desk.domain.errors.operator import PictureUnreadable

_START: Final = b"\xff\xd8"
_END: Final = b"\xff\xd9"
_TAIL: Final = 64
"""Some cameras write a few bytes behind the end of the picture."""
_SPACES: Final = {"L": "DeviceGray", "RGB": "DeviceRGB"}


def picture_stream(jpeg: bytes) -> Any:
    """Return a JPEG as an image of a document (ISO 32000-1, 8.9.5 and 7.4.8).

    Raises:
        PictureUnreadable: it is not a JPEG, is cut off, or has other colours than grey or RGB.
    """
    if not jpeg.startswith(_START) or _END not in jpeg[-_TAIL:]:
        raise PictureUnreadable
    try:
        with Image.open(io.BytesIO(jpeg)) as opened:
            (width, height), mode, kind = opened.size, opened.mode, opened.format
    except (OSError, SyntaxError, ValueError):
        raise PictureUnreadable from None
    if kind != "JPEG" or mode not in _SPACES:
        raise PictureUnreadable
    made = pdfdoc.PDFStream(content=jpeg)
    for key, value in (
        ("Type", pdfdoc.PDFName("XObject")),
        ("Subtype", pdfdoc.PDFName("Image")),
        ("Width", width),
        ("Height", height),
        ("ColorSpace", pdfdoc.PDFName(_SPACES[mode])),
        ("BitsPerComponent", 8),
        ("Filter", pdfdoc.PDFName("DCTDecode")),
    ):
        made.dictionary[key] = value
    return made
