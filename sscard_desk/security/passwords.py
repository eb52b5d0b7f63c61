"""From a password to a key: Argon2id (RFC 9106) with 64 MiB and three passes."""

from dataclasses import dataclass
from typing import Final

from argon2.low_level import Type, hash_secret_raw

from sscard_desk.domain.errors.operator import PasswordTooShort

SHORTEST: Final = 8
SALT_BYTES: Final = 16
_KEY_BYTES: Final = 32


@dataclass(frozen=True)
class Cost:
    """What one guess costs: memory in KiB, passes over it, lanes side by side. Stands in each slot."""

    memory_kib: int = 65_536
    passes: int = 3
    lanes: int = 4


def derive(password: str, salt: bytes, cost: Cost) -> bytes:
    """Return the 32-byte key that wraps a slot; takes as long as the cost says."""
    return hash_secret_raw(
        password.encode("utf-8"), salt, cost.passes, cost.memory_kib, cost.lanes, _KEY_BYTES, Type.ID
    )


def need_length(password: str, *, training: bool) -> None:
    """Refuse a new password that is too short; training passwords are printed in the manual anyway.

    Raises:
        PasswordTooShort: fewer than 8 characters, or none at all.
    """
    need = 1 if training else SHORTEST
    if len(password) < need:
        raise PasswordTooShort(need=need)
