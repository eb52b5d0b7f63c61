"""The model of a scanner: a tray of pages, a cover, a path that jams, a plug that can be pulled."""

import enum
import threading

from sscard_desk.devices.scanner.page_file import check_whole
from sscard_desk.domain.errors.device import (
    ScannerCoverOpen,
    ScannerFailed,
    ScannerJammed,
    ScannerMissing,
    ScannerNoDocument,
)
from sscard_desk.ports.devices import Cancel, DeviceState, Health


class Trouble(enum.Enum):
    """What can be wrong with it, in the words of the SANE statuses."""

    NONE = "good"
    UNPLUGGED = "unplugged"
    JAMMED = "jammed"
    COVER_OPEN = "cover_open"
    IO_ERROR = "io_error"
    EMPTY_PAGE = "eof"
    """It ends well and gives a head without pixels."""


class SimulatedScanner:
    """Feeds the pages of its tray one after another; implements `ports.scanner.Scanner`.

    Args:
        feeder: whether one act scans the whole pile; otherwise the first page alone.
        seconds: what a page takes.
    """

    def __init__(self, *, feeder: bool = False, seconds: float = 0.0) -> None:
        self.trouble = Trouble.NONE
        self._feeder, self._seconds = feeder, seconds
        self._tray: list[bytes] = []
        self._lock = threading.Lock()

    def put(self, *pages: bytes) -> None:
        """Put pages into the tray, PNM each; they are fed in this order."""
        with self._lock:
            self._tray += pages

    def probe(self) -> DeviceState:
        """Look at the plug."""
        if self.trouble is Trouble.UNPLUGGED:
            return DeviceState(Health.OFF, "simulated", ScannerMissing())
        return DeviceState(Health.READY, "simulated", facts={"kind": "simulated"})

    def scan(self, cancel: Cancel) -> tuple[bytes, ...]:
        """Feed the pile; see `Scanner.scan`. A page that jams stays in the path and goes with the next try."""
        cancel.check()
        pages = [self._feed(cancel)]
        while self._feeder and self._tray:
            pages.append(self._feed(cancel))
        return tuple(pages)

    def _feed(self, cancel: Cancel) -> bytes:
        match self.trouble:
            case Trouble.UNPLUGGED:
                raise ScannerMissing
            case Trouble.COVER_OPEN:
                raise ScannerCoverOpen
            case Trouble.JAMMED:
                raise ScannerJammed
            case Trouble.IO_ERROR:
                raise ScannerFailed(reason="io_error")
            case _:
                pass
        if not self._tray:
            raise ScannerNoDocument
        cancel.wait(self._seconds)
        with self._lock:
            page = self._tray.pop(0)
        if self.trouble is Trouble.EMPTY_PAGE:
            page = b"P5\n# SANE data follows\n100 140\n255\n"
        check_whole(page)
        return page
