"""A key comes in pieces that different people carry: nobody who knows one of them knows anything of the key."""

import hmac
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from sscard_desk.cards.algorithm import Algorithm
from sscard_desk.central.card_keys import key_sheet
from sscard_desk.domain.errors.card_keys import KeyComponentWrong

FEWEST: Final = 2
_FORM: Final = re.compile("[0-9A-Fa-f]{32}")
_CHECK: Final = re.compile("[0-9A-Fa-f]{6}")


@dataclass(frozen=True)
class Component:
    """One piece of a key.

    Attributes:
        value: 16 bytes.
        check: its check value, empty where its custodian has none.
    """

    value: bytes = field(repr=False)
    check: bytes = b""

    @classmethod
    def read(cls, text: str, which: int) -> "Component":
        """Read a line: 32 hex characters, and six of the check value behind them where there is one.

        Raises:
            KeyComponentWrong: `form`.
        """
        value, _, check = text.strip().partition(" ")
        if not _FORM.fullmatch(value) or (check.strip() and not _CHECK.fullmatch(check.strip())):
            raise KeyComponentWrong(which=str(which), reason="form")
        return cls(bytes.fromhex(value), bytes.fromhex(check.strip()))


def combined(components: Sequence[Component], algorithm: Algorithm, check: bytes) -> bytes:
    """Return the key: all pieces combined by exclusive or.

    Args:
        components: at least two.
        algorithm: the key's cipher; check values are made with it.
        check: check value of the whole key, three bytes.

    Raises:
        KeyComponentWrong: `few`, `same`, or `check`.
    """
    if len(components) < FEWEST:
        raise KeyComponentWrong(which="key", reason="few")
    if len({each.value for each in components}) < len(components):
        raise KeyComponentWrong(which="key", reason="same")
    key = bytes(16)
    for number, each in enumerate(components, 1):
        if each.check and not hmac.compare_digest(each.check, key_sheet.check_value(algorithm, each.value)):
            raise KeyComponentWrong(which=str(number), reason="check")
        key = bytes(a ^ b for a, b in zip(key, each.value, strict=True))
    if not any(key):
        raise KeyComponentWrong(which="key", reason="same")
    if not hmac.compare_digest(check, key_sheet.check_value(algorithm, key)):
        raise KeyComponentWrong(which="key", reason="check")
    return key
