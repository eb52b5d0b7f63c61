"""What a picture file says of itself before it is decoded: a small file may hold a picture that fills the memory."""

import struct
from typing import Final

PNG: Final = b"\x89PNG\r\n\x1a\n"
JPEG: Final = b"\xff\xd8\xff"
BMP: Final = b"BM"
END_OF_IMAGE: Final = b"\xff\xd9"
START_OF_SCAN: Final = 0xDA
FILL: Final = 0xFF
STANDALONE: Final = frozenset({0x01, *range(0xD0, 0xD9)})
FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""Markers of frame headers (ITU-T T.81, table B.1); DHT, JPG and DAC are numbered among them and are none."""


def size(content: bytes) -> tuple[int, int] | None:
    """Return width and height in pixels as the header of a JPEG, PNG or BMP file says; None if it is none of them."""
    try:
        if content.startswith(PNG) and content[12:16] == b"IHDR":
            width, height = struct.unpack_from(">II", content, 16)
        elif content.startswith(JPEG):
            height, width = struct.unpack_from(">HH", content, _position(content, FRAMES) + 5)
        elif content.startswith(BMP):
            width, height = struct.unpack_from("<ii", content, 18)
        else:
            return None
    except struct.error:
        return None
    return abs(width), abs(height)


def cut_short(content: bytes) -> bool:
    """Return whether the end of a JPEG or PNG picture is missing; a decoder would fill the rest with grey."""
    if content.startswith(JPEG):
        # previews inside earlier segments have an end of their own
        return END_OF_IMAGE not in content[_position(content, frozenset({START_OF_SCAN})) :]
    return content.startswith(PNG) and b"IEND" not in content


def _position(content: bytes, markers: frozenset[int]) -> int:
    """Return where the first segment with one of these markers begins, the end of the content if there is none."""
    at = len(JPEG) - 1
    while at + 4 <= len(content) and content[at] == FILL:
        marker = content[at + 1]
        if marker in markers:
            return at
        if marker == START_OF_SCAN:
            break
        if marker == FILL:
            at += 1
        else:
            at += 2 if marker in STANDALONE else 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    return len(content)
