"""What every printer does for the counter: a folder, queues of a real, private CUPS, and a modelled Windows spooler."""

import io
import os
import pwd
import shutil
import stat
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from sscard_desk.bootstrap.devices import make_spooler
from sscard_desk.devices.printer.cups import CupsPrinter
from sscard_desk.devices.printer.folder import FolderPrinter
from sscard_desk.domain.errors.device import PrinterMissing, PrinterOutOfPaper, PrintFailed
from sscard_desk.paper import render_page
from sscard_desk.ports.devices import Cancel, Cancelled, Health
from sscard_desk.ports.printer import Printer
from tests.machines.windows_spool import ModelSpooler, install


def _two_pages() -> bytes:
    """A real document of two pages, longer than any buffer on its way."""
    target = io.BytesIO()
    pen = Canvas(target, pagesize=A4, pageCompression=0, invariant=1)
    pen.setKeywords("x" * 70_000)
    for page in ("first", "second"):
        pen.drawString(200, 400, page)
        pen.showPage()
    pen.save()
    return target.getvalue()


PDF = _two_pages()

BACKEND = """#!/bin/sh
# Stands for a printer: the folder behind the colon says how it feels, and takes what is printed
[ $# -eq 0 ] && exit 0
at=${DEVICE_URI#desk:}
cat "${6:--}" > "$at/.coming"
while [ -e "$at/empty" ]; do echo "STATE: +media-empty-error" >&2; sleep 0.1; done
echo "STATE: -media-empty-error" >&2
while [ -e "$at/slow" ]; do sleep 0.1; done
[ -e "$at/broken" ] && exit 1
mv "$at/.coming" "$at/job.pdf"
"""
CUPSD_CONF = """
Listen {root}/sock
Browsing No
WebInterface No
LogLevel none
<Policy default>
<Limit All>
Order allow,deny
Allow all
</Limit>
</Policy>
"""
FILES_CONF = """
ServerRoot {root}/etc
ServerBin {root}/bin
RequestRoot {root}/spool
TempDir {root}/spool/tmp
CacheDir {root}/cache
StateDir {root}/state
AccessLog {root}/log/access
ErrorLog {root}/log/error
PageLog {root}/log/page
{accounts}
"""
QUEUE = """
<Printer {name}>
DeviceURI desk:{root}/{name}
State Idle
Type 4
Accepting {accepting}
Shared No
ErrorPolicy {policy}
OpPolicy default
</Printer>
"""
QUEUES = {"counter": ("Yes", "abort-job"), "stopping": ("Yes", "stop-printer"), "closed": ("No", "abort-job")}


@dataclass
class Cups:
    """A private CUPS: its socket, and the folders in which its printers stand."""

    root: Path

    @property
    def server(self) -> str:
        return str(self.root / "sock")

    def feels(self, queue: str, how: str, *, on: bool = True) -> None:
        mark = self.root / queue / how
        if on:
            mark.touch()
        else:
            mark.unlink(missing_ok=True)

    def printed(self, queue: str) -> bytes:
        paper = self.root / queue / "job.pdf"
        return paper.read_bytes() if paper.exists() else b""


@pytest.fixture(scope="module")
def cups() -> Iterator[Cups]:
    cupsd = shutil.which("cupsd") or shutil.which("cupsd", path="/usr/sbin")
    assert cupsd, "the package cups-daemon is not installed; `make test` brings it"
    root = Path(tempfile.mkdtemp(prefix="cups-"))  # short, and open to the account that cupsd prints under
    try:
        _lay_out(root)
        started = subprocess.Popen(
            [cupsd, "-c", str(root / "etc/cupsd.conf"), "-s", str(root / "etc/cups-files.conf"), "-f"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            _until(lambda: CupsPrinter("counter", str(root / "sock")).probe().health is Health.READY)
            yield Cups(root)
        finally:
            started.terminate()
            started.wait(10)
    finally:
        shutil.rmtree(root, ignore_errors=True)


def _lay_out(root: Path) -> None:
    for folder in ("etc", "bin/backend", "spool/tmp", "cache", "state", "log", *QUEUES):
        (root / folder).mkdir(parents=True)
    programs = next(at for at in map(Path, ("/usr/lib/cups", "/usr/libexec/cups")) if (at / "daemon").is_dir())
    (root / "bin/daemon").symlink_to(programs / "daemon")  # cupsd starts backends through a program that lies there
    backend = root / "bin/backend/desk"
    backend.write_text(BACKEND)
    backend.chmod(0o700)  # run as the account that started cupsd
    accounts = "User lp\nGroup lp" if os.getuid() == 0 else f"User {pwd.getpwuid(os.getuid()).pw_name}"
    (root / "etc/cupsd.conf").write_text(CUPSD_CONF.format(root=root))
    (root / "etc/cups-files.conf").write_text(FILES_CONF.format(root=root, accounts=accounts))
    (root / "etc/printers.conf").write_text(
        "".join(
            QUEUE.format(root=root, name=name, accepting=accepting, policy=policy)
            for name, (accepting, policy) in QUEUES.items()
        )
    )


def _until(done: Callable[[], bool]) -> None:
    for _ in range(200):
        if done():
            return
        time.sleep(0.05)
    pytest.fail("it did not come within ten seconds")


@pytest.fixture
def spooler(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModelSpooler]:
    modelled = ModelSpooler("counter")
    install(monkeypatch, modelled)
    with modelled.devices_at_work():
        yield modelled


def _sheets_show(spooler: ModelSpooler, document: bytes) -> bool:
    """Whether the sheets in the tray are the document's pages; the model prints each pixel as four."""
    _, sheets = spooler.queues["counter"].tray[-1]
    pages = [render_page(document, page, 300) for page in range(2)]
    return [sheet.resize((sheet.width // 2, sheet.height // 2), 0).tobytes() for sheet in sheets] == [
        Image.frombytes("RGB", (width, height), rgb).crop((0, 0, 2480, 3508)).tobytes() for width, height, rgb in pages
    ]


@pytest.fixture(params=["folder", pytest.param("cups", marks=pytest.mark.real), "spooler"])
def printer(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Printer, Callable[[bytes], bool]]:
    """A printer, and whether a document came out of it."""
    if request.param == "folder":
        file = tmp_path / "4201-03-26-00123-2-registration.pdf"
        return FolderPrinter(tmp_path), lambda document: file.read_bytes() == document
    if request.param == "spooler":
        modelled: ModelSpooler = request.getfixturevalue("spooler")
        return make_spooler("counter"), lambda document: _sheets_show(modelled, document)
    private: Cups = request.getfixturevalue("cups")
    return CupsPrinter("counter", private.server), lambda document: private.printed("counter") == document


@pytest.fixture(params=["folder", pytest.param("cups", marks=pytest.mark.real), "cups_down", "spooler", "spooler_down"])
def missing(request: pytest.FixtureRequest, tmp_path: Path) -> Printer:
    if request.param == "folder":
        return FolderPrinter(tmp_path / "nowhere")
    if request.param == "cups_down":
        return CupsPrinter("counter", str(tmp_path / "sock"))
    if request.param.startswith("spooler"):
        request.getfixturevalue("spooler").running = request.param == "spooler"
        return make_spooler("nowhere" if request.param == "spooler" else "counter")
    return CupsPrinter("nowhere", request.getfixturevalue("cups").server)


def test_a_job_is_done_when_the_whole_document_is_out(printer: tuple[Printer, Callable[[bytes], bool]]) -> None:
    used, came_out = printer
    job = used.print_pdf(PDF, "4201-03-26-00123-2-registration", Cancel())
    assert came_out(PDF)
    assert job.pages == 2
    assert job.job


def test_a_printer_that_is_there_is_ready(printer: tuple[Printer, Callable[[bytes], bool]]) -> None:
    state = printer[0].probe()
    assert (state.health, state.trouble) == (Health.READY, None)


def test_a_printer_that_is_not_there_is_missing(missing: Printer) -> None:
    with pytest.raises(PrinterMissing):
        missing.print_pdf(PDF, "form", Cancel())
    state = missing.probe()
    assert (state.health, type(state.trouble)) == (Health.OFF, PrinterMissing)


@pytest.mark.parametrize("document", [b"", b"hello", b"%PDF-1.4 nothing"])
def test_what_is_no_document_is_not_printed(printer: tuple[Printer, Callable[[bytes], bool]], document: bytes) -> None:
    with pytest.raises(PrintFailed) as caught:
        printer[0].print_pdf(document, "form", Cancel())
    assert caught.value.reason == "not_pdf"


@pytest.mark.parametrize("name", ["", "张三", "../up", ".hidden", "a b", "x" * 101])
def test_a_job_is_never_named_after_a_person_or_a_path(
    printer: tuple[Printer, Callable[[bytes], bool]], name: str
) -> None:
    with pytest.raises(ValueError):
        printer[0].print_pdf(PDF, name, Cancel())


def test_nothing_is_printed_after_somebody_asked_to_stop(printer: tuple[Printer, Callable[[bytes], bool]]) -> None:
    cancel = Cancel()
    cancel.set()
    with pytest.raises(Cancelled):
        printer[0].print_pdf(PDF, "form", cancel)


def test_a_file_can_be_read_by_nobody_else_and_nothing_half_stays(tmp_path: Path) -> None:
    used = FolderPrinter(tmp_path)
    jobs = [used.print_pdf(PDF, "form", Cancel()).job for _ in range(3)]
    assert jobs == ["form.pdf", "form-2.pdf", "form-3.pdf"]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(jobs)
    if os.name == "posix":
        assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} == {0o600}


@pytest.mark.real
def test_out_of_paper_the_job_waits_and_prints_by_itself_after_refilling(cups: Cups) -> None:
    used = CupsPrinter("counter", cups.server)
    document = PDF + b"after refilling"
    cups.feels("counter", "empty")
    try:
        with pytest.raises(PrinterOutOfPaper) as caught:
            used.print_pdf(document, "form", Cancel())
        assert caught.value.jobs == 1
        state = used.probe()
        assert (state.health, type(state.trouble)) == (Health.WARNING, PrinterOutOfPaper)
    finally:
        cups.feels("counter", "empty", on=False)
    _until(lambda: used.probe().health is Health.READY and cups.printed("counter") == document)


@pytest.mark.real
def test_a_job_that_the_printer_gives_up_has_failed(cups: Cups) -> None:
    cups.feels("counter", "broken")
    try:
        with pytest.raises(PrintFailed) as caught:
            CupsPrinter("counter", cups.server).print_pdf(PDF, "form", Cancel())
    finally:
        cups.feels("counter", "broken", on=False)
    assert caught.value.reason == "aborted"


@pytest.mark.real
def test_a_printer_that_stops_loses_the_job_so_that_it_is_not_printed_twice(cups: Cups) -> None:
    used = CupsPrinter("stopping", cups.server)
    cups.feels("stopping", "broken")
    with pytest.raises(PrintFailed) as caught:
        used.print_pdf(PDF, "form", Cancel())
    assert caught.value.reason == "stopped"
    assert used.probe().health is Health.WARNING
    assert used._waiting() == 0


@pytest.mark.real
@pytest.mark.parametrize("how", ["cancel", "stuck"])
def test_a_job_that_is_stopped_or_stuck_is_taken_back(cups: Cups, how: str) -> None:
    used = CupsPrinter("counter", cups.server, stuck_s=0.6 if how == "stuck" else 60)
    cancel = Cancel()
    cups.feels("counter", "slow")
    try:
        if how == "cancel":
            threading.Timer(0.4, cancel.set).start()
        with pytest.raises((Cancelled, PrintFailed)) as caught:
            used.print_pdf(PDF, "form", cancel)
        assert isinstance(caught.value, Cancelled) == (how == "cancel")
    finally:
        cups.feels("counter", "slow", on=False)
    _until(lambda: used._waiting() == 0)


@pytest.mark.real
def test_a_job_cancelled_at_the_printer_is_not_taken_for_done(cups: Cups) -> None:
    used = CupsPrinter("counter", cups.server)
    cups.feels("counter", "slow")

    def cancel_at_the_printer() -> None:
        _until(lambda: used._waiting() == 1)
        newest = max(range(1, 100), key=lambda job: job if _is_known(used, job) else 0)
        used.take_back(f"counter-{newest}")

    somebody = threading.Thread(target=cancel_at_the_printer)
    somebody.start()
    try:
        with pytest.raises(PrintFailed) as caught:
            used.print_pdf(PDF, "form", Cancel())
    finally:
        cups.feels("counter", "slow", on=False)
        somebody.join()
    assert caught.value.reason == "canceled"


@pytest.mark.real
def test_a_queue_that_accepts_nothing_says_so(cups: Cups) -> None:
    used = CupsPrinter("closed", cups.server)
    with pytest.raises(PrintFailed) as caught:
        used.print_pdf(PDF, "form", Cancel())
    assert caught.value.reason == "not_accepting"
    assert used.probe().health is Health.WARNING


def _is_known(used: CupsPrinter, job: int) -> bool:
    return bool(used._job(job))
