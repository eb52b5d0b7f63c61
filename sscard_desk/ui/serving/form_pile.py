"""Forms in the scanner, or in a file: scanned and recognised on their lanes, for whichever page wants them. No Qt."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.operator import ScanUnreadable
from sscard_desk.domain.form_scan import FormPage
from sscard_desk.ports.devices import Cancel
from sscard_desk.ports.form_reader import Expected, ScanReading, UnreadSheet
from sscard_desk.ui.serving.serving import Serving

SCANNER: Final = "scanner"
IMAGING: Final = "imaging"
LARGEST_FILE: Final = 200_000_000


class FormPile:
    """One pile at a time.

    Args:
        serving: the counter.
        changed: called after each change of `busy`.
        came: called with what was read, and the files that it was read from.
        failed: called with what went wrong instead.
    """

    def __init__(
        self,
        serving: Serving,
        changed: Callable[[], None],
        came: Callable[[ScanReading, tuple[bytes, ...]], None],
        failed: Callable[[DeskError], None],
    ) -> None:
        self._serving, self._changed, self._came, self._failed = serving, changed, came, failed
        self._cancel: Cancel | None = None
        self._turn = 0
        self.busy = False

    def stop(self) -> bool:
        """Stop a scan that runs, and drop what is being read; return whether a scan ran."""
        self._turn += 1
        cancel, self._cancel, self.busy = self._cancel, None, False
        if cancel is not None:
            cancel.set()
        return cancel is not None

    def scan(self) -> None:
        """F7: scan what lies in the scanner."""
        if not self.busy:
            cancel = self._cancel = Cancel()
            scanner = self._serving.counter.devices.scanner
            self._begin(lambda: scanner.scan(cancel), SCANNER, cancel)

    def take_file(self, path: str) -> None:
        """Read a file that was scanned elsewhere."""
        if not self.busy:
            self._begin(lambda: (_content(Path(path)),), IMAGING)

    def read_again(self, files: tuple[bytes, ...], expected: Expected) -> None:
        """Read the same pages with what somebody typed for torn codes."""
        if not self.busy:
            self.busy = True
            self._changed()
            self._read(files, expected, self._turn)

    def _begin(self, get: Callable[[], tuple[bytes, ...]], lane: str, cancel: Cancel | None = None) -> None:
        self.busy, turn = True, self._turn
        self._changed()
        self._serving.run(lane, get, lambda files: self._read(files, None, turn), self._fail(turn), cancel)

    def _read(self, files: tuple[bytes, ...], expected: Expected | None, turn: int) -> None:
        if turn != self._turn:
            return
        reader, self._cancel = self._serving.counter.form_reader, None

        def read() -> ScanReading:
            pages: list[FormPage] = []
            unread: list[UnreadSheet] = []
            for content in files:
                got = reader.read(content, expected, first=len(pages) + len(unread) + 1)
                pages += got.pages
                unread += got.unread
            return ScanReading(tuple(pages), tuple(unread))

        def done(reading: ScanReading) -> None:
            if turn == self._turn:
                self.busy = False
                self._came(reading, files)

        self._serving.run(IMAGING, read, done, self._fail(turn))

    def _fail(self, turn: int) -> Callable[[DeskError], None]:
        def failed(error: DeskError) -> None:
            if turn == self._turn:
                self._cancel, self.busy = None, False
                self._failed(error)

        return failed


def _content(path: Path) -> bytes:
    """Read a file.

    Raises:
        ScanUnreadable: it cannot be opened, or is far too large for a scan.
    """
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise ScanUnreadable
        return path.read_bytes()
    except OSError:
        raise ScanUnreadable from None
