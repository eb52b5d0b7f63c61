"""The one-time code that makes a computer a desk of the centre, and the two messages around it."""

import base64
import hashlib
from dataclasses import dataclass, field
from typing import Final, Self

import msgspec

SECRET_BYTES: Final = 15
_FINGERPRINT_BYTES: Final = 32


@dataclass(frozen=True)
class EnrolmentCode:
    """What an administrator carries from the centre to the desk.

    Attributes:
        desk: what the centre calls the desk.
        fingerprint: SHA-256 of the centre's authority certificate (DER).
        secret: proves that the centre gave this code out; good for one key.
    """

    desk: str
    fingerprint: bytes
    secret: bytes = field(repr=False)

    def text(self) -> str:
        """Return it as `desk:base32`, without characters that are mistaken for each other."""
        packed = base64.b32encode(self.fingerprint + self.secret).decode().rstrip("=")
        return f"{self.desk}:{packed}"

    @classmethod
    def read(cls, text: str) -> Self:
        """Read a code as it was typed or pasted; blanks and dashes in the second part are passed over.

        Raises:
            ValueError: this is no code.
        """
        desk, colon, packed = text.strip().partition(":")
        packed = "".join(packed.split()).replace("-", "").upper()
        both = base64.b32decode(packed + "=" * (-len(packed) % 8))
        if not (desk and colon) or len(both) != _FINGERPRINT_BYTES + SECRET_BYTES:
            raise ValueError("not an enrolment code")
        return cls(desk=desk, fingerprint=both[:_FINGERPRINT_BYTES], secret=both[_FINGERPRINT_BYTES:])

    def fits_authority(self, certificate_der: bytes) -> bool:
        """Return whether this certificate is the one that the code names."""
        return hashlib.sha256(certificate_der).digest() == self.fingerprint


class Enrol(msgspec.Struct, frozen=True, kw_only=True):
    """A desk's new public key, with the secret of its code; `proof` is the key's signature over `enrol_bytes`.

    `request` asks for a certificate (`wire.certificates`), `request_proof` is the key's signature over
    `certificate_bytes`; a desk that asks for none now is asked at its greeting.
    """

    protocol: int
    desk: str
    secret: bytes
    public_key: bytes
    training: bool
    proof: bytes
    request: bytes = b""
    request_proof: bytes = b""


class Enrolled(msgspec.Struct, frozen=True, kw_only=True):
    """The centre's answer: where the desk stands, and the key that its receipts are sealed with."""

    desk: str
    point: str
    point_name: str
    region: str
    training: bool
    receipt_key: bytes
    server_ms: int
    box: bytes = b""
    """Raw X25519 public key that files on a stick are sealed to, 32 bytes."""
    certificate: bytes = b""
    """DER; empty where none was asked for."""
    authority: bytes = b""
    """Every authority that the desk believes from now on, PEM; empty from a centre that hands over none."""


def enrol_bytes(desk: str, secret: bytes, public_key: bytes) -> bytes:
    """Return the bytes that a new key signs to prove that it is held."""
    return msgspec.msgpack.encode(("enrol", desk, secret, public_key))
