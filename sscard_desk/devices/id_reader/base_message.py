"""The data of an answer to "read text and photo": lengths, then text, photo and, from some modules, fingerprints."""

from typing import Final

from sscard_desk.devices.id_reader.text import PHOTO_BYTES, TEXT_BYTES, parse_text
from sscard_desk.domain.errors.device import IdFrameDamaged
from sscard_desk.domain.id_card import IdCard

_ITEMS: Final = (2, 3)
"""Text and photo (30 01), or text, photo and fingerprints (30 10, and 30 01 on some modules)."""


def parse_base_message(data: bytes) -> IdCard:
    """Return the card out of the answer's data (domain reference B.1).

    Fingerprints are passed over at once and never kept: nothing here needs them.

    Args:
        data: two or three big-endian lengths of two bytes each, then the items.

    Raises:
        IdFrameDamaged: the lengths do not add up to what came, or text and photo have another size.
        IdCardUnreadable, UnknownCode: as `parse_text`.
    """
    for items in _ITEMS:
        lengths = [int.from_bytes(data[at : at + 2]) for at in range(0, 2 * items, 2)]
        start = 2 * items
        if start + sum(lengths) == len(data) and lengths[:2] == [TEXT_BYTES, PHOTO_BYTES]:
            text_end = start + TEXT_BYTES
            return parse_text(data[start:text_end], data[text_end : text_end + PHOTO_BYTES])
    raise IdFrameDamaged(reason="content_length")
