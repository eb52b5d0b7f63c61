"""The card identification code (卡识别码): region, RID of social security, issuer's part (domain reference A.11)."""

import re
from typing import Final

from sscard_desk.cards.ssse import IDENTIFICATION_CODE
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
