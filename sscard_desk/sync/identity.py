"""What a desk shows the centre and knows it by; kept inside the encrypted database."""

from dataclasses import dataclass, field
from typing import Final, Self

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sscard_desk.domain.errors.centre import DeskNotEnrolled
from sscard_desk.ports.sync import Settings

CERTIFICATE: Final = "certificate"
"""Key and certificate as one value: they change together or not at all."""


def kept_certificate(settings: Settings) -> tuple[bytes, bytes]:
    """Return the key of the desk's certificate and the certificate, DER; both empty before the first."""
    kept = settings.setting(CERTIFICATE)
    return msgspec.msgpack.decode(kept, type=tuple[bytes, bytes]) if kept else (b"", b"")


def keep_certificate(settings: Settings, key: bytes, certificate: bytes) -> None:
    """Keep a certificate with its key, in place of the one before."""
    settings.set_setting(CERTIFICATE, msgspec.msgpack.encode((key, certificate)))


@dataclass(frozen=True)
class DeskIdentity:
    """An enrolled desk.

    Attributes:
        desk: what the centre calls it.
        training: the mode of its data folder.
        key: raw Ed25519 private key, 32 bytes.
        authority: the certificate of the centre's authority, PEM; no other is believed.
        url: where the centre is reached, `https://host:port`.
        receipt_key: raw Ed25519 public key of the centre's receipts, 32 bytes.
        tls_key: P-256 private key of the certificate, PKCS#8 DER; empty before the first.
        certificate: what the line shows, DER; empty before the first.
    """

    desk: str
    training: bool
    key: bytes = field(repr=False)
    authority: bytes = field(repr=False)
    url: str = ""
    receipt_key: bytes = b""
    tls_key: bytes = field(default=b"", repr=False)
    certificate: bytes = field(default=b"", repr=False)

    @classmethod
    def load(cls, settings: Settings, desk: str, *, training: bool) -> Self:
        """Read what enrolment kept.

        Args:
            settings: the open store.
            desk: the store's desk.
            training: the store's mode.

        Raises:
            DeskNotEnrolled: this desk was never enrolled.
        """
        key, authority = settings.setting("desk_key"), settings.setting("ca_certificate")
        url, receipt_key = settings.setting("centre_url"), settings.setting("receipt_key")
        if not key or not authority or not url or not receipt_key:
            raise DeskNotEnrolled
        return cls(desk, training, key, authority, url.decode(), receipt_key, *kept_certificate(settings))

    def keep(self, settings: Settings) -> None:
        """Keep it for the next start."""
        settings.set_setting("desk_key", self.key)
        settings.set_setting("ca_certificate", self.authority)
        settings.set_setting("centre_url", self.url.encode())
        settings.set_setting("receipt_key", self.receipt_key)
        if self.certificate:
            keep_certificate(settings, self.tls_key, self.certificate)

    def sign(self, data: bytes) -> bytes:
        """Return the desk's Ed25519 signature, 64 bytes."""
        return Ed25519PrivateKey.from_private_bytes(self.key).sign(data)

    @property
    def public_key(self) -> bytes:
        """Return the raw Ed25519 public key that the centre knows it by, 32 bytes."""
        return Ed25519PrivateKey.from_private_bytes(self.key).public_key().public_bytes_raw()
