"""The Windows scanner's process and frames, with a stand-in for the script; the script itself needs Windows."""

import sys
import threading
from collections.abc import Iterator

import pytest

from sscard_desk.devices.scanner.simulated import SimulatedScanner
from sscard_desk.devices.scanner.simulated_device import ScannerModel
from sscard_desk.devices.scanner.wia import WiaScanner, powershell, wia_scanners
from sscard_desk.devices.scanner.wia_words import INVALID, RESULTS
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.device import ScannerFailed, ScannerMissing
from sscard_desk.domain.errors.scanning import ScannedPageBroken, ScannerCannot, ScannerDriverCrashed, ScannerSilent
from sscard_desk.ports.devices import Cancel, Cancelled, Health
from sscard_desk.resources import resource
from tests.machines import wia_stand_in as stand_in
from tests.machines.scanners import shade


def command(address: str = "http://127.0.0.1:9/eSCL", fault: str = "") -> tuple[str, ...]:
    return (sys.executable, stand_in.__file__, address, *([fault] if fault else []))


def broken(fault: str, seconds: float = 20.0) -> WiaScanner:
    return WiaScanner(stand_in.DEVICE, command=command(fault=fault), page_seconds=seconds)


@pytest.fixture
def network() -> Iterator[SimulatedScanner]:
    with SimulatedScanner(ScannerModel(shade(255))) as scanner:
        yield scanner


@pytest.mark.parametrize("result", [*RESULTS, *INVALID])
def test_each_result_has_an_error_of_its_own(result: str) -> None:
    wanted: type[DeskError] = ScannerCannot if result in INVALID else RESULTS[result]
    with pytest.raises(wanted):
        broken(result).scan(Cancel())


def test_a_result_that_nobody_knows_is_told_with_its_number() -> None:
    with pytest.raises(ScannerFailed) as raised:
        broken("80210099").scan(Cancel())
    assert raised.value.reason == "80210099"


def test_a_script_that_hangs_crashes_or_speaks_otherwise_is_told() -> None:
    with pytest.raises(ScannerSilent):
        broken("hang", 0.5).scan(Cancel())
    with pytest.raises(ScannerDriverCrashed):
        broken("crash").scan(Cancel())
    with pytest.raises(ScannerFailed):
        broken("nonsense").scan(Cancel())


def test_a_page_that_ends_before_its_last_line_is_no_page(network: SimulatedScanner) -> None:
    with pytest.raises(ScannedPageBroken) as raised:
        WiaScanner(stand_in.DEVICE, command=command(network.url, "cut")).scan(Cancel())
    assert raised.value.reason == "short"


def test_without_the_program_the_scanner_is_missing() -> None:
    scanner = WiaScanner(stand_in.DEVICE, command=("no-such-powershell.exe",))
    assert scanner.probe().health is Health.OFF
    with pytest.raises(ScannerMissing):
        scanner.scan(Cancel())
    assert wia_scanners(("no-such-powershell.exe",)) == ()


def test_what_windows_shows_is_listed_by_its_name(network: SimulatedScanner) -> None:
    (choice,) = wia_scanners(command(network.url))
    assert (choice.key, choice.name) == (f"wia:{stand_in.DEVICE}", stand_in.NAME)
    assert WiaScanner(stand_in.DEVICE, command=command(network.url)).probe().name == stand_in.NAME


def test_a_script_that_waits_is_stopped_and_leaves_no_process_and_no_thread() -> None:
    cancel = Cancel()
    timer = threading.Timer(0.3, cancel.set)
    timer.start()
    with pytest.raises(Cancelled):
        broken("hang").scan(cancel)
    timer.join()
    assert not [thread for thread in threading.enumerate() if thread.name == "scanner-pipe"]


def test_the_script_ships_and_speaks_the_words_that_are_read() -> None:
    script = resource("scanner", "wia.ps1").read_text(encoding="utf-8")
    assert powershell()[-1] == str(resource("scanner", "wia.ps1"))
    for word in ("'DEVICE {0} {1}'", "'PAGE {0} {1}'", '"LACKS $source"', "'PROBLEM {0:X8}'", "'END'"):
        assert word in script
    assert script.isascii()
