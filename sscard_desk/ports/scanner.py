"""A scanner that gives pages."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import Final, Protocol

from sscard_desk.ports.devices import Cancel, DeviceState

Progress = Callable[[float | None], None]
"""Told on the scanner's lane how much of the page in hand has come, 0.0 to 1.0; None where the device does not say."""


class Source(Enum):
    """Where the paper lies."""

    AUTO = "auto"
    """The feeder if paper lies in it, otherwise the glass; with SANE, as `desk.toml` says."""
    GLASS = "glass"
    FEEDER = "feeder"
    BOTH_SIDES = "both_sides"
    """The feeder, front and back of each sheet."""


class Colour(Enum):
    """What a pixel holds."""

    AS_SET = "as_set"
    GREY = "grey"
    COLOUR = "colour"


@dataclass(frozen=True)
class ScanOrder:
    """What a scanner is asked for.

    Attributes:
        source: where the paper lies.
        dpi: resolution; 0 as `desk.toml` says. A device that does not have it takes the nearest it has.
        colour: what a pixel holds.
        width: of the paper in mm; 0 for the whole width of the glass.
        height: likewise.
    """

    source: Source = Source.AUTO
    dpi: int = 0
    colour: Colour = Colour.AS_SET
    width: float = 0.0
    height: float = 0.0


AS_SET: Final = ScanOrder()


@dataclass(frozen=True)
class ScannedPage:
    """One side of a sheet.

    Attributes:
        content: a picture or document file (PNM, PNG, JPEG, BMP, TIFF or PDF).
        dpi: the resolution that the device took; 0.0 where only the file may say.
    """

    content: bytes = field(repr=False)
    dpi: float = 0.0


class Scanner(Protocol):
    """The scanner as configured."""

    def probe(self) -> DeviceState:
        """Look whether the scanner is there; never raise for "not there"."""

    def scan(self, cancel: Cancel) -> tuple[bytes, ...]:
        """Scan what lies on the glass, or the whole pile in the feeder, as `desk.toml` says.

        Args:
            cancel: looked at while waiting; what was fed by then is lost.

        Returns:
            One picture or document file for each page or pile (PNM, PNG, JPEG, BMP, TIFF or PDF), at least one.

        Raises:
            The same as `pages`.
        """

    def pages(self, order: ScanOrder, cancel: Cancel, progress: Progress | None = None) -> Iterator[ScannedPage]:
        """Scan, and give each page as soon as it is whole; what came before a trouble was given.

        Args:
            order: what is asked for.
            cancel: looked at while waiting.
            progress: told how far the page in hand is.

        Raises:
            ScannerMissing: it cannot be opened, or the program that drives it is not installed.
            ScannerJammed: paper is stuck.
            ScannerNoDocument: nothing lies there.
            ScannerCoverOpen: the cover is open.
            ScannerBusy: somebody else scans.
            ScannerStopped: somebody stopped it at the device.
            ScannerAccessDenied: this account may not use it.
            ScannerOutOfMemory: it has not the memory for such a page.
            ScannerReadFailed: the line to it or its own reading failed.
            ScannerSilent: it did not answer in time.
            ScannerDriverCrashed: the program that drives it ended by a fault.
            ScannerCannot: it does not have what was asked for.
            ScannerFailed: it answered with an error that is none of these.
            ScannedPageEmpty: it ended well and gave nothing.
            ScannedPageBroken: what came is no page, or not a whole one.
            Cancelled: somebody asked to stop.
        """


@dataclass(frozen=True)
class ScannerChoice:
    """One scanner that can be used.

    Attributes:
        key: names it from one start to the next.
        name: maker and model as the driver calls it.
    """

    key: str
    name: str


class ScannerChooser(Protocol):
    """The scanners of a counter, of which one is used."""

    def choices(self) -> tuple[ScannerChoice, ...]:
        """Look which there are; takes seconds, so on the scanner's lane only."""

    def chosen(self) -> str:
        """Return the key of the one that is used, empty without any."""

    def choose(self, key: str) -> None:
        """Use another one from now on, after the next start too.

        Raises:
            DiskFull, DiskTrouble: it is used, but not remembered.
        """
