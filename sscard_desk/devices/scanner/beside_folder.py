"""A scanner beside a folder that a copier fills: a file there goes first, unless the order says where to scan."""

from collections.abc import Iterator

from sscard_desk.devices.scanner.folder import FolderScanner
from sscard_desk.ports.devices import Cancel, DeviceState
from sscard_desk.ports.scanner import AS_SET, Progress, ScannedPage, Scanner, ScanOrder, Source


class ScannerBesideFolder:
    """Both together; implements `ports.scanner.Scanner`.

    Args:
        device: the scanner.
        folder: where files come by themselves.
    """

    def __init__(self, device: Scanner, folder: FolderScanner) -> None:
        self._device, self._folder = device, folder

    def probe(self) -> DeviceState:
        """Ask the scanner."""
        return self._device.probe()

    def scan(self, cancel: Cancel) -> tuple[bytes, ...]:
        """Scan what lies there; see `Scanner.scan`."""
        return tuple(page.content for page in self.pages(AS_SET, cancel))

    def pages(self, order: ScanOrder, cancel: Cancel, progress: Progress | None = None) -> Iterator[ScannedPage]:
        """Give the newest file of the folder, or scan; see `Scanner.pages`."""
        if order.source is Source.AUTO and self._folder.waits:
            return self._folder.pages(order, cancel, progress)
        return self._device.pages(order, cancel, progress)
