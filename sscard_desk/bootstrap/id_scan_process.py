"""The child process that reads id cards: files to pictures, pictures to proposals; nothing but bytes leaves it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sscard_desk.child_process.child import Refusal
from sscard_desk.domain.errors import DeskError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST_SHEETS = 4
"""Front and back, each perhaps with an empty side of its sheet."""


def answer(request: bytes) -> bytes:
    """Read the card that the files of a request show.

    Raises:
        Refusal: with the code of the error.
    """
    from sscard_desk.imaging.id_scan import wire
    from sscard_desk.imaging.id_scan.reading import read_id_card

    try:
        return wire.answer(read_id_card(_pictures(wire.files_of(request))))
    except DeskError as error:
        raise Refusal(error.code) from None


def _pictures(files: list[bytes]) -> "Iterator[NDArray[np.uint8]]":
    from sscard_desk.domain.errors.operator import ScanUnreadable
    from sscard_desk.imaging.pages.sheets import sheets
    from sscard_desk.paper.scans import scanned_pages

    count = 0
    for content in files:
        for picture in sheets(content, scanned_pages):
            count += 1
            if count > MOST_SHEETS:
                raise ScanUnreadable
            yield picture
