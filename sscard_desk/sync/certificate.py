"""The desk's TLS certificate: its key is made here, asked for with PKCS#10, shown on the line.

The key is P-256, apart from the Ed25519 key that signs requests: every TLS library takes it, and a fresh one comes
with each certificate, so that a copy of the database from before opens no line after. Both lie in the encrypted
database. `ssl` reads keys from files alone, so the key goes through a file under a password of
that moment.
"""

import contextlib
import secrets
import ssl
import tempfile
from pathlib import Path
from typing import Final, cast

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import PrivateFormat

PASSWORD_BYTES: Final = 32


def new_key() -> bytes:
    """Return a new P-256 private key, PKCS#8 DER."""
    return ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.DER, PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def certificate_request(key: bytes) -> bytes:
    """Return what asks for a certificate for a key: PKCS#10, DER, without a name. The centre knows who asks."""
    builder = x509.CertificateSigningRequestBuilder().subject_name(x509.Name([]))
    return builder.sign(_private(key), hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def certificate_fits(certificate: bytes, key: bytes, desk: str, authority: bytes) -> bool:
    """Return whether a certificate is for this key and desk, and from one of these authorities.

    Args:
        certificate: DER.
        key: PKCS#8 DER.
        desk: what the centre calls the desk.
        authority: PEM, one after the other.
    """
    try:
        read = x509.load_der_x509_certificate(certificate)
        names = [str(name.value) for name in read.subject]
        return (
            read.public_key() == _private(key).public_key()
            and names == [desk]
            and any(_signed(read, one) for one in x509.load_pem_x509_certificates(authority))
        )
    except (ValueError, UnsupportedAlgorithm):
        return False


def show_certificate(context: ssl.SSLContext, certificate: bytes, key: bytes) -> None:
    """Have a line show a certificate to whoever asks for it.

    Args:
        context: the line's.
        certificate: DER.
        key: PKCS#8 DER; nothing of it is left outside memory.
    """
    password = secrets.token_hex(PASSWORD_BYTES).encode()
    sealing = serialization.BestAvailableEncryption(password)
    pem = _private(key).private_bytes(serialization.Encoding.PEM, PrivateFormat.PKCS8, sealing)
    with tempfile.TemporaryDirectory(prefix="sscard-") as folder:
        file = Path(folder) / "line.pem"
        file.write_bytes(ssl.DER_cert_to_PEM_cert(certificate).encode("ascii") + pem)
        context.load_cert_chain(file, password=password)


def _signed(certificate: x509.Certificate, authority: x509.Certificate) -> bool:
    with contextlib.suppress(ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):
        certificate.verify_directly_issued_by(authority)
        return True
    return False


def _private(key: bytes) -> ec.EllipticCurvePrivateKey:
    # made by this very module, so it is of this kind
    return cast("ec.EllipticCurvePrivateKey", serialization.load_der_private_key(key, None))
