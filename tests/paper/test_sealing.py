"""A paper under the service point's certificate: verified by another library's verifier, without any network."""

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from asn1crypto import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from sscard_desk.devices.printer.document import page_count
from sscard_desk.domain.errors.printing import CertificateExpired, CertificatePassphraseWrong, CertificateUnusable
from sscard_desk.paper import PdfPaper, render_page
from sscard_desk.paper.sealing import CertificateSeal
from sscard_desk.ports.paper import RulerFacts

from .certificates import NOW, PASSPHRASE, Authority

PDF = PdfPaper().ruler_sheet(RulerFacts("counter", 0, 0, datetime(2026, 11, 26, tzinfo=UTC)))


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority()


def seal_of(folder: Path, content: bytes, passphrase: bytes | None = PASSPHRASE) -> CertificateSeal:
    path = folder / "point.p12"
    path.write_bytes(content)
    return CertificateSeal(path, lambda: passphrase, "示例街道社保服务点")


def verdict(pdf: bytes, root: Authority) -> tuple[bool, bool]:
    """Return (unchanged, trusted) of the only signature, as pyHanko sees it."""
    reader = PdfFileReader(io.BytesIO(pdf))
    (embedded,) = reader.embedded_signatures
    assert embedded.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    trust = ValidationContext(trust_roots=[x509.Certificate.load(root.der())], allow_fetching=False)
    status = validate_pdf_signature(embedded, trust)
    return bool(status.intact and status.valid), bool(status.trusted and status.bottom_line)


def test_a_sealed_paper_is_valid_and_trusted_and_looks_as_before(tmp_path: Path, authority: Authority) -> None:
    sealed = seal_of(tmp_path, authority.pkcs12()).seal(PDF, NOW)
    assert verdict(sealed, authority) == (True, True)
    assert sealed.startswith(PDF)
    assert render_page(sealed, 0, 72) == render_page(PDF, 0, 72)
    assert page_count(sealed) == 1


def test_a_stranger_is_not_trusted_and_a_changed_paper_is_not_valid(tmp_path: Path, authority: Authority) -> None:
    sealed = seal_of(tmp_path, authority.pkcs12()).seal(PDF, NOW)
    assert verdict(sealed, Authority()) == (True, False)
    at = sealed.index(b"stream") + 20
    changed = sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :]
    assert verdict(changed, authority) == (False, False)


def test_two_papers_one_after_the_other_are_both_sealed(tmp_path: Path, authority: Authority) -> None:
    seal = seal_of(tmp_path, authority.pkcs12())
    assert all(verdict(seal.seal(PDF, NOW), authority) == (True, True) for _ in range(2))


@pytest.mark.parametrize(("begun", "days"), [(100, -1), (-1, 100)])
def test_a_certificate_out_of_its_days_seals_nothing(
    tmp_path: Path, authority: Authority, begun: int, days: int
) -> None:
    seal = seal_of(tmp_path, authority.pkcs12(begun=begun, days=days))
    with pytest.raises(CertificateExpired) as caught:
        seal.seal(PDF, NOW)
    assert caught.value.end == f"{NOW + timedelta(days=days):%Y-%m-%d}"


@pytest.mark.parametrize("passphrase", [None, b"", b"another"])
def test_a_wrong_or_missing_passphrase_is_said(tmp_path: Path, authority: Authority, passphrase: bytes | None) -> None:
    with pytest.raises(CertificatePassphraseWrong):
        seal_of(tmp_path, authority.pkcs12(), passphrase).facts()


def test_a_file_that_is_no_certificate_is_said(tmp_path: Path, authority: Authority) -> None:
    for content, reason in ((b"hello", "damaged"), (authority.pkcs12(with_key=False), "no_key")):
        with pytest.raises(CertificateUnusable) as caught:
            seal_of(tmp_path, content).facts()
        assert caught.value.reason == reason
    with pytest.raises(CertificateUnusable) as missing:
        CertificateSeal(tmp_path / "nowhere.p12", lambda: PASSPHRASE).facts()
    assert missing.value.reason == "missing"


def test_neither_passphrase_nor_key_stands_in_what_is_shown_of_a_seal(tmp_path: Path, authority: Authority) -> None:
    seal = seal_of(tmp_path, authority.pkcs12())
    seal.seal(PDF, NOW)
    assert PASSPHRASE.decode() not in repr(seal)
    assert "_content" not in repr(seal)
