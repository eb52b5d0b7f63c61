"""The certificate at the other end of a connection: handed over by the server, or by a proxy that ends TLS.

TLS itself refuses what no authority of this centre signed, and asks for no time: an expired certificate still renews.
What a proxy hands over nobody has checked for us, so everything is checked here, each certificate once.
"""

import asyncio
import base64
import binascii
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final
from urllib.parse import unquote_to_bytes

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.certificates import serial_text, signed_by
from sscard_desk.central.patience import PatientProtocol
from sscard_desk.central.room import MOST_OPEN, SLACK

SHOWN: Final = "sscard.certificate"
NO_CHECK_TIME: Final = 0x20_0000
"""OpenSSL's X509_V_FLAG_NO_CHECK_TIME, which `ssl` does not name: `central.standing` looks at the time."""
_LONGEST: Final = 8_000
_PEM: Final = b"-----BEGIN CERTIFICATE-----"
_KNOWN: Final = 4_096


@dataclass(frozen=True)
class Peer:
    """A certificate that an authority of this centre gave to a desk; whether it still counts is not said here.

    Attributes:
        desk: whose it is.
        serial: its serial number, hex.
        end_ms: last moment at which it is valid, milliseconds since 1970 UTC.
        begin_ms: first moment at which it is valid.
        body: the certificate, DER.
    """

    desk: str
    serial: str
    end_ms: int
    begin_ms: int = 0
    body: bytes = field(default=b"", repr=False)


class PeerProtocol(PatientProtocol):
    """A connection that hands the other end's certificate to the application, in the state of each request."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as the one above
        """Look once, when TLS is up."""
        super().connection_made(transport)
        self.make_room(MOST_OPEN)
        if len(self.connections) > MOST_OPEN + SLACK:
            transport.abort()
        tls = transport.get_extra_info("ssl_object")
        self.app_state = {**self.app_state, SHOWN: tls.getpeercert(binary_form=True) if tls is not None else None}


def ask_for_certificates(context: ssl.SSLContext, authorities: bytes) -> None:
    """Have a server ask for a client's certificate, and take a connection without one too.

    Args:
        context: the server's.
        authorities: PEM, one after the other.
    """
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_verify_locations(cadata=authorities.decode("ascii"))
    context.verify_mode = ssl.CERT_OPTIONAL
    context.verify_flags |= NO_CHECK_TIME


def shown_certificate(
    centre: OpenCentre, state: Mapping[str, Any], client: str, headers: Mapping[str, str]
) -> bytes | None:
    """Return the certificate that came with a request, DER; empty for one that cannot be read, None for none.

    Args:
        centre: whose rules say which proxies are believed.
        state: of the request, as the server left it.
        client: address of the other end of the connection.
        headers: names in lower case.
    """
    rules = centre.certificates
    if client in rules.proxies:
        handed = headers.get(rules.header, "")
        return _unwrap(handed) if handed else None
    der: bytes | None = state.get(SHOWN)
    return der


@lru_cache(maxsize=_KNOWN)
def read_peer(der: bytes, authorities: bytes) -> Peer | None:
    """Return whose certificate this is, or None if no authority of ours gave it to a desk.

    Args:
        der: the certificate.
        authorities: PEM, one after the other.
    """
    try:
        certificate = x509.load_der_x509_certificate(der)
        uses = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
        names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    except (ValueError, UnsupportedAlgorithm, x509.ExtensionNotFound, x509.DuplicateExtension):
        return None
    if list(uses) != [ExtendedKeyUsageOID.CLIENT_AUTH] or len(certificate.subject) != 1 or len(names) != 1:
        return None
    if not any(signed_by(certificate, authority) for authority in x509.load_pem_x509_certificates(authorities)):
        return None
    end_ms = int(certificate.not_valid_after_utc.timestamp() * 1000)
    begin_ms = int(certificate.not_valid_before_utc.timestamp() * 1000)
    return Peer(str(names[0].value), serial_text(certificate), end_ms, begin_ms, der)


def _unwrap(handed: str) -> bytes:
    """Return DER from PEM in percent encoding or from DER in base64, empty if it is neither."""
    if len(handed) > _LONGEST:
        return b""
    try:
        if "%" in handed or "-" in handed:
            pem = unquote_to_bytes(handed)
            return ssl.PEM_cert_to_DER_cert(pem.decode("ascii")) if pem.startswith(_PEM) else b""
        return base64.b64decode(handed, validate=True)
    except (ValueError, binascii.Error):
        return b""
