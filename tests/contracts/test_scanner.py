"""What every scanner does for the counter: the model, and real SANE with its page-file backend."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from sscard_desk.devices.scanner.folder import FolderScanner
from sscard_desk.devices.scanner.sane import SaneOptions, SaneScanner
from sscard_desk.devices.scanner.simulated import SimulatedScanner, Trouble
from sscard_desk.domain.errors.device import (
    ScannedPageEmpty,
    ScannerCoverOpen,
    ScannerFailed,
    ScannerJammed,
    ScannerMissing,
    ScannerNoDocument,
)
from sscard_desk.ports.devices import Cancel, Cancelled, Health
from sscard_desk.ports.scanner import Scanner

PIXELS = bytes(range(200)) * 100
PAGE = b"P5\n# a page\n200 100\n255\n" + PIXELS

STATUSES = {
    Trouble.JAMMED: "status-jammed",
    Trouble.COVER_OPEN: "status-coveropen",
    Trouble.IO_ERROR: "status-ioerror",
    Trouble.EMPTY_PAGE: "status-eof",
}


def sane_folder(folder: Path) -> dict[str, str]:
    """A configuration of SANE that knows nothing of this computer's scanners."""
    folder.mkdir(exist_ok=True)
    (folder / "dll.conf").write_text("pnm\ntest\n")
    return {"SANE_CONFIG_DIR": str(folder)}


@dataclass
class Kind:
    """A way to make a scanner with pages in it, or with trouble."""

    make: Callable[[Trouble, bytes | None], Scanner]


@pytest.fixture(params=["simulated", pytest.param("sane", marks=pytest.mark.real)])
def kind(request: pytest.FixtureRequest, tmp_path: Path) -> Kind:
    def simulated(trouble: Trouble, page: bytes | None) -> Scanner:
        scanner = SimulatedScanner()
        if page is not None:
            scanner.put(page)
        scanner.trouble = trouble
        return scanner

    def sane(trouble: Trouble, page: bytes | None) -> Scanner:
        more = {"filename": str(tmp_path / "page.pnm"), "resolution": "200"}
        if page is not None:
            (tmp_path / "page.pnm").write_bytes(page)
        else:
            (tmp_path / "page.pnm").write_bytes(PAGE)
            more |= {"status": "no", "status-nodocs": "yes"}
        if trouble in STATUSES:
            more |= {"status": "no", STATUSES[trouble]: "yes"}
        device = "pnm:7" if trouble is Trouble.UNPLUGGED else "pnm:0"
        options = SaneOptions(resolution=0, mode="", more=more)
        return SaneScanner(device, options, sane_folder(tmp_path / "sane"))

    return Kind({"simulated": simulated, "sane": sane}[request.param])


def test_a_page_comes_with_every_pixel(kind: Kind) -> None:
    scanner = kind.make(Trouble.NONE, PAGE)
    assert scanner.probe().health is Health.READY
    (page,) = scanner.scan(Cancel())
    assert page.startswith(b"P5")
    assert page.endswith(PIXELS)


@pytest.mark.parametrize(
    ("trouble", "error"),
    [
        (Trouble.UNPLUGGED, ScannerMissing),
        (Trouble.JAMMED, ScannerJammed),
        (Trouble.COVER_OPEN, ScannerCoverOpen),
        (Trouble.IO_ERROR, ScannerFailed),
        (Trouble.EMPTY_PAGE, ScannedPageEmpty),
    ],
)
def test_trouble_is_named(kind: Kind, trouble: Trouble, error: type[Exception]) -> None:
    with pytest.raises(error):
        kind.make(trouble, PAGE).scan(Cancel())


def test_no_paper_is_named(kind: Kind) -> None:
    with pytest.raises(ScannerNoDocument):
        kind.make(Trouble.NONE, None).scan(Cancel())


def test_a_scanner_that_is_not_there_is_off_and_says_why(kind: Kind) -> None:
    state = kind.make(Trouble.UNPLUGGED, PAGE).probe()
    assert state.health is Health.OFF
    assert isinstance(state.trouble, ScannerMissing)


def test_a_wish_to_stop_before_the_page_is_heard(kind: Kind) -> None:
    cancel = Cancel()
    cancel.set()
    with pytest.raises(Cancelled):
        kind.make(Trouble.NONE, PAGE).scan(cancel)


@pytest.mark.real
def test_a_scan_that_runs_is_stopped_and_leaves_no_process(tmp_path: Path) -> None:
    options = SaneOptions(
        resolution=200,
        more={"read-delay": "yes", "read-delay-duration": "200000", "read-limit": "yes", "read-limit-size": "64"},
    )
    scanner = SaneScanner("test:0", options, sane_folder(tmp_path / "sane"))
    cancel = Cancel()
    timer = threading.Timer(0.4, cancel.set)
    timer.start()
    with pytest.raises(Cancelled):
        scanner.scan(cancel)
    timer.join()


@pytest.mark.real
def test_an_option_that_the_device_does_not_know_is_named(tmp_path: Path) -> None:
    scanner = SaneScanner("pnm:0", SaneOptions(mode="Gray"), sane_folder(tmp_path / "sane"))
    with pytest.raises(ScannerFailed) as raised:
        scanner.scan(Cancel())
    assert raised.value.reason == "option"


def test_without_the_program_the_scanner_is_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    scanner = SaneScanner("test:0")
    assert scanner.probe().health is Health.OFF
    with pytest.raises(ScannerMissing):
        scanner.scan(Cancel())


def test_a_feeder_gives_the_whole_pile_in_its_order() -> None:
    scanner = SimulatedScanner(feeder=True)
    other = PAGE.replace(b"# a page", b"# second")
    scanner.put(PAGE, other)
    assert scanner.scan(Cancel()) == (PAGE, other)


def test_half_a_page_is_no_page() -> None:
    scanner = SimulatedScanner()
    scanner.put(PAGE[:-1])
    with pytest.raises(ScannerFailed) as raised:
        scanner.scan(Cancel())
    assert raised.value.reason == "short"


def test_a_folder_gives_each_new_file_once(tmp_path: Path) -> None:
    scanner = FolderScanner(tmp_path)
    assert scanner.probe().health is Health.READY
    with pytest.raises(ScannerNoDocument):
        scanner.scan(Cancel())
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1")
    (tmp_path / "note.txt").write_bytes(b"no scan")
    assert scanner.scan(Cancel()) == (b"%PDF-1",)
    with pytest.raises(ScannerNoDocument):
        scanner.scan(Cancel())
    (tmp_path / "b.pdf").write_bytes(b"")
    with pytest.raises(ScannedPageEmpty):
        scanner.scan(Cancel())


def test_a_folder_that_is_not_there_is_missing(tmp_path: Path) -> None:
    scanner = FolderScanner(tmp_path / "gone")
    assert scanner.probe().health is Health.OFF
    with pytest.raises(ScannerMissing):
        scanner.scan(Cancel())
