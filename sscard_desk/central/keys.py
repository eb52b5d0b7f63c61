"""The centre's own keys: receipts are sealed with one, its small authority vouches for its server certificate."""

import datetime as dt
import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Self

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from sscard_desk.central.certificate_rules import RENEW_AT
from sscard_desk.central.certificates import (
    Issuer,
    authority_certificate,
    desk_certificate,
    host_name,
    server_certificate,
    signed_by,
)
from sscard_desk.disk import write_whole
from sscard_desk.wire.stick.sealing import box_of_centre


@dataclass(frozen=True)
class Ends:
    """When the centre's own certificates end, aware."""

    authority: dt.datetime
    server: dt.datetime


@dataclass(frozen=True)
class CentreKeys:
    """The key files of one centre.

    Attributes:
        folder: where they lie; private ones are mode 0600.
        receipt: Ed25519 key that receipts are sealed with.
        authority: the authority's certificate, PEM.
    """

    folder: Path
    receipt: Ed25519PrivateKey = field(repr=False)
    authority: bytes

    @property
    def fingerprint(self) -> bytes:
        """SHA-256 of the authority's certificate in DER: what an enrolment code carries."""
        return hashlib.sha256(_certificate(self.authority).public_bytes(serialization.Encoding.DER)).digest()

    @property
    def receipt_key(self) -> bytes:
        """Return the raw public key of receipts, 32 bytes."""
        return self.receipt.public_key().public_bytes_raw()

    @cached_property
    def box(self) -> X25519PrivateKey:
        """Return the key that files on a stick are opened with."""
        return box_of_centre(self.receipt)

    @property
    def believed(self) -> bytes:
        """Return every authority that desks and server believe, PEM one after the other, the one that signs first."""
        further = sorted(self.folder.glob("authority-*.pem"))
        return b"".join([self.authority, *(file.read_bytes() for file in further)])

    @property
    def server_certificate(self) -> Path:
        """Where the server's certificate lies, PEM."""
        return self.folder / "server.pem"

    @property
    def server_key(self) -> Path:
        """Where the server's private key lies, PEM."""
        return self.folder / "server.key"

    def ends(self) -> Ends:
        """Return when authority and server certificate end."""
        server = _certificate(self.server_certificate.read_bytes())
        return Ends(_certificate(self.authority).not_valid_after_utc, server.not_valid_after_utc)

    @property
    def can_certify(self) -> bool:
        """Return whether the authority's key is here; an operator may keep it elsewhere."""
        return self._authority_key.exists()

    def certify(self, key: ec.EllipticCurvePublicKey, desk: str, now: dt.datetime, days: int) -> x509.Certificate:
        """Return a new certificate for a desk's key.

        Args:
            key: the desk's, P-256.
            desk: its name.
            now: the time, aware.
            days: how long it is valid.
        """
        return desk_certificate(key, self._issuer(), desk, now, days)

    def renew_server(self, now: dt.datetime, days: int) -> bool:
        """Give the server a new certificate under the same names and key when a third of the old one's life is left.

        Or when the authority that signs is not the one any more that signed it. One that no authority of the centre
        signed is the operator's to renew.

        Returns:
            Whether a new one lies there now.
        """
        old = _certificate(self.server_certificate.read_bytes())
        begin, end, key = old.not_valid_before_utc, old.not_valid_after_utc, old.public_key()
        signers = x509.load_pem_x509_certificates(self.believed)
        if not any(signed_by(old, signer) for signer in signers) or not isinstance(key, ec.EllipticCurvePublicKey):
            return False
        if not self.can_certify:
            return False
        if end - now > (end - begin) / RENEW_AT and signed_by(old, signers[0]):
            return False
        names = old.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        new = server_certificate(key, self._issuer(), names, now, days)
        write_whole(self.server_certificate, [new.public_bytes(serialization.Encoding.PEM)])
        return True

    @property
    def _authority_key(self) -> Path:
        return self.folder / "authority.key"

    def _issuer(self) -> Issuer:
        key = serialization.load_pem_private_key(self._authority_key.read_bytes(), None)
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            raise TypeError("the authority's key is no key of an elliptic curve")
        return Issuer(_certificate(self.authority), key)

    @classmethod
    def make(cls, folder: Path, hosts: Sequence[str], now: dt.datetime, server_days: int) -> Self:
        """Make all keys of a new centre.

        Args:
            folder: an existing folder without keys.
            hosts: names and addresses under which desks reach the server.
            now: the time, aware.
            server_days: how long the server's certificate is valid.
        """
        receipt = Ed25519PrivateKey.generate()
        _write_secret(folder / "receipt.key", receipt.private_bytes_raw())
        authority_key = ec.generate_private_key(ec.SECP256R1())
        authority = authority_certificate(authority_key, now)
        _write_secret(folder / "authority.key", _pem(authority_key))
        (folder / "authority.pem").write_bytes(authority.public_bytes(serialization.Encoding.PEM))
        server_key = ec.generate_private_key(ec.SECP256R1())
        names = [host_name(host) for host in hosts]
        server = server_certificate(server_key.public_key(), Issuer(authority, authority_key), names, now, server_days)
        _write_secret(folder / "server.key", _pem(server_key))
        (folder / "server.pem").write_bytes(server.public_bytes(serialization.Encoding.PEM))
        return cls.load(folder)

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read the keys of an existing centre.

        Raises:
            FileNotFoundError: there is no centre in this folder.
        """
        receipt = Ed25519PrivateKey.from_private_bytes((folder / "receipt.key").read_bytes())
        return cls(folder=folder, receipt=receipt, authority=(folder / "authority.pem").read_bytes())


def _certificate(pem: bytes) -> x509.Certificate:
    return x509.load_pem_x509_certificate(pem)


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _write_secret(path: Path, data: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
