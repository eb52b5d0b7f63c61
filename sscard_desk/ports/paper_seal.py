"""A service point's certificate under its papers: whoever opens the PDF sees who made it and that nobody changed it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True)
class SealFacts:
    """What a certificate says of itself.

    Attributes:
        subject: whom it names.
        issuer: who vouches for it.
        begin: first moment of its validity, aware.
        end: last moment.
    """

    subject: str
    issuer: str
    begin: datetime
    end: datetime


class PaperSeal(Protocol):
    """Signs finished papers (PAdES, ETSI EN 319 142-1, level B-B)."""

    def facts(self) -> SealFacts:
        """Open the certificate and return what it says.

        Raises:
            CertificateUnusable: the file is missing or damaged, or holds no private key.
            CertificatePassphraseWrong: the passphrase does not open it, or none was kept.
        """

    def seal(self, pdf: bytes, at: datetime) -> bytes:
        """Return the document with a signature added behind it; what stood there is not changed.

        Args:
            pdf: a finished document.
            at: when, aware; the certificate has to be valid then.

        Raises:
            CertificateExpired: the certificate is not valid then.
            CertificateUnusable, CertificatePassphraseWrong: it does not open.
        """
