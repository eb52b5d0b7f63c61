"""Barcode and QR code as rectangles of the page itself, sharp at any resolution."""

import re
from functools import lru_cache
from math import isqrt
from typing import Any, Final

import zxingcpp
from barcode.codex import Code128

from sscard_desk.paper.pen import Pen, Place

MODULE_MM: Final = 0.381
"""Three dots of a 200 dpi scan: what cheap scanners still resolve."""
_BARS: Final = re.compile("1+")
_DARK: Final = re.compile(rb"\x01+")
_INVERTED: Final = bytes([1]) + bytes(255)
"""Black dots are 0 in a picture."""


@lru_cache(maxsize=64)
def bars_of(text: str) -> str:
    """Return the Code 128 (ISO/IEC 15417) modules of a text, `1` for a bar."""
    return str(Code128(text).build()[0])


def barcode(pen: Pen, x: float, y: float, height: float, text: str) -> float:
    """Draw a Code 128 with its upper left corner at x, y (mm); return its width in mm."""
    modules = bars_of(text)
    shapes = " ".join(f"{bar.start()} 0 {bar.end() - bar.start()} 1 re" for bar in _BARS.finditer(modules))
    width = len(modules) * MODULE_MM
    pen.marks(Place(x, y, width, height), len(modules), 1, shapes)
    return width


@lru_cache(maxsize=64)
def modules_of(text: str) -> tuple[bytes, ...]:
    """Return the modules of a QR code (ISO/IEC 18004) with error correction M, one byte each, 1 for dark."""
    made = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    dots: Any = made.to_image(scale=1, add_quiet_zones=False)
    light = bytes(memoryview(dots))
    side = isqrt(len(light))
    return tuple(light[at : at + side].translate(_INVERTED) for at in range(0, side * side, side))


def qr(pen: Pen, x: float, y: float, side: float, text: str) -> None:
    """Draw a QR code of this side length (mm) with its upper left corner at x, y; keep four modules free around."""
    rows = modules_of(text)
    shapes = " ".join(
        f"{dark.start()} {line} {dark.end() - dark.start()} 1 re"
        for line, row in enumerate(rows)
        for dark in _DARK.finditer(row)
    )
    pen.marks(Place(x, y, side, side), len(rows), len(rows), shapes)
