"""A scanner that gives pages."""

from typing import Protocol

from sscard_desk.ports.devices import Cancel, DeviceState


class Scanner(Protocol):
    """The scanner as configured."""

    def probe(self) -> DeviceState:
        """Look whether the scanner is there; never raise for "not there"."""

    def scan(self, cancel: Cancel) -> tuple[bytes, ...]:
        """Scan what lies on the glass, or the whole pile in the feeder.

        Args:
            cancel: looked at while waiting; what was fed by then is lost.

        Returns:
            One picture or document file for each page or pile (PNM, PNG, JPEG, TIFF or PDF), at least one.

        Raises:
            ScannerMissing: it cannot be opened, or the program that drives it is not installed.
            ScannerJammed: paper is stuck.
            ScannerNoDocument: nothing lies there.
            ScannerCoverOpen: the cover is open.
            ScannerFailed: it answered with another error, or not in time.
            ScannedPageEmpty: it ended well and gave nothing.
            Cancelled: somebody asked to stop.
        """
