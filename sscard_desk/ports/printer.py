"""A printer that takes PDF and tells how far each job is, to its real end."""

from dataclasses import dataclass
from typing import Protocol

from sscard_desk.domain.prints import PrintState
from sscard_desk.ports.devices import Cancel, DeviceState


@dataclass(frozen=True)
class PrintedJob:
    """A job that the printer has, or reported as done.

    Attributes:
        job: the printer's own name of the job (queue number or file name); no personal data.
        pages: how many pages went out.
    """

    job: str
    pages: int


@dataclass(frozen=True)
class JobReport:
    """How far a job is.

    Attributes:
        state: never `ordered`, `not_taken` or `vanished`: the printer answered.
        waiting: how many jobs wait in the queue, this one included, where that is known.
        job: the printer's own name of the job, empty where there is none.
    """

    state: PrintState
    waiting: int = 1
    job: str = ""


class Printer(Protocol):
    """The printer as configured."""

    @property
    def name(self) -> str:
        """What the printer is called here: queue or folder; never a person's name."""

    @property
    def offset_mm(self) -> tuple[float, float]:
        """How far its pages are moved before they go out: to the right and downwards."""

    def probe(self) -> DeviceState:
        """Look whether the printer is there; never raise for "not there"."""

    def hand_over(self, pdf: bytes, name: str, cancel: Cancel) -> PrintedJob:
        """Give the printer a document and return as soon as it has it whole.

        Args:
            pdf: the document, whole.
            name: a name without personal data, for example a form serial.
            cancel: looked at before anything is sent.

        Raises:
            PrinterMissing: queue or folder is not there; nothing of the document is.
            PrinterBusy: it takes one job at a time and has one; offer the document again.
            PrintFailed: the document was not taken.
        """

    def look_up(self, job: str, name: str) -> JobReport:
        """Ask once how far a job is; fast enough to be asked several times a second.

        Args:
            job: as `hand_over` returned it; empty asks by the name alone, after a program that ended in between.
            name: as it was handed over; another job under the same number is not taken for this one.

        Raises:
            PrinterMissing: nobody answers.
        """

    def take_back(self, job: str) -> None:
        """Cancel a job as far as that goes; never raise for one that has ended or cannot be found."""

    def sweep(self) -> None:
        """Remove what a program that was killed left behind at this printer."""

    def print_pdf(self, pdf: bytes, name: str, cancel: Cancel) -> PrintedJob:
        """Print and wait until the printer says that it is done.

        Args:
            pdf: the document, whole.
            name: a name without personal data, for example application number and form.
            cancel: looked at while waiting.

        Raises:
            PrinterMissing: queue or folder is not there.
            PrinterOutOfPaper: the job waits for paper.
            PrintFailed: the printer gave the job up.
        """
