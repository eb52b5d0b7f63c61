"""SANE's own statuses, options and ends, with its backends `pnm` and `test` and with programs that go wrong."""

import threading
from pathlib import Path

import pytest

from sscard_desk.devices.scanner.sane import SaneOptions, SaneScanner
from sscard_desk.devices.scanner.sane_words import have, options_for
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.device import (
    ScannerMissing,
)
from sscard_desk.domain.errors.scanning import (
    ScannerCannot,
    ScannerDriverCrashed,
    ScannerSilent,
)
from sscard_desk.ports.devices import Cancel, Cancelled, Health
from sscard_desk.ports.scanner import Colour, ScanOrder, Source
from tests.machines.scanners import sane_folder

from .faults import STATUSES


def scanner(tmp_path: Path, *, source: str = "", mode: str = "Gray", seconds: float = 60.0, **more: str) -> SaneScanner:
    options = SaneOptions(50, mode, source, more={name.replace("_", "-"): value for name, value in more.items()})
    return SaneScanner("test:0", options, sane_folder(tmp_path / "sane"), seconds)


@pytest.mark.real
@pytest.mark.parametrize(("status", "error"), STATUSES.items())
@pytest.mark.parametrize("source", ["Flatbed", "Automatic Document Feeder"])
def test_each_status_has_an_error_of_its_own(tmp_path: Path, status: str, error: type[DeskError], source: str) -> None:
    with pytest.raises(error):
        scanner(tmp_path, source=source, read_return_value=f"SANE_STATUS_{status}").scan(Cancel())


@pytest.mark.real
def test_a_feeder_gives_its_whole_pile_through_pipes_and_leaves_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    heard: list[float | None] = []
    pages = list(scanner(tmp_path).pages(ScanOrder(Source.FEEDER, dpi=75), Cancel(), heard.append))
    assert len(pages) == 10
    assert {page.dpi for page in pages} == {75.0}
    assert heard.count(1.0) == 10
    assert [path.name for path in tmp_path.iterdir()] == ["sane"]


@pytest.mark.real
def test_a_scan_that_runs_is_stopped(tmp_path: Path) -> None:
    slow = {"read_delay": "yes", "read_delay_duration": "200000", "read_limit": "yes", "read_limit_size": "64"}
    slow["resolution"] = "300"
    cancel = Cancel()
    timer = threading.Timer(0.3, cancel.set)
    timer.start()
    with pytest.raises(Cancelled):
        scanner(tmp_path, **slow).scan(cancel)
    timer.join()


def program(tmp_path: Path, body: str) -> dict[str, str]:
    """A `scanimage` that does what a broken driver makes it do."""
    path = tmp_path / "scanimage"
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o700)
    return {"PATH": f"{tmp_path}:/usr/bin:/bin"}


def test_a_driver_that_hangs_is_ended_and_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", program(tmp_path, "exec sleep 30")["PATH"])
    with pytest.raises(ScannerSilent):
        SaneScanner("test:0", page_seconds=0.3).scan(Cancel())


def test_a_driver_that_crashes_is_told_and_the_next_scan_starts_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", program(tmp_path, "kill -SEGV $$")["PATH"])
    for _ in range(2):
        with pytest.raises(ScannerDriverCrashed):
            SaneScanner("test:0").scan(Cancel())


def test_without_the_program_the_scanner_is_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert SaneScanner("test:0").probe().health is Health.OFF
    with pytest.raises(ScannerMissing):
        SaneScanner("test:0").scan(Cancel())


@pytest.mark.real
def test_an_option_that_the_device_does_not_know_is_named(tmp_path: Path) -> None:
    known_to_none = SaneScanner("pnm:0", SaneOptions(mode="Gray"), sane_folder(tmp_path / "sane"))
    with pytest.raises(ScannerCannot) as raised:
        known_to_none.scan(Cancel())
    assert raised.value.what == "mode"


@pytest.mark.real
def test_what_the_device_does_not_have_is_said_before_it_scans(tmp_path: Path) -> None:
    with pytest.raises(ScannerCannot) as raised:
        tuple(scanner(tmp_path).pages(ScanOrder(Source.BOTH_SIDES), Cancel()))
    assert raised.value.what == "both_sides"


SAID = """
    --mode Lineart|True Gray|24bit Color[Fast] [24bit Color[Fast]]
    --resolution 75|150|300|600dpi [75]
    --source FlatBed|ADF Front|ADF Back|ADF Duplex [ADF Front]
    -l 0..215.872mm [0]
    -x 0..215.872mm [215.872]
    -y 0..355.567mm [355.567]
    --ald[=(yes|no)] [no]
    --brightness -100..100% (in steps of 1) [inactive]
"""


def test_orders_are_said_in_the_words_of_the_device() -> None:
    has = have(SAID)
    assert "brightness" not in has
    wanted = {
        Source.GLASS: ("FlatBed", False),
        Source.FEEDER: ("ADF Front", True),
        Source.BOTH_SIDES: ("ADF Duplex", True),
    }
    for source, (word, feeder) in wanted.items():
        options = options_for(ScanOrder(source, 260, Colour.GREY, 210, 400), SaneOptions(), has)
        assert (options.source, options.feeds, options.mode, options.resolution) == (word, feeder, "True Gray", 300)
        assert {"-x210", "-y355.567"} <= set(options.words())
