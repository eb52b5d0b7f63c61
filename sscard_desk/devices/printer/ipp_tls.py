"""IPP over TLS (`ipps://`, RFC 7472): the printer's certificate is the one that settings name, or the system trusts it.

Printers mostly sign their certificate themselves, so its SHA-256 can be named instead; the name in it is then not
looked at. Nothing is sent before the certificate is known to be the right one.
"""

import hashlib
import http.client
import ssl
from typing import Final

from sscard_desk.domain.errors.printing import PrinterNotTrusted

_SHA256_HEX: Final = 64


class TrustedConnection(http.client.HTTPSConnection):
    """One connection.

    Args:
        host: of the printer.
        port: of its print service.
        timeout: for one answer, in seconds.
        fingerprint: SHA-256 of the certificate (DER) in hex, colons allowed; empty takes what the system trusts.
    """

    def __init__(self, host: str, port: int, timeout: float, fingerprint: str) -> None:
        self._wanted = fingerprint.replace(":", "").strip().lower()
        super().__init__(host, port, timeout=timeout, context=_any() if self._wanted else ssl.create_default_context())

    def connect(self) -> None:
        """Connect, and look at the certificate.

        Raises:
            PrinterNotTrusted: it is another one, or nobody the system trusts vouches for it.
        """
        try:
            super().connect()
        except ssl.SSLCertVerificationError:
            raise PrinterNotTrusted(sha256=_shown(self.host, self.port, self.timeout)) from None
        if not self._wanted:
            return
        shown = _sha256(self.sock)
        if shown != self._wanted:
            self.close()
            raise PrinterNotTrusted(sha256=shown)


def _any() -> ssl.SSLContext:
    """Return a context that takes every certificate, for whoever compares it with the one that is wanted."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def _shown(host: str, port: int, timeout: float | None) -> str:
    """Return the fingerprint of a certificate that was not taken, so that somebody can compare it; nothing is sent."""
    line = http.client.HTTPSConnection(host, port, timeout=timeout, context=_any())
    try:
        line.connect()
        return _sha256(line.sock)
    except OSError:
        return "?" * _SHA256_HEX
    finally:
        line.close()


def _sha256(sock: object) -> str:
    certificate = sock.getpeercert(binary_form=True) if isinstance(sock, ssl.SSLSocket) else None
    return hashlib.sha256(certificate or b"").hexdigest()
