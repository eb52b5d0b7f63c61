"""The model of a network scanner: glass, feeder with both sides, a path that jams, one job at a time. No HTTP here."""

import enum
import itertools
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from sscard_desk.devices.scanner import escl_words as words

Draw = Callable[[words.ScanSettings], bytes]
"""Gives what a sheet's side looks like in a job's region, resolution and mode: a JPEG file."""
A4_WIDTH: Final = 2550
"""8.5 inch, the glass of most devices; their feeders take legal length."""
A4_HEIGHT: Final = 3508
LEGAL_HEIGHT: Final = 4200
RESOLUTIONS: Final = (75, 100, 150, 200, 300, 600)
_CAPS: Final = words.InputCaps(A4_WIDTH, A4_HEIGHT, RESOLUTIONS)
_FEEDER_CAPS: Final = words.InputCaps(A4_WIDTH, LEGAL_HEIGHT, RESOLUTIONS)
CAPABILITIES: Final = words.Capabilities(
    "SSCard Training Scanner", {"glass": _CAPS, "feeder": _FEEDER_CAPS, "both_sides": _FEEDER_CAPS}
)


class Trouble(enum.Enum):
    """What can be wrong with it."""

    NONE = "none"
    JAMMED = "jammed"
    MISPICK = "mispick"
    COVER_OPEN = "cover_open"
    BUSY = "busy"
    """Somebody else scans."""
    DOWN = "down"
    DENIED = "denied"
    SILENT = "silent"
    """It takes the order, and no page comes."""
    DEAF = "deaf"
    """It takes the line, and answers nothing."""
    STOPPED = "stopped"
    """Somebody presses its stop key."""
    EMPTY_PAGE = "empty_page"
    """It ends well and gives no byte."""
    HALF_PAGE = "half_page"
    """The page's file ends before its last line, and all is said to be well."""
    LINE_LOST = "line_lost"
    """The line breaks before the first byte."""
    NO_PICTURE = "no_picture"


class Refused(Exception):
    """The device does not take an order or has no page; `status` is the number of HTTP."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


@dataclass(frozen=True)
class Sheet:
    """A sheet in the feeder."""

    front: Draw
    back: Draw | None = None


@dataclass
class _Job:
    settings: words.ScanSettings
    sides: list[Draw] = field(default_factory=list)
    cancelled: bool = False
    ended: bool = False


class ScannerModel:
    """The device. All methods may be called from any thread.

    Args:
        lid: what the glass shows when nothing lies on it.

    Attributes:
        trouble: what is wrong with it.
        after: how many pages it still gives before the trouble begins.
        door_word: what it says while the cover is open; devices differ.
    """

    def __init__(self, lid: Draw) -> None:
        self.trouble = Trouble.NONE
        self.after = 0
        self.door_word = words.FeederState.HATCH_OPEN
        self._lid = lid
        self._glass: Draw | None = None
        self._tray: list[Sheet] = []
        self._jobs: dict[str, _Job] = {}
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()

    # -- hands

    def lay(self, page: Draw | None) -> None:
        """Lay something on the glass, or take it off."""
        with self._lock:
            self._glass = page

    def put(self, *sheets: Sheet) -> None:
        """Put sheets into the feeder, behind those that lie there."""
        with self._lock:
            self._tray += sheets

    def clear(self) -> None:
        """Take everything out of the feeder."""
        with self._lock:
            self._tray.clear()

    @property
    def sheets_left(self) -> int:
        """How many sheets lie in the feeder."""
        return len(self._tray)

    def now(self) -> Trouble:
        """Return the trouble if it has begun."""
        return self.trouble if self.after <= 0 else Trouble.NONE

    # -- what the protocol asks

    def status(self) -> words.Status:
        """Return how it is."""
        with self._lock:
            match self.now():
                case Trouble.JAMMED:
                    feeder = words.FeederState.JAM
                case Trouble.MISPICK:
                    feeder = words.FeederState.MISPICK
                case Trouble.COVER_OPEN:
                    feeder = self.door_word
                case _:
                    feeder = words.FeederState.LOADED if self._tray else words.FeederState.EMPTY
            working = self.trouble is Trouble.BUSY or any(not job.ended for job in self._jobs.values())
            state = words.ScannerState.PROCESSING if working else words.ScannerState.IDLE
            if self.trouble is Trouble.DOWN:
                state = words.ScannerState.DOWN
            return words.Status(state, feeder)

    def begin(self, settings: words.ScanSettings) -> str:
        """Take an order; return the number of the job.

        Raises:
            Refused: 503 while another job runs, 409 where it cannot feed, 400 for what it does not have.
        """
        with self._lock:
            if self.trouble is Trouble.BUSY or any(not job.ended for job in self._jobs.values()):
                raise Refused(503)
            if self.trouble is Trouble.DOWN:
                raise Refused(500)
            if settings.dpi not in RESOLUTIONS or settings.mode not in {words.GREY, words.COLOUR}:
                raise Refused(400)
            feeder = settings.source == words.FEEDER
            if feeder and (self.now() in {Trouble.JAMMED, Trouble.MISPICK, Trouble.COVER_OPEN} or not self._tray):
                raise Refused(409)
            number = str(next(self._numbers))
            self._jobs[number] = _Job(settings, [] if feeder else [self._glass or self._lid])
            return number

    def next_page(self, number: str) -> Callable[[], bytes]:
        """Feed the next page of a job; return what draws it, outside the lock.

        Raises:
            Refused: 404 after the last page, or where it cannot feed; 410 when it was cancelled.
        """
        with self._lock:
            job = self._jobs.get(number)
            if job is None:
                raise Refused(404)
            if job.cancelled or self.now() is Trouble.STOPPED:
                job.ended = True
                raise Refused(410)
            feeder = job.settings.source == words.FEEDER
            stuck = feeder and self.now() in {Trouble.JAMMED, Trouble.MISPICK, Trouble.COVER_OPEN}
            if not job.sides and feeder and not stuck and self._tray:
                sheet = self._tray.pop(0)
                back = [sheet.back or self._lid] if job.settings.duplex else []
                job.sides = [sheet.front, *back]
            if stuck or not job.sides:
                job.ended = True
                raise Refused(404)
            side = job.sides.pop(0)
            if not feeder:
                job.ended = True
            self.after -= 1
            return lambda: side(job.settings)

    def cancel(self, number: str) -> None:
        """End a job."""
        with self._lock:
            job = self._jobs.get(number)
            if job is None:
                raise Refused(404)
            job.cancelled = job.ended = True
