"""A printer whose pages are moved by some millimetres before they go out."""

from collections.abc import Callable

from sscard_desk.ports.devices import Cancel, DeviceState
from sscard_desk.ports.printer import JobReport, PrintedJob, Printer


class OffsetPrinter:
    """Another printer with a correction; implements `ports.printer.Printer`.

    Args:
        printer: what prints.
        x_mm: to the right.
        y_mm: downwards.
        shift: moves a document; the caller's own stays as it is.
    """

    def __init__(
        self, printer: Printer, x_mm: float, y_mm: float, shift: Callable[[bytes, float, float], bytes]
    ) -> None:
        self._printer, self._shift = printer, shift
        self.offset_mm = (x_mm, y_mm)

    @property
    def name(self) -> str:
        """The printer's own."""
        return self._printer.name

    def probe(self) -> DeviceState:
        """Ask the printer."""
        return self._printer.probe()

    def hand_over(self, pdf: bytes, name: str, cancel: Cancel) -> PrintedJob:
        """Move the pages and hand them over."""
        return self._printer.hand_over(self._shift(pdf, *self.offset_mm), name, cancel)

    def look_up(self, job: str, name: str) -> JobReport:
        """Ask the printer."""
        return self._printer.look_up(job, name)

    def take_back(self, job: str) -> None:
        """Cancel at the printer."""
        self._printer.take_back(job)

    def sweep(self) -> None:
        """Sweep at the printer."""
        self._printer.sweep()

    def print_pdf(self, pdf: bytes, name: str, cancel: Cancel) -> PrintedJob:
        """Move the pages, print, and wait."""
        return self._printer.print_pdf(self._shift(pdf, *self.offset_mm), name, cancel)
