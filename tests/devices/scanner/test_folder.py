"""A folder that a copier fills."""

from pathlib import Path

import pytest

from sscard_desk.devices.scanner.folder import FolderScanner
from sscard_desk.domain.errors.device import ScannedPageEmpty, ScannerMissing, ScannerNoDocument
from sscard_desk.ports.devices import Cancel, Health


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
