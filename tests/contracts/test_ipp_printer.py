"""Jobs at a real printer of another maker, followed to whatever end they have."""

from collections.abc import Iterator

import pytest

from sscard_desk.devices.printer.cups import CupsPrinter
from sscard_desk.domain.errors.device import PrinterMissing, PrinterOutOfPaper, PrintFailed
from sscard_desk.domain.errors.printing import PrinterBusy, PrinterNotTrusted
from sscard_desk.domain.prints import PrintState
from sscard_desk.ports.devices import Cancel, Health
from tests.machines.ipp_printer import IppPrinter, ipp_printer, until

pytestmark = pytest.mark.real

PDF = b"%PDF-1.4\n1 0 obj << /Type /Pages >> 2 0 obj << /Type /Page >> 3 0 obj << /Type /Page\n>>\n" + b"x" * 70_000
SERIAL = "4201-03-26-00123-2-R1"


@pytest.fixture(scope="module")
def peer() -> Iterator[IppPrinter]:
    with ipp_printer() as made:
        yield made


def state(used: CupsPrinter, job: str) -> PrintState:
    return used.look_up(job, SERIAL).state


def test_a_document_comes_out_whole_and_only_then_it_is_printed(peer: IppPrinter) -> None:
    used, document = CupsPrinter(peer.address), PDF + b"whole"
    with peer.feels("slow"):
        job = used.hand_over(document, SERIAL, Cancel())
        until(lambda: state(used, job.job) is PrintState.PRINTING)
        assert document not in peer.papers()
    until(lambda: state(used, job.job) is PrintState.COMPLETED)
    assert peer.papers()[-1] == document
    assert job.pages == 2


def test_a_job_is_found_again_by_its_number_and_by_its_name_alone(peer: IppPrinter) -> None:
    used, name = CupsPrinter(peer.address), "4201-03-26-00124-9-R1"
    job = used.print_pdf(PDF, name, Cancel())
    assert used.look_up(job.job, name).state is PrintState.COMPLETED
    assert used.look_up("", name).state is PrintState.COMPLETED
    assert used.look_up("", "4201-03-26-00999-1-R1").state is PrintState.UNKNOWN


def test_another_job_under_the_same_number_is_not_taken_for_ours(peer: IppPrinter) -> None:
    used = CupsPrinter(peer.address)
    job = used.print_pdf(PDF, SERIAL, Cancel())
    assert used.look_up(job.job, "4201-03-26-00777-7-R1").state is PrintState.UNKNOWN


def test_out_of_paper_it_waits_and_comes_by_itself(peer: IppPrinter) -> None:
    used, document = CupsPrinter(peer.address), PDF + b"refilled"
    with peer.feels("empty"):
        job = used.hand_over(document, SERIAL, Cancel())
        until(lambda: state(used, job.job) is PrintState.OUT_OF_PAPER)
        probed = used.probe()
        assert (probed.health, type(probed.trouble)) == (Health.WARNING, PrinterOutOfPaper)
        with pytest.raises(PrinterOutOfPaper):
            used.print_pdf(document, "4201-03-26-00125-1-R1", Cancel())
    until(lambda: state(used, job.job) is PrintState.COMPLETED)
    assert document in peer.papers()


def test_a_filter_that_breaks_is_said_and_nothing_is_taken_for_printed(peer: IppPrinter) -> None:
    used = CupsPrinter(peer.address)
    with peer.feels("broken"):
        job = used.hand_over(PDF, SERIAL, Cancel())
        until(lambda: state(used, job.job).ended)
    assert state(used, job.job) is PrintState.ABORTED
    with peer.feels("broken"), pytest.raises(PrintFailed):
        used.print_pdf(PDF, SERIAL, Cancel())


def test_a_job_cancelled_at_the_printer_is_cancelled(peer: IppPrinter) -> None:
    used = CupsPrinter(peer.address)
    with peer.feels("slow"):
        job = used.hand_over(PDF, SERIAL, Cancel())
        until(lambda: state(used, job.job) is PrintState.PRINTING)
        CupsPrinter(peer.address).take_back(job.job)
    until(lambda: state(used, job.job).ended)
    assert state(used, job.job) is PrintState.CANCELED


def test_a_printer_that_vanishes_in_mid_job_is_missing_and_the_job_is_unknown_when_it_is_back(peer: IppPrinter) -> None:
    used = CupsPrinter(peer.address)
    with peer.feels("slow"):
        job = used.hand_over(PDF, SERIAL, Cancel())
        until(lambda: state(used, job.job) is PrintState.PRINTING)
        peer.switch_off()
        with pytest.raises(PrinterMissing):
            used.look_up(job.job, SERIAL)
        used.take_back(job.job)  # nobody is there: no trouble
        assert used.probe().health is Health.OFF
    peer.switch_on()
    assert state(used, job.job) is PrintState.UNKNOWN
    used.print_pdf(PDF, "4201-03-26-00126-3-R1", Cancel())  # the numbers begin at 1 again: not our job
    assert state(used, job.job) is PrintState.UNKNOWN


def test_a_printer_that_takes_one_job_at_a_time_says_that_it_is_busy(peer: IppPrinter) -> None:
    used = CupsPrinter(peer.address)
    with peer.feels("slow"):
        job = used.hand_over(PDF, SERIAL, Cancel())
        with pytest.raises(PrinterBusy):
            used.hand_over(PDF, "4201-03-26-00127-5-R1", Cancel())
    until(lambda: state(used, job.job) is PrintState.COMPLETED)
    assert used.print_pdf(PDF, "4201-03-26-00127-5-R1", Cancel()).pages == 2


def test_over_tls_nothing_is_sent_to_a_printer_that_nobody_vouches_for(peer: IppPrinter) -> None:
    before = len(peer.papers())
    for fingerprint in ("", "00" * 32):
        used = CupsPrinter(peer.tls_address, fingerprint=fingerprint)
        with pytest.raises(PrinterNotTrusted):
            used.hand_over(PDF, SERIAL, Cancel())
        probed = used.probe()
        assert probed.health is Health.OFF
        assert isinstance(probed.trouble, PrinterNotTrusted)
    assert len(peer.papers()) == before


def test_over_tls_a_job_is_followed_to_its_end_where_the_certificate_is_the_named_one(peer: IppPrinter) -> None:
    with pytest.raises(PrinterNotTrusted) as raised:
        CupsPrinter(peer.tls_address).hand_over(PDF, SERIAL, Cancel())
    shown = raised.value.sha256
    as_panels_show_it = ":".join(shown[at : at + 2] for at in range(0, len(shown), 2)).upper()
    used, document = CupsPrinter(peer.tls_address, fingerprint=as_panels_show_it), PDF + b"over TLS"
    assert used.probe().health is Health.READY
    used.print_pdf(document, "4201-03-26-00125-6-R1", Cancel())
    assert peer.papers()[-1] == document


def test_over_tls_a_certificate_that_the_system_trusts_needs_no_name_in_settings(
    peer: IppPrinter, monkeypatch: pytest.MonkeyPatch
) -> None:
    CupsPrinter(peer.tls_address).probe()  # the printer makes its certificate at the first asking
    monkeypatch.setenv("SSL_CERT_FILE", str(peer.root / "localhost.crt"))
    assert CupsPrinter(peer.tls_address).probe().health is Health.READY


def test_a_stranger_at_the_printers_address_says_nothing_of_our_job(peer: IppPrinter) -> None:
    with pytest.raises(PrinterMissing):
        CupsPrinter(peer.tls_address, fingerprint="00" * 32).look_up("1", SERIAL)
