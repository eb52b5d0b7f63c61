"""The bar codes on a photo receipt that came back pasted on a form."""

from typing import Final

import zxingcpp

from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.numbers.form_serial import parse_form_mark, parse_form_serial
from sscard_desk.imaging.pictures import decode_picture

LEAST: Final = 6
"""A shorter code is no receipt's number."""


def receipt_codes(content: bytes) -> tuple[str, ...]:
    """Return what the codes in a picture say, of any kind, ours left out, bar codes before square ones.

    Args:
        content: a JPEG, PNG or BMP file.

    Raises:
        PictureUnreadable: it is none.
    """
    found = zxingcpp.read_barcodes(decode_picture(content))
    square = zxingcpp.BarcodeFormat.QRCode
    ordered = sorted(found, key=lambda code: code.format == square)
    said = (code.text.strip() for code in ordered)
    return tuple(dict.fromkeys(text for text in said if len(text) >= LEAST and not _is_ours(text)))


def _is_ours(text: str) -> bool:
    for parse in (parse_form_mark, parse_form_serial):
        try:
            parse(text)
        except DeskError:
            continue
        return True
    return False
