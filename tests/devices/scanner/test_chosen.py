"""Which scanner a counter uses: that of the settings, or one that the computer shows; the next start knows it."""

from pathlib import Path

import pytest

from sscard_desk.bootstrap.devices import make_chosen_scanner
from sscard_desk.bootstrap.settings import ScannerSettings, Settings
from sscard_desk.devices.scanner.chosen import FILE, SETTINGS, ChosenScanner
from sscard_desk.devices.scanner.folder import FolderScanner
from sscard_desk.devices.scanner.found import sane_scanners
from sscard_desk.devices.scanner.sane import SaneScanner
from sscard_desk.domain.errors.device import ScannerMissing
from sscard_desk.ports.devices import Cancel, Health
from sscard_desk.ports.scanner import Scanner, ScannerChoice
from tests.machines.scanners import sane_folder

ONE, TWO = ScannerChoice("sane:test:0", "Noname frontend-tester"), ScannerChoice("sane:test:1", "Noname other")


def chooser(folder: Path, found: tuple[ScannerChoice, ...] = (ONE, TWO), *, configured: bool = True) -> ChosenScanner:
    def make(key: str) -> Scanner | None:
        return SaneScanner(key.removeprefix("sane:"))

    scanner = FolderScanner(folder) if configured else None
    return ChosenScanner(scanner, "scans", make, folder / FILE, lambda: found)


def test_the_scanner_of_the_settings_is_used_until_another_is_chosen(tmp_path: Path) -> None:
    scanner = chooser(tmp_path)
    assert (scanner.chosen(), scanner.probe().facts["kind"]) == (SETTINGS, "folder")
    assert [choice.key for choice in scanner.choices()] == [SETTINGS, ONE.key, TWO.key]
    scanner.choose(TWO.key)
    assert scanner.probe().name == "test:1"
    assert chooser(tmp_path).chosen() == TWO.key  # the next start
    scanner.choose(SETTINGS)
    assert chooser(tmp_path).probe().facts["kind"] == "folder"


def test_a_chosen_one_that_is_away_stays_on_the_list(tmp_path: Path) -> None:
    chooser(tmp_path).choose(TWO.key)
    away = chooser(tmp_path, found=(ONE,))
    assert [(choice.key, choice.name) for choice in away.choices()][-1] == (TWO.key, "test:1")
    assert away.chosen() == TWO.key


def test_without_any_scanner_nothing_is_used_and_nothing_is_wrong(tmp_path: Path) -> None:
    none = chooser(tmp_path, (), configured=False)
    assert (none.choices(), none.chosen()) == ((), "")
    state = none.probe()
    assert (state.health, state.trouble) == (Health.OFF, None)
    with pytest.raises(ScannerMissing):
        none.scan(Cancel())


def test_a_memory_that_cannot_be_read_is_no_choice(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"\xff\xfe")
    assert chooser(tmp_path).chosen() == SETTINGS


def test_an_address_in_the_settings_is_neither_shown_nor_remembered_with_its_password(tmp_path: Path) -> None:
    settings = Settings(scanner=ScannerSettings(escl="http://clerk:secret@192.0.2.7/eSCL"))
    scanner = make_chosen_scanner(settings, tmp_path)
    assert scanner.choices()[0] == ScannerChoice(SETTINGS, "192.0.2.7")
    scanner.choose(SETTINGS)
    assert b"secret" not in (tmp_path / FILE).read_bytes()


@pytest.mark.real
def test_sane_lists_its_devices_by_maker_and_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in sane_folder(tmp_path / "sane", "test").items():
        monkeypatch.setenv(name, value)
    found = sane_scanners()
    assert ScannerChoice("sane:test:0", "Noname frontend-tester") in found
    scanner = make_chosen_scanner(Settings(), tmp_path)
    scanner.choose(found[0].key)
    assert scanner.probe().health is Health.READY


def test_without_sane_none_are_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert sane_scanners() == ()
