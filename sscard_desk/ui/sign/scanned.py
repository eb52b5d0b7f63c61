"""A signed sheet or a thumb print as a file that the clerk chose. No Qt."""

from pathlib import Path
from typing import Final

from sscard_desk.domain.errors.operator import PictureUnreadable

LARGEST_SCAN: Final = 20_000_000
"""Bytes of one scanned page."""


def read_scan(path: Path) -> bytes:
    """Return the scan of a signed page.

    Raises:
        PictureUnreadable: it cannot be opened, is empty, or far too large for a page.
    """
    try:
        if path.stat().st_size > LARGEST_SCAN:
            raise PictureUnreadable
        scan = path.read_bytes()
    except OSError:
        raise PictureUnreadable from None
    if not scan:
        raise PictureUnreadable
    return scan
