"""The codes on a page: the QR code says everything, the bar code at least which paper it is."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import zxingcpp
from numpy.typing import NDArray

from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.numbers.form_serial import FormMark, FormSerial, parse_form_mark, parse_form_serial

FORMATS: Final = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode, zxingcpp.BarcodeFormat.Code128])
"""Named one by one: a receipt pasted on the form may carry codes of any other kind."""


@dataclass(frozen=True)
class CodesFound:
    """What could be read.

    Attributes:
        serial: the copy, None where no code of ours could be read.
        mark: what the QR code says besides.
        corners: the QR code's corners in px (x, y): upper left, upper right, lower right, lower left as printed.
        bar_ends: where the bar code begins and ends, in px; None without one.
        several: whether codes of more than one paper are in the picture.
    """

    serial: FormSerial | None = None
    mark: FormMark | None = None
    corners: NDArray[np.float64] | None = None
    bar_ends: NDArray[np.float64] | None = None
    several: bool = False


def read_codes(picture: NDArray[np.uint8]) -> CodesFound:
    """Read a page's codes.

    Args:
        picture: uint8, height x width, grey.
    """
    mark: FormMark | None = None
    serial: FormSerial | None = None
    corners: NDArray[np.float64] | None = None
    ends: NDArray[np.float64] | None = None
    papers: set[tuple[FormSerial, int]] = set()
    bars: set[FormSerial] = set()
    for code in zxingcpp.read_barcodes(picture, formats=FORMATS, try_invert=False):
        at = code.position
        quad = np.array(
            [[p.x, p.y] for p in (at.top_left, at.top_right, at.bottom_right, at.bottom_left)], dtype=np.float64
        )
        if code.format == zxingcpp.BarcodeFormat.QRCode and (told := _mark(code.text)):
            papers.add((told.serial, told.page))
            if mark is None:
                mark, corners = told, quad
        elif code.format == zxingcpp.BarcodeFormat.Code128 and (printed := _serial(code.text)):
            bars.add(printed)
            if serial is None:
                serial, ends = printed, np.array([(quad[0] + quad[3]) / 2, (quad[1] + quad[2]) / 2])
    several = len(papers) > 1 or len(bars | {told for told, _ in papers}) > 1
    if mark is not None:
        serial = mark.serial
    return CodesFound(serial, mark, corners, ends, several)


def _mark(text: str) -> FormMark | None:
    try:
        return parse_form_mark(text)
    except DeskError:
        return None


def _serial(text: str) -> FormSerial | None:
    try:
        return parse_form_serial(text)
    except DeskError:
        return None
