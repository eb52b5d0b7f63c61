"""Certificates of a centre's small authority (X.509, RFC 5280): its own, the server's, the desks'."""

import datetime as dt
import ipaddress
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, ObjectIdentifier

AUTHORITY_YEARS: Final = 20
LONGEST_REQUEST: Final = 4_000
CLOCK_SLACK: Final = dt.timedelta(days=2)
"""Certificates begin earlier than now: desks with a clock that is a little behind connect all the same."""


@dataclass(frozen=True)
class Issuer:
    """An authority that signs: its certificate and its key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey = field(repr=False)


def authority_certificate(key: ec.EllipticCurvePrivateKey, now: dt.datetime) -> x509.Certificate:
    """Return the certificate of a new authority, signed by itself."""
    name = _name("SSCard centre authority")
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - CLOCK_SLACK)
        .not_valid_after(now + dt.timedelta(days=365 * AUTHORITY_YEARS))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )


def server_certificate(
    key: ec.EllipticCurvePublicKey,
    issuer: Issuer,
    hosts: Iterable[x509.GeneralName],
    now: dt.datetime,
    days: int,
) -> x509.Certificate:
    """Return a certificate for the centre's server under these names."""
    builder = _valid(_leaf(key, issuer, "SSCard centre", ExtendedKeyUsageOID.SERVER_AUTH), issuer, now, days)
    return builder.add_extension(x509.SubjectAlternativeName(hosts), critical=False).sign(issuer.key, hashes.SHA256())


def desk_certificate(
    key: ec.EllipticCurvePublicKey,
    issuer: Issuer,
    desk: str,
    now: dt.datetime,
    days: int,
) -> x509.Certificate:
    """Return a certificate for a desk: its name and nothing else of it."""
    builder = _leaf(key, issuer, desk, ExtendedKeyUsageOID.CLIENT_AUTH)
    return _valid(builder, issuer, now, days).sign(issuer.key, hashes.SHA256())


def read_request(request: bytes) -> ec.EllipticCurvePublicKey | None:
    """Return the key of a request (PKCS#10), or None if it is none, or not a P-256 key that its sender holds."""
    if len(request) > LONGEST_REQUEST:
        return None
    try:
        read = x509.load_der_x509_csr(request)
        key = read.public_key()
        held = read.is_signature_valid
    except (ValueError, TypeError, UnsupportedAlgorithm, InvalidSignature):
        return None
    return key if held and isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, ec.SECP256R1) else None


def signed_by(certificate: x509.Certificate, authority: x509.Certificate) -> bool:
    """Return whether an authority signed a certificate; its time is not looked at."""
    try:
        certificate.verify_directly_issued_by(authority)
    except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):
        return False
    return True


def known_since_ms(authorities: Sequence[x509.Certificate]) -> int:
    """Return since when whoever was certified knows all these authorities, milliseconds since 1970 UTC.

    A certificate's times are whole seconds: the newest counts from the one after. A single one everybody knows: 0.
    """
    if len(authorities) == 1:
        return 0
    return max(1 + int((one.not_valid_before_utc + CLOCK_SLACK).timestamp()) for one in authorities) * 1000


def serial_text(certificate: x509.Certificate) -> str:
    """Return a certificate's serial number as it is kept: hex, without zeros before it."""
    return f"{certificate.serial_number:x}"


def host_name(host: str) -> x509.GeneralName:
    """Return a name or address as a certificate has it."""
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _leaf(
    key: ec.EllipticCurvePublicKey,
    issuer: Issuer,
    name: str,
    use: ObjectIdentifier,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(_name(name))
        .issuer_name(issuer.certificate.subject)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([use]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key()), critical=False)
    )


def _valid(builder: x509.CertificateBuilder, issuer: Issuer, now: dt.datetime, days: int) -> x509.CertificateBuilder:
    """No certificate outlives its authority."""
    end = min(now + dt.timedelta(days=days), issuer.certificate.not_valid_after_utc)
    return builder.not_valid_before(now - CLOCK_SLACK).not_valid_after(end)


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


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
