"""Jobs in the queue of a Windows desktop (modelled): where each ends, at true size, and nobody else's is touched."""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import cast

import pytest
from PIL import Image

from sscard_desk.bootstrap.devices import make_printer, make_spooler
from sscard_desk.bootstrap.settings import PrinterSettings, Settings
from sscard_desk.devices.printer.cups import CupsPrinter
from sscard_desk.devices.printer.spooler import OURS, SpoolerPrinter
from sscard_desk.domain.errors.device import PrinterMissing, PrinterOutOfPaper, PrintFailed
from sscard_desk.domain.prints import PrintState
from sscard_desk.paper.ruler_sheet import draw_ruler_sheet
from sscard_desk.ports.devices import Cancel, Cancelled, Health
from sscard_desk.ports.paper import RulerFacts
from sscard_desk.ports.printer import Printer
from tests.machines.windows_spool import DPI, Job, ModelQueue, ModelSpooler, install

SERIAL = "4201-03-26-00123-2-R1"
PDF = draw_ruler_sheet(RulerFacts("counter", 0, 0, datetime(2026, 11, 23, tzinfo=UTC)))


@pytest.fixture
def still(monkeypatch: pytest.MonkeyPatch) -> ModelSpooler:
    """A spooler whose device moves only when a test says so."""
    modelled = ModelSpooler("counter")
    install(monkeypatch, modelled)
    return modelled


@pytest.fixture
def spooler(still: ModelSpooler) -> Iterator[ModelSpooler]:
    with still.devices_at_work():
        yield still


@pytest.fixture
def queue(still: ModelSpooler) -> ModelQueue:
    return still.queues["counter"]


def test_a_printed_job_stays_until_its_end_was_told_and_leaves_at_the_next_look(
    still: ModelSpooler, queue: ModelQueue
) -> None:
    used = make_spooler("counter")
    job = used.hand_over(PDF, SERIAL, Cancel()).job
    assert used.look_up(job, SERIAL).state is PrintState.QUEUED
    queue.step()
    assert [used.look_up(job, SERIAL).state for _ in range(2)] == [PrintState.COMPLETED] * 2
    assert queue.jobs
    assert used.probe().health is Health.READY
    assert not queue.jobs
    assert used.look_up(job, SERIAL).state is PrintState.UNKNOWN


@pytest.mark.parametrize(
    ("feeling", "state"),
    [("empty", PrintState.OUT_OF_PAPER), ("stopped", PrintState.STOPPED), ("open", PrintState.STOPPED)],
)
def test_what_the_printer_lacks_is_said_of_the_job_and_of_the_printer(
    queue: ModelQueue, feeling: str, state: PrintState
) -> None:
    used = make_spooler("counter")
    job = used.hand_over(PDF, SERIAL, Cancel()).job
    queue.feelings.add(feeling)
    queue.step()
    assert used.look_up(job, SERIAL).state is state
    assert used.probe().health is Health.WARNING
    queue.feelings.clear()
    queue.step()
    assert used.look_up(job, SERIAL).state is PrintState.COMPLETED


@pytest.mark.parametrize("how", ["off", "set offline", "service"])
def test_a_printer_that_is_off_is_missing_and_the_job_goes_on_when_it_is_back(
    still: ModelSpooler, queue: ModelQueue, how: str
) -> None:
    used = make_spooler("counter")
    job = used.hand_over(PDF, SERIAL, Cancel()).job
    queue.feelings |= {"off"} if how == "off" else set()
    queue.attributes = 0x400 if how == "set offline" else 0
    still.running = how != "service"
    with pytest.raises(PrinterMissing):
        used.look_up(job, SERIAL)
    assert used.probe().health is Health.OFF
    queue.feelings.clear()
    queue.attributes, still.running = 0, True
    queue.step()
    assert used.look_up(job, SERIAL).state is PrintState.COMPLETED


def test_a_job_that_somebody_holds_or_deletes_at_the_queue_is_not_taken_for_printed(queue: ModelQueue) -> None:
    used = make_spooler("counter")
    job = used.hand_over(PDF, SERIAL, Cancel()).job
    queue.jobs[int(job)].status |= 0x1
    assert used.look_up(job, SERIAL).state is PrintState.HELD
    queue.jobs[int(job)].status |= 0x4
    assert used.look_up(job, SERIAL).state is PrintState.CANCELED
    queue.jobs.clear()
    assert used.look_up(job, SERIAL).state is PrintState.UNKNOWN


def test_after_a_restart_the_job_is_found_by_its_name_and_a_strangers_number_is_not_taken_for_it(
    still: ModelSpooler, queue: ModelQueue
) -> None:
    job = make_spooler("counter").hand_over(PDF, SERIAL, Cancel()).job
    queue.step()
    again = make_spooler("counter")
    found = again.look_up("", SERIAL)
    assert (found.state, found.job) == (PrintState.COMPLETED, job)
    still.restart()
    queue.jobs[1] = Job(1, "letter.docx", 0)
    assert again.look_up("1", SERIAL).state is PrintState.UNKNOWN
    assert again.look_up("", SERIAL).state is PrintState.UNKNOWN
    again.take_back("1")
    again.sweep()
    assert list(queue.jobs) == [1]


def test_a_sweep_lets_printed_jobs_go_and_no_others(queue: ModelQueue) -> None:
    used = make_spooler("counter")
    printed, waiting = (used.hand_over(PDF, serial, Cancel()).job for serial in (SERIAL, SERIAL[:-1] + "2"))
    queue.step()
    queue.jobs[900] = Job(900, "letter.docx", 0x80, retained=True)
    make_spooler("counter").sweep()
    assert list(queue.jobs) == [int(waiting), 900]
    assert int(printed) not in queue.jobs


def test_what_is_stopped_or_refused_before_its_last_page_leaves_nothing_in_the_queue(
    still: ModelSpooler, queue: ModelQueue
) -> None:
    cancel, used = Cancel(), cast("SpoolerPrinter", make_spooler("counter"))
    render = used._render

    def then_stopped(pdf: bytes, page: int) -> object:
        cancel.set()
        return render(pdf, page)

    used._render = then_stopped  # type: ignore[assignment] # stands in for it
    two = PDF + b"\n99 0 obj << /Type /Page >>"  # says two pages: the second one is asked for after the stop
    with pytest.raises(Cancelled):
        used.hand_over(two, SERIAL, cancel)
    assert not queue.jobs
    used._render, still.full = render, True
    with pytest.raises(PrintFailed) as caught:
        used.hand_over(PDF, SERIAL, Cancel())
    assert (caught.value.reason, queue.jobs) == ("refused", {})


@pytest.mark.parametrize(("feeling", "raised"), [("empty", PrinterOutOfPaper), ("broken", PrintFailed), ("slow", None)])
def test_waiting_ends_in_words_and_what_could_print_twice_is_taken_back(
    spooler: ModelSpooler, queue: ModelQueue, feeling: str, raised: type[Exception] | None
) -> None:
    used = cast("SpoolerPrinter", make_spooler("counter"))
    used._stuck_s = 0.6
    queue.feelings.add(feeling)
    with pytest.raises(raised or PrintFailed) as caught:
        used.print_pdf(PDF, SERIAL, Cancel())
    if feeling == "empty":
        assert queue.jobs  # prints by itself after refilling
    else:
        assert isinstance(caught.value, PrintFailed)
        assert caught.value.reason == ("stuck" if feeling == "slow" else "stopped")
        assert not queue.jobs


def test_a_page_comes_out_at_its_true_size_and_its_job_names_nobody(spooler: ModelSpooler, queue: ModelQueue) -> None:
    make_spooler("counter").print_pdf(PDF, SERIAL, Cancel())
    name, (sheet,) = queue.tray[-1]
    assert name == OURS + SERIAL
    assert _ink(sheet) == pytest.approx(_ink(_rendered()), abs=0.2)


def test_a_page_that_lies_the_other_way_is_turned(spooler: ModelSpooler, queue: ModelQueue) -> None:
    used = cast("SpoolerPrinter", make_spooler("counter"))
    upright = used._render(PDF, 0)
    turned = Image.frombytes("RGB", (upright.width, upright.height), upright.rgb).transpose(Image.Transpose.ROTATE_270)
    lying = type(upright)(*turned.size, turned.tobytes(), upright.height_mm, upright.width_mm)
    used._render = lambda _pdf, _page: lying  # type: ignore[assignment] # stands in for it
    used.print_pdf(PDF, SERIAL, Cancel())
    assert _ink(queue.tray[-1][1][0]) == pytest.approx(_ink(_rendered()), abs=0.2)


def test_settings_name_a_queue_of_the_system_alike_on_both(
    still: ModelSpooler, monkeypatch: pytest.MonkeyPatch
) -> None:
    def made(queue: str) -> Printer:
        return make_printer(Settings(printer=PrinterSettings(queue=queue)), None)  # type: ignore[arg-type] # is not asked

    assert isinstance(made("counter"), CupsPrinter)
    monkeypatch.setattr(sys, "platform", "win32")
    assert isinstance(made("counter"), SpoolerPrinter)
    assert isinstance(made("ipps://printer/ipp/print"), CupsPrinter)


def _rendered() -> Image.Image:
    page = cast("SpoolerPrinter", make_spooler("counter"))._render(PDF, 0)
    return Image.frombytes("RGB", (page.width, page.height), page.rgb)


def _ink(sheet: Image.Image) -> tuple[float, ...]:
    """Return where the ink on a sheet begins and ends, in mm from its corner."""
    dpi = DPI if sheet.width > 3000 else 300
    box = sheet.convert("L").point(lambda value: 255 * (value < 128)).getbbox()
    assert box is not None
    return tuple(side / dpi * 25.4 for side in box)
