"""Waiting for a job's real end, the same for every queue that can be asked."""

import time
from typing import Final

from sscard_desk.domain.errors.device import PrinterOutOfPaper, PrintFailed
from sscard_desk.domain.prints import PrintState
from sscard_desk.ports.devices import Cancel
from sscard_desk.ports.printer import Printer

POLL_S: Final = 0.25
STUCK_S: Final = 120.0
"""A job that has not ended by then is taken back and given up, so that a second try does not print twice."""


def follow(printer: Printer, job: str, name: str, cancel: Cancel, stuck_s: float = STUCK_S) -> None:
    """Return when the printer says that a job is done.

    Args:
        printer: whose job.
        job: as `hand_over` returned it.
        name: as it was handed over.
        cancel: looked at while waiting.
        stuck_s: after how many seconds it is given up.

    Raises:
        PrinterMissing: nobody answers any more.
        PrinterOutOfPaper: the job waits for paper.
        PrintFailed: `reason` is the state in which the job ended or stands, or `stuck`.
        Cancelled: somebody asked to stop.
    """
    end = time.monotonic() + stuck_s
    while time.monotonic() < end:
        report = printer.look_up(job, name)
        if report.state is PrintState.COMPLETED:
            return
        if report.state is PrintState.OUT_OF_PAPER:
            raise PrinterOutOfPaper(jobs=report.waiting)
        if report.state.ended or report.state is PrintState.STOPPED:
            raise PrintFailed(reason=report.state.value)
        cancel.wait(POLL_S)
    raise PrintFailed(reason="stuck")
