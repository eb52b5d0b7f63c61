"""The second factor: six digits that change every 30 seconds (RFC 6238), and recovery codes for a lost phone."""

import base64
import hashlib
import secrets
from typing import Final
from urllib.parse import quote

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor import InvalidToken
from cryptography.hazmat.primitives.twofactor.totp import TOTP

STEP: Final = 30
DIGITS: Final = 6
SECRET_BYTES: Final = 20
RECOVERY_CODES: Final = 8
_RECOVERY_BYTES: Final = 10


def new_secret() -> bytes:
    """Return a new secret, 160 bits as RFC 4226 recommends."""
    return secrets.token_bytes(SECRET_BYTES)


def step_of(secret: bytes, code: str, now_ms: int) -> int | None:
    """Return the time step that a code belongs to: this one, or the one before or after it; None if to neither.

    Whether that step was taken before is the caller's to ask: a code is good once.
    """
    if len(code) != DIGITS or not (code.isascii() and code.isdecimal()):
        return None
    made = TOTP(secret, DIGITS, SHA1(), STEP)  # noqa: S303 - what RFC 6238 and authenticators compute; as an HMAC it stands
    now = now_ms // 1000 // STEP
    found: int | None = None
    for step in (now - 1, now, now + 1):
        try:
            made.verify(code.encode(), step * STEP)
        except InvalidToken:
            continue
        found = step
    return found


def typed_secret(secret: bytes) -> str:
    """Return a secret as people type it: base32 in groups of four."""
    text = base64.b32encode(secret).decode().rstrip("=")
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def address_of(secret: bytes, operator: str, centre: str) -> str:
    """Return what a QR code tells an authenticator program (`otpauth://totp/...`)."""
    text = base64.b32encode(secret).decode().rstrip("=")
    return f"otpauth://totp/{quote(f'{centre}:{operator}')}?secret={text}&issuer={quote(centre)}"


def recovery_codes() -> list[str]:
    """Return new recovery codes, 80 bits each."""
    made = (base64.b32encode(secrets.token_bytes(_RECOVERY_BYTES)).decode() for _ in range(RECOVERY_CODES))
    return ["-".join(code[at : at + 4] for at in range(0, len(code), 4)) for code in made]


def recovery_digest(code: str) -> bytes | None:
    """Return what the database keeps of a recovery code, or None for something that is none."""
    plain = code.upper().replace("-", "").replace(" ", "")
    return hashlib.sha256(plain.encode()).digest() if len(plain) == _RECOVERY_BYTES * 8 // 5 else None
