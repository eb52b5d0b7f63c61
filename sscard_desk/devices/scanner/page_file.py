"""Whether a page that came through a pipe is whole: scanners end well with nothing, and with half a page."""

import re
from typing import Final

from sscard_desk.domain.errors.device import ScannedPageEmpty
from sscard_desk.domain.errors.scanning import ScannedPageBroken

_HEAD: Final = re.compile(rb"P([456])(?:\s+#[^\n]*)*\s+(\d+)(?:\s+#[^\n]*)*\s+(\d+)(?:\s+(\d+))?\s", re.ASCII)
_CHANNELS: Final = {b"5": 1, b"6": 3}
_TWO_BYTES: Final = 255


def check_whole(page: bytes) -> None:
    """Refuse a PNM page (netpbm formats P4, P5, P6) without its pixels.

    Raises:
        ScannedPageEmpty: nothing came, or a head and no pixel.
        ScannedPageBroken: the page ends before its last line (`short`), or is no page at all (`format`).
    """
    if not page:
        raise ScannedPageEmpty
    size = _size(page)
    if size is None:
        raise ScannedPageBroken(reason="format")
    head, body = size
    if len(page) <= head or not body:
        raise ScannedPageEmpty
    if len(page) < head + body:
        raise ScannedPageBroken(reason="short")


def share_of(page: bytes | bytearray) -> float | None:
    """Return how much of a PNM page has come, 0.0 to 1.0; None before its head is there."""
    size = _size(page)
    return min(1.0, len(page) / sum(size)) if size is not None and size[1] else None


def _size(page: bytes | bytearray) -> tuple[int, int] | None:
    """Return the bytes of head and pixels."""
    head = _HEAD.match(bytes(page[:512]))
    if head is None:
        return None
    kind, width, height, deepest = head[1], int(head[2]), int(head[3]), int(head[4] or 1)
    row = (width + 7) // 8 if kind == b"4" else width * _CHANNELS[kind] * (2 if deepest > _TWO_BYTES else 1)
    return head.end(), row * height


def check_jpeg(page: bytes) -> None:
    """Refuse a JPEG page that is cut short (ITU-T T.81, B.1.1.3: it begins with SOI and ends with EOI).

    Raises:
        ScannedPageEmpty: nothing came.
        ScannedPageBroken: the page has no end (`short`), or is no JPEG (`format`).
    """
    if not page:
        raise ScannedPageEmpty
    if not page.startswith(b"\xff\xd8\xff"):
        raise ScannedPageBroken(reason="format")
    if not page.rstrip(b"\x00\r\n").endswith(b"\xff\xd9"):
        raise ScannedPageBroken(reason="short")
