"""The sheet that shows how a printer feeds paper, drawn and printed."""

from typing import Final

from sscard_desk.ports.clock import Clock
from sscard_desk.ports.devices import Cancel
from sscard_desk.ports.paper import Paper, RulerFacts
from sscard_desk.ports.printer import PrintedJob, Printer

NAME: Final = "ruler-sheet"


def ruler_sheet(paper: Paper, printer: Printer, clock: Clock, language: str) -> bytes:
    """Return the sheet for this printer as PDF, not moved: the correction is made on the way to the printer."""
    x_mm, y_mm = printer.offset_mm
    return paper.ruler_sheet(RulerFacts(printer.name, x_mm, y_mm, clock.now(), language))


def print_ruler_sheet(paper: Paper, printer: Printer, clock: Clock, language: str, cancel: Cancel) -> PrintedJob:
    """Print the sheet and wait until the printer says that it is done.

    Raises:
        PrinterMissing, PrinterOutOfPaper, PrintFailed: as the printer says.
    """
    return printer.print_pdf(ruler_sheet(paper, printer, clock, language), NAME, cancel)
