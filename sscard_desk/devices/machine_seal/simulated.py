"""Models of what keeps a computer's secret: DPAPI's two functions under one account's key, for drivers and tests."""

import secrets
from dataclasses import dataclass, field
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE: Final = 12
_BAD_DATA: Final = 13
_NO_PROFILE: Final = 0x80070002


@dataclass
class DpapiModel:
    """`devices.machine_seal.dpapi.DpapiCalls` of one account of one Windows.

    Attributes:
        account: its key; another account or computer has another.
        fails: whether the functions refuse, as without a loaded profile.
    """

    account: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)
    fails: bool = False

    def protect(self, data: bytes, entropy: bytes) -> bytes:
        """Protect data under the account's key."""
        if self.fails:
            raise OSError(_NO_PROFILE, "model")
        nonce = secrets.token_bytes(_NONCE)
        return nonce + AESGCM(self.account).encrypt(nonce, data, entropy)

    def unprotect(self, data: bytes, entropy: bytes) -> bytes:
        """Give protected data back."""
        if self.fails:
            raise OSError(_NO_PROFILE, "model")
        try:
            return AESGCM(self.account).decrypt(data[:_NONCE], data[_NONCE:], entropy)
        except (InvalidTag, ValueError):
            raise OSError(_BAD_DATA, "model") from None
