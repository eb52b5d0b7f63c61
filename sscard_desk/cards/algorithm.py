"""Which cipher a card's keys belong to, as its SELECT answer says (domain reference A.2, two sources of one family)."""

from enum import Enum
from typing import Final

from sscard_desk.cards import tlv

_ISSUER_DATA: Final = 0x9F0C
_ALGORITHM: Final = bytes.fromhex("8601")


class Algorithm(Enum):
    """Ciphers by their id on the card."""

    TRIPLE_DES = 0x01
    SSF33 = 0x02
    SM4 = 0x03
    OTHER = None
    """An id that no source knows."""

    @classmethod
    def _missing_(cls, value: object) -> "Algorithm":  # noqa: ARG003 - enum's own hook
        return cls.OTHER


def stated_algorithm(file_control: bytes) -> Algorithm | None:
    """Return the cipher that the answer of SELECT by name states, or None where the card is silent.

    For silent cards programs guess from the region (11 means SSF33, all others 3DES). The desk does not: its card
    profile belongs to the city and knows the cipher, and a wrong guess would cost the card one of its tries.
    """
    try:
        issuer_data = tlv.find(file_control, _ISSUER_DATA) or b""
    except tlv.MalformedTlv:
        return None
    return Algorithm(issuer_data[-1]) if issuer_data[-3:-1] == _ALGORITHM else None
