"""Signs PDFs with a certificate from a PKCS#12 file: PAdES baseline B-B (ETSI EN 319 142-1), without any network.

The certificate says for which office a paper was made and that nobody changed it since. It is not the applicant's
signature, and without a time stamp it does not prove when.
"""

import io
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.serialization.pkcs12 import load_key_and_certificates
from cryptography.x509 import Certificate

from sscard_desk.domain.errors.printing import CertificateExpired, CertificatePassphraseWrong, CertificateUnusable
from sscard_desk.ports.paper_seal import SealFacts

FIELD: Final = "ServicePoint"
DIGEST: Final = "sha256"


@dataclass
class CertificateSeal:
    """One certificate file; it is opened at the first paper and kept open. Implements `ports.paper_seal.PaperSeal`.

    Attributes:
        path: the PKCS#12 file (RFC 7292); its key is encrypted.
        passphrase: gives what opens it, None where nobody kept one.
        place: the service point, named in the signature.
    """

    path: Path
    passphrase: Callable[[], bytes | None] = field(repr=False)
    place: str = ""
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)
    _content: bytes = field(default=b"", repr=False)
    _certificate: Certificate | None = field(default=None, repr=False)

    def facts(self) -> SealFacts:
        """Open the certificate and return what it says; raises as the port says."""
        certificate = self._open()
        return SealFacts(
            certificate.subject.rfc4514_string(),
            certificate.issuer.rfc4514_string(),
            certificate.not_valid_before_utc,
            certificate.not_valid_after_utc,
        )

    def seal(self, pdf: bytes, at: datetime) -> bytes:
        """Return the document with a signature added; raises as the port says."""
        facts = self.facts()
        if not facts.begin <= at <= facts.end:
            raise CertificateExpired(begin=f"{facts.begin:%Y-%m-%d}", end=f"{facts.end:%Y-%m-%d}")
        # half a second of imports, paid by points that sign
        from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter  # noqa: PLC0415 - see above
        from pyhanko.sign import PdfSignatureMetadata, SimpleSigner, sign_pdf  # noqa: PLC0415 - see above
        from pyhanko.sign.fields import SigSeedSubFilter  # noqa: PLC0415 - see above

        with self._lock:
            signer = SimpleSigner.load_pkcs12_data(self._content, other_certs=[], passphrase=self.passphrase())
            if signer is None:
                raise CertificateUnusable(reason="damaged")
            metadata = PdfSignatureMetadata(
                field_name=FIELD,
                md_algorithm=DIGEST,
                subfilter=SigSeedSubFilter.PADES,
                location=self.place or None,
            )
            out = io.BytesIO()
            sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), metadata, signer, output=out)
        return out.getvalue()

    def _open(self) -> Certificate:
        with self._lock:
            if self._certificate is not None:
                return self._certificate
            try:
                content = self.path.read_bytes()
            except OSError:
                raise CertificateUnusable(reason="missing") from None
            passphrase = self.passphrase()
            if passphrase is None:
                raise CertificatePassphraseWrong
            try:
                key, certificate, _ = load_key_and_certificates(content, passphrase)
            except ValueError as error:
                if "password" in str(error).lower():
                    raise CertificatePassphraseWrong from None
                raise CertificateUnusable(reason="damaged") from None
            if key is None or certificate is None:
                raise CertificateUnusable(reason="no_key")
            self._content, self._certificate = content, certificate
            return certificate
