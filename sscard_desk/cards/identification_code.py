"""The card identification code (卡识别码): region, RID of social security, issuer's part (domain reference A.11)."""

import hashlib
import re
from typing import Final

from sscard_desk.cards.ssse import IDENTIFICATION_CODE, RID
from sscard_desk.domain.errors.device import CardItemDamaged

_FORM: Final = re.compile("[0-9]{6}D156000005[0-9A-F]{16}")


def need_identification_code(code: str) -> str:
    """Return the code if it has the form of all cards.

    Raises:
        CardItemDamaged: it has not (LD/T 33 error -20).
    """
    if not _FORM.fullmatch(code):
        raise CardItemDamaged(item=IDENTIFICATION_CODE.tag_hex)
    return code


def region(code: str) -> str:
    """Return the six digits of GB/T 2260 of the region that issued the card."""
    return code[:6]


def compose(region_code: str, chip_serial: int) -> str:
    """Return a code for a training card: region, RID, chip serial, and four bytes that depend on all of them.

    On the genuine codes that were seen, the first four bytes after the RID repeat the end of the historical bytes;
    how the last four come about is not known, so these here are our own.
    """
    body = region_code + RID.hex().upper() + f"{chip_serial:08X}"
    return body + hashlib.sha256(body.encode()).hexdigest()[:8].upper()


def chip_serial(code: str) -> bytes:
    """Return the four bytes after the RID (single source: the chip's serial number)."""
    return bytes.fromhex(code)[8:12]
