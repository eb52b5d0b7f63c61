"""Passwords of operators: Argon2id (RFC 9106) at the cost that the desks use, a few at a time.

The desk's own `security` lies on the same floor and is not the centre's to import; what both share is one function of
the library (docs/adr/0044).
"""

import hmac
import secrets
from threading import BoundedSemaphore
from typing import Final

from argon2.low_level import Type, hash_secret_raw

from sscard_desk.domain.errors.accounts import PasswordTooShort

SHORTEST: Final = 12
LONGEST: Final = 256
"""Characters; more is not looked at, so that nobody makes the centre hash a book."""
COST: Final = "65536,3,4"
_SALT: Final = 16
_KEY: Final = 32
_ALPHABET: Final = "abcdefghjkmnpqrstuvwxyz23456789"
_at_once: Final = BoundedSemaphore(2)
"""Each guess takes 64 MiB: strangers at the sign-in page shall not fill the memory."""


def hashed(password: str) -> tuple[bytes, bytes, str]:
    """Return salt, hash and cost of a new password."""
    salt = secrets.token_bytes(_SALT)
    return salt, _hash(password, salt, COST), COST


def fits(password: str, salt: bytes, known: bytes, cost: str) -> bool:
    """Return whether a password is the one; takes as long as the cost says, also for nobody's."""
    return hmac.compare_digest(_hash(password[:LONGEST], salt or bytes(_SALT), cost or COST), known or bytes(_KEY))


def need_length(password: str) -> None:
    """Refuse a new password that is too short.

    Raises:
        PasswordTooShort: fewer than `SHORTEST` characters.
    """
    if len(password) < SHORTEST:
        raise PasswordTooShort(need=SHORTEST)


def first_password() -> str:
    """Return a password that is good for the first sign-in alone: 20 characters, 99 bits."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(5)) for _ in range(4))


def _hash(password: str, salt: bytes, cost: str) -> bytes:
    memory, passes, lanes = map(int, cost.split(","))
    with _at_once:
        return hash_secret_raw(password.encode("utf-8", "surrogatepass"), salt, passes, memory, lanes, _KEY, Type.ID)
