"""A scanner that is a folder: copiers that scan into a folder of the network, and training.

Nothing is taken out of the folder; the newest file that was not given yet counts, once it does not grow any more.
"""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from sscard_desk.domain.errors.device import ScannedPageEmpty, ScannerMissing, ScannerNoDocument
from sscard_desk.domain.errors.scanning import ScannedPageBroken, ScannerReadFailed
from sscard_desk.ports.devices import Cancel, DeviceState, Health
from sscard_desk.ports.scanner import Progress, ScannedPage, ScanOrder

ENDINGS: Final = frozenset({".pdf", ".tif", ".tiff", ".jpg", ".jpeg", ".png", ".bmp"})
STEADY_S: Final = 0.3
"""A file that has not grown for so long is taken to be whole; programs write a page in far less between two writes."""
WAIT_S: Final = 10.0
MOST_BYTES: Final = 200 * 1024 * 1024


class FolderScanner:
    """Reads files from one folder; implements `ports.scanner.Scanner`."""

    def __init__(self, folder: Path) -> None:
        """Remember the folder."""
        self.folder = folder
        self._given: tuple[str, int] = ("", 0)

    def probe(self) -> DeviceState:
        """Look whether the folder is there; never raise for "not there"."""
        if not self.folder.is_dir():
            return DeviceState(Health.OFF, self.folder.name, ScannerMissing())
        return DeviceState(Health.READY, self.folder.name, facts={"kind": "folder"})

    @property
    def waits(self) -> bool:
        """Whether a file that was not given yet lies there."""
        try:
            return self._newest() is not None
        except ScannerMissing:
            return False

    def scan(self, cancel: Cancel) -> tuple[bytes, ...]:
        """Give the newest file that was not given yet; see `Scanner.scan`."""
        cancel.check()
        newest = self._newest()
        if newest is None:
            raise ScannerNoDocument
        _wait_until_whole(newest, cancel)
        try:
            mark = (newest.name, newest.stat().st_mtime_ns)
            if newest.stat().st_size > MOST_BYTES:
                raise ScannedPageBroken(reason="format")
            content = newest.read_bytes()
        except OSError:
            raise ScannerReadFailed from None
        if not content:
            raise ScannedPageEmpty
        self._given = mark
        return (content,)

    def pages(self, order: ScanOrder, cancel: Cancel, progress: Progress | None = None) -> Iterator[ScannedPage]:
        """Give the newest file; the copier alone decides what an order would ask for. See `Scanner.pages`."""
        del order, progress
        for content in self.scan(cancel):
            yield ScannedPage(content)

    def _newest(self) -> Path | None:
        try:
            found = [
                (path.stat().st_mtime_ns, path.name, path)
                for path in self.folder.iterdir()
                if path.suffix.lower() in ENDINGS and not path.name.startswith(".") and path.is_file()
            ]
        except OSError:
            raise ScannerMissing from None
        if not found:
            return None
        at, name, path = max(found)
        return None if (name, at) == self._given else path


def _wait_until_whole(path: Path, cancel: Cancel) -> None:
    end = time.monotonic() + WAIT_S
    before = -1
    while time.monotonic() < end:
        try:
            size = path.stat().st_size
        except OSError:
            raise ScannerReadFailed from None
        if size == before:
            return
        before = size
        cancel.wait(STEADY_S)
    raise ScannedPageBroken(reason="short")
