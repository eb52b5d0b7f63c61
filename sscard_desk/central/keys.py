"""The centre's own keys: receipts are sealed with one, its small authority vouches for its server certificate."""

import datetime as dt
import hashlib
import ipaddress
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final, Self

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from sscard_desk.wire.stick.sealing import box_of_centre

AUTHORITY_YEARS: Final = 20
SERVER_DAYS: Final = 820
_CLOCK_SLACK: Final = dt.timedelta(days=2)
"""Certificates begin earlier than now: desks with a clock that is a little behind connect all the same."""


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

    @classmethod
    def make(cls, folder: Path, hosts: Sequence[str], now: dt.datetime) -> Self:
        """Make all keys of a new centre.

        Args:
            folder: an existing folder without keys.
            hosts: names and addresses under which desks reach the server.
            now: the time, aware.
        """
        receipt = Ed25519PrivateKey.generate()
        _write_secret(folder / "receipt.key", receipt.private_bytes_raw())
        authority_key = ec.generate_private_key(ec.SECP256R1())
        authority = _authority(authority_key, now)
        _write_secret(folder / "authority.key", _pem(authority_key))
        (folder / "authority.pem").write_bytes(authority.public_bytes(serialization.Encoding.PEM))
        server_key = ec.generate_private_key(ec.SECP256R1())
        server = _server(server_key, authority_key, authority, hosts, now)
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


def _authority(key: ec.EllipticCurvePrivateKey, now: dt.datetime) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "SSCard centre authority")])
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _CLOCK_SLACK)
        .not_valid_after(now + dt.timedelta(days=365 * AUTHORITY_YEARS))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )


def _server(
    key: ec.EllipticCurvePrivateKey,
    authority_key: ec.EllipticCurvePrivateKey,
    authority: x509.Certificate,
    hosts: Sequence[str],
    now: dt.datetime,
) -> x509.Certificate:
    return (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "SSCard centre")]))
        .issuer_name(authority.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _CLOCK_SLACK)
        .not_valid_after(now + dt.timedelta(days=SERVER_DAYS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName([_host(host) for host in hosts]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key()), critical=False)
        .sign(authority_key, hashes.SHA256())
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _host(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _certificate(pem: bytes) -> x509.Certificate:
    return x509.load_pem_x509_certificate(pem)


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _write_secret(path: Path, data: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
