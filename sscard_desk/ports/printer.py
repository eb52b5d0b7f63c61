"""A printer that takes PDF and tells when a job has really ended."""

from dataclasses import dataclass
from typing import Protocol

from sscard_desk.ports.devices import Cancel, DeviceState


@dataclass(frozen=True)
class PrintedJob:
    """A job that the printer reported as done.

    Attributes:
        job: the printer's own name of the job (queue number or file name); no personal data.
        pages: how many pages went out.
    """

    job: str
    pages: int


class Printer(Protocol):
    """The printer as configured."""

    def probe(self) -> DeviceState:
        """Look whether the printer is there; never raise for "not there"."""

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
