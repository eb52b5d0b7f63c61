"""A certificate authority of our own for tests, and certificates of a service point that is invented."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, NoEncryption, pkcs12
from cryptography.x509.oid import NameOID

NOW = datetime.now(UTC)
PASSPHRASE = b"a passphrase for tests"


def _name(words: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, words)])


@dataclass
class Authority:
    """Issues certificates."""

    def __post_init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        name = _name("Test authority")
        self.certificate = (
            self._begun(name, self.key.public_key(), NOW - timedelta(days=1000), NOW + timedelta(days=1000))
            .issuer_name(name)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .sign(self.key, hashes.SHA256())
        )

    @staticmethod
    def _begun(
        name: x509.Name, key: ec.EllipticCurvePublicKey, begin: datetime, end: datetime
    ) -> x509.CertificateBuilder:
        return (
            x509.CertificateBuilder()
            .subject_name(name)
            .public_key(key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(begin)
            .not_valid_after(end)
        )

    def der(self) -> bytes:
        return self.certificate.public_bytes(Encoding.DER)

    def pkcs12(
        self, *, days: int = 100, begun: int = 100, with_key: bool = True, passphrase: bytes = PASSPHRASE
    ) -> bytes:
        """Return a PKCS#12 file of a service point."""
        key = ec.generate_private_key(ec.SECP256R1())
        usage = x509.KeyUsage(
            digital_signature=True, content_commitment=True, key_encipherment=False, data_encipherment=False,
            key_agreement=False, key_cert_sign=False, crl_sign=False, encipher_only=False, decipher_only=False,
        )  # fmt: skip
        name = _name("示例街道社保服务点")
        certificate = (
            self._begun(name, key.public_key(), NOW - timedelta(days=begun), NOW + timedelta(days=days))
            .issuer_name(self.certificate.subject)
            .add_extension(usage, critical=True)
            .sign(self.key, hashes.SHA256())
        )
        hidden = BestAvailableEncryption(passphrase) if passphrase else NoEncryption()
        return pkcs12.serialize_key_and_certificates(
            b"point", key if with_key else None, certificate if with_key else None, [self.certificate], hidden
        )
