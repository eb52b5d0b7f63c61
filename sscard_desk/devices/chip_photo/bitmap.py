"""A picture of an id card as a BMP file, checked before anybody sees it (102 x 126 px, 24 bits; reference B.4)."""

import struct
from typing import Final

from sscard_desk.domain.errors.photo_sources import ChipDecoderNonsense

WIDTH: Final = 102
HEIGHT: Final = 126
ROW: Final = WIDTH * 3
STRIDE: Final = (ROW + 3) // 4 * 4
RAW_BYTES: Final = ROW * HEIGHT
"""38,556 bytes: rows from the top, BGR, without padding."""
HEAD: Final = struct.Struct("<2sIHHI IiiHHIIiiII")
"""BITMAPFILEHEADER and BITMAPINFOHEADER: 54 bytes."""
FILE_BYTES: Final = HEAD.size + STRIDE * HEIGHT
"""38,862 bytes."""
_BITS: Final = 24
_MARK: Final = b"BM"
_SLACK: Final = 3
"""Bytes at the end of a raw picture that may have been what stood in the buffer before, by chance."""


def bmp_of(written: bytes, *, bottom_up: bool = False) -> bytes:
    """Return what a library wrote as a BMP file with rows from the bottom.

    Args:
        written: a BMP file, or 38,556 bytes of BGR.
        bottom_up: whether the raw bytes begin with the lowest row.

    Raises:
        ChipDecoderNonsense: it is neither; `reason` says how.
    """
    rows = _rows_of_bmp(written) if written.startswith(_MARK) else _rows_of_raw(written, bottom_up=bottom_up)
    if len(set(rows)) == 1 and len(set(rows[0])) == 1:
        raise ChipDecoderNonsense(reason="blank")
    padding = bytes(STRIDE - ROW)
    return _head() + b"".join(row + padding for row in reversed(rows))


def _rows_of_raw(written: bytes, *, bottom_up: bool) -> list[bytes]:
    if not written:
        raise ChipDecoderNonsense(reason="no_picture")
    if len(written) > RAW_BYTES:
        raise ChipDecoderNonsense(reason="wrong_size")
    if len(written) < RAW_BYTES - _SLACK:
        raise ChipDecoderNonsense(reason="truncated")
    whole = written.ljust(RAW_BYTES, b"\xff")
    rows = [whole[at : at + ROW] for at in range(0, RAW_BYTES, ROW)]
    return rows[::-1] if bottom_up else rows


def _rows_of_bmp(written: bytes) -> list[bytes]:
    if len(written) < HEAD.size:
        raise ChipDecoderNonsense(reason="truncated")
    fields = HEAD.unpack_from(written)
    start, width, height, bits, packed = fields[4], fields[6], fields[7], fields[9], fields[10]
    if (width, abs(height), bits, packed) != (WIDTH, HEIGHT, _BITS, 0):
        raise ChipDecoderNonsense(reason="wrong_size")
    if start < HEAD.size or len(written) < start + STRIDE * HEIGHT - _SLACK:
        raise ChipDecoderNonsense(reason="truncated")
    whole = written.ljust(start + STRIDE * HEIGHT, b"\0")
    rows = [whole[at : at + ROW] for at in range(start, start + STRIDE * HEIGHT, STRIDE)]
    return rows if height < 0 else rows[::-1]


def _head() -> bytes:
    info = HEAD.size - 14
    return HEAD.pack(
        _MARK, FILE_BYTES, 0, 0, HEAD.size, info, WIDTH, HEIGHT, 1, _BITS, 0, STRIDE * HEIGHT, 2835, 2835, 0, 0
    )
