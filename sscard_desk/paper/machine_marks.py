"""Barcode and QR code as rectangles of the page itself, sharp at any resolution."""

from functools import lru_cache
from itertools import groupby
from typing import Final

import segno
from barcode.codex import Code128

from sscard_desk.paper.pen import Pen

MODULE_MM: Final = 0.381
"""Three dots of a 200 dpi scan: what cheap scanners still resolve."""


@lru_cache(maxsize=64)
def bars_of(text: str) -> str:
    """Return the Code 128 (ISO/IEC 15417) modules of a text, `1` for a bar."""
    return str(Code128(text).build()[0])


def barcode(pen: Pen, x: float, y: float, height: float, text: str) -> float:
    """Draw a Code 128 with its upper left corner at x, y (mm); return its width in mm."""
    modules = bars_of(text)
    at, found = 0, []
    for bit, run in groupby(modules):
        width = len(list(run))
        if bit == "1":
            found.append((x + at * MODULE_MM, y, width * MODULE_MM, height))
        at += width
    pen.bars(found)
    return len(modules) * MODULE_MM


@lru_cache(maxsize=64)
def modules_of(text: str) -> tuple[bytes, ...]:
    """Return the modules of a QR code (ISO/IEC 18004) with error correction M, one byte each, 1 for dark."""
    return tuple(bytes(row) for row in segno.make(text, error="m", boost_error=False, micro=False).matrix)


def qr(pen: Pen, x: float, y: float, side: float, text: str) -> None:
    """Draw a QR code of this side length (mm) with its upper left corner at x, y; keep four modules free around."""
    rows = modules_of(text)
    module = side / len(rows)
    found = []
    for line, row in enumerate(rows):
        at = 0
        for dark, run in groupby(row):
            width = len(list(run))
            if dark:
                found.append((x + at * module, y + line * module, width * module, module))
            at += width
    pen.bars(found)
