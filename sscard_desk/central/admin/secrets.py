"""Keys that the administration needs, derived from the receipt key: they lie in the folder, not in the database.

Several machines that serve one database share the folder's keys, so sessions, codes and the record hold at each.
"""

import secrets
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from sscard_desk.central.keys import CentreKeys

AUDIT: Final = b"audit chain 1"
REQUESTS: Final = b"request tokens 1"
FACTORS: Final = b"second factors 1"
TRIES: Final = b"tries 1"
_NONCE: Final = 12


def derived(keys: CentreKeys, purpose: bytes) -> bytes:
    """Return the 32 bytes for one purpose (HKDF, RFC 5869, with SHA-256)."""
    made = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"sscard-desk administration " + purpose)
    return made.derive(keys.receipt.private_bytes_raw())


def seal(keys: CentreKeys, secret: bytes, whose: str) -> bytes:
    """Return a secret of a second factor as the database keeps it (AES-256-GCM, bound to its operator)."""
    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(derived(keys, FACTORS)).encrypt(nonce, secret, whose.encode())


def unseal(keys: CentreKeys, sealed: bytes, whose: str) -> bytes:
    """Return the secret again; empty where it was changed, or sealed by another centre."""
    try:
        return AESGCM(derived(keys, FACTORS)).decrypt(sealed[:_NONCE], sealed[_NONCE:], whose.encode())
    except (InvalidTag, ValueError):
        return b""
