"""Whether a page that came through a pipe is whole: scanners end well with nothing, and with half a page."""

import re
from typing import Final

from sscard_desk.domain.errors.device import ScannedPageEmpty, ScannerFailed

_HEAD: Final = re.compile(rb"P([456])(?:\s+#[^\n]*)*\s+(\d+)(?:\s+#[^\n]*)*\s+(\d+)(?:\s+(\d+))?\s", re.ASCII)
_CHANNELS: Final = {b"5": 1, b"6": 3}
_TWO_BYTES: Final = 255


def check_whole(page: bytes) -> None:
    """Refuse a PNM page (netpbm formats P4, P5, P6) without its pixels.

    Raises:
        ScannedPageEmpty: nothing came, or a head and no pixel.
        ScannerFailed: the page ends before its last line (`short`), or is no page at all (`format`).
    """
    if not page:
        raise ScannedPageEmpty
    head = _HEAD.match(page[:512])
    if head is None:
        raise ScannerFailed(reason="format")
    kind, width, height, deepest = head[1], int(head[2]), int(head[3]), int(head[4] or 1)
    row = (width + 7) // 8 if kind == b"4" else width * _CHANNELS[kind] * (2 if deepest > _TWO_BYTES else 1)
    body = len(page) - head.end()
    if body <= 0 or not width * height:
        raise ScannedPageEmpty
    if body < row * height:
        raise ScannerFailed(reason="short")
