"""Printing through CUPS or straight to a network printer, each job followed to its real end.

Interface: IPP 2.0 (RFC 8010 and 8011) with PDF as document format; CUPS 2.4.2 was tried, a network printer was not at
hand. `lp` and `lpstat` are not used: `lpstat` shows a cancelled and a printed job alike, and its words change with the
language. The document goes through a connection and never stands in a file of ours.
"""

import http.client
import time
from typing import Final, NoReturn

from sscard_desk.devices.printer.document import job_name, page_count
from sscard_desk.devices.printer.ipp import (
    Attributes,
    IppAnswer,
    IppMalformed,
    JobState,
    Operation,
    PrinterState,
    Tag,
    Value,
    request,
)
from sscard_desk.devices.printer.ipp_line import account, line_to
from sscard_desk.domain.errors.device import PrinterMissing, PrinterOutOfPaper, PrintFailed
from sscard_desk.ports.devices import Cancel, Cancelled, DeviceState, Health
from sscard_desk.ports.printer import PrintedJob

POLL_S: Final = 0.25
STUCK_S: Final = 120.0
"""A job that has not ended by then is taken back and given up, so that a second try does not print twice."""
NOT_FOUND: Final = 0x0406
NOT_ACCEPTING: Final = 0x0506
_GIVEN_UP: Final = {JobState.CANCELED: "canceled", JobState.ABORTED: "aborted"}
_OUT_OF_PAPER: Final = ("media-empty", "media-needed")
"""Printer state reasons (RFC 8011, 5.4.12); each may end in `-error`, `-warning` or `-report`."""

_Asked = list[tuple[Tag, str, Value | list[str]]]


class CupsPrinter:
    """One queue; implements `ports.printer.Printer`."""

    def __init__(self, queue: str, server: str | None = None, stuck_s: float = STUCK_S) -> None:
        """Remember the queue; nothing is asked yet.

        Args:
            queue: name of a CUPS queue, or `ipp://` address of a network printer.
            server: socket path or `host:port` of CUPS; left out, `CUPS_SERVER` or the local socket.
            stuck_s: after how many seconds a job is given up.
        """
        self.queue = queue
        self._line = line_to(queue, server)
        self._stuck_s = stuck_s

    def probe(self) -> DeviceState:
        """Ask the queue how it is; never raise for "not there"."""
        try:
            printer = self._printer()
        except (PrinterMissing, PrintFailed) as trouble:
            return DeviceState(Health.OFF, self.queue, trouble)
        facts = {"kind": "ipp"}
        if _out_of_paper(printer):
            return DeviceState(Health.WARNING, self.queue, PrinterOutOfPaper(jobs=self._waiting()), facts)
        if _first(printer, "printer-state") == PrinterState.STOPPED:
            return DeviceState(Health.WARNING, self.queue, PrintFailed(reason="stopped"), facts)
        if not _first(printer, "printer-is-accepting-jobs"):
            return DeviceState(Health.WARNING, self.queue, PrintFailed(reason="not_accepting"), facts)
        return DeviceState(Health.READY, self.queue, facts=facts)

    def print_pdf(self, pdf: bytes, name: str, cancel: Cancel) -> PrintedJob:
        """Hand the document over and wait until the printer has done it.

        Out of paper, the job stays in the queue and prints after refilling; in every other trouble it is taken back.

        Args:
            pdf: the document, whole.
            name: a name without personal data.
            cancel: looked at while waiting; the job is taken back then.

        Raises:
            PrinterMissing: no such queue, or nobody answers for it.
            PrinterOutOfPaper: the job waits for paper.
            PrintFailed: `reason` is `not_pdf`, `refused`, `not_accepting`, `canceled`, `aborted`, `stopped` or `stuck`.
            Cancelled: somebody asked to stop.
        """
        pages = page_count(pdf)
        cancel.check()
        asked: _Asked = [(Tag.NAME, "job-name", job_name(name)), (Tag.MIME, "document-format", "application/pdf")]
        answer = self._ask(Operation.PRINT_JOB, asked, pdf)
        job = _first(answer.first(Tag.JOB), "job-id")
        try:
            self._follow(job, cancel)
        except (Cancelled, PrintFailed):
            self._take_back(job)
            raise
        return PrintedJob(job=f"{self.queue}-{job}", pages=pages)

    def _follow(self, job: int, cancel: Cancel) -> None:
        end = time.monotonic() + self._stuck_s
        while time.monotonic() < end:
            state = self._job_state(job)
            if state == JobState.COMPLETED:
                return
            if state in _GIVEN_UP:
                raise PrintFailed(reason=_GIVEN_UP[JobState(state)])
            printer = self._printer()
            if _out_of_paper(printer):
                raise PrinterOutOfPaper(jobs=self._waiting())
            if state == JobState.STOPPED or _first(printer, "printer-state") == PrinterState.STOPPED:
                raise PrintFailed(reason="stopped")
            cancel.wait(POLL_S)
        raise PrintFailed(reason="stuck")

    def _job_state(self, job: int) -> int:
        asked: _Asked = [(Tag.INTEGER, "job-id", job), (Tag.KEYWORD, "requested-attributes", "job-state")]
        return _first(self._ask(Operation.GET_JOB_ATTRIBUTES, asked).first(Tag.JOB), "job-state")

    def _printer(self) -> Attributes:
        wanted = ["printer-state", "printer-state-reasons", "printer-is-accepting-jobs"]
        asked: _Asked = [(Tag.KEYWORD, "requested-attributes", wanted)]
        return self._ask(Operation.GET_PRINTER_ATTRIBUTES, asked).first(Tag.PRINTER)

    def _waiting(self) -> int:
        asked: _Asked = [(Tag.KEYWORD, "which-jobs", "not-completed"), (Tag.KEYWORD, "requested-attributes", "job-id")]
        return len(self._ask(Operation.GET_JOBS, asked).all(Tag.JOB))

    def _take_back(self, job: int) -> None:
        """Cancel a job as far as that goes: one that has ended, or a printer that is gone, needs no cancelling."""
        try:
            self._ask(Operation.CANCEL_JOB, [(Tag.INTEGER, "job-id", job)])
        except (PrinterMissing, PrintFailed):
            return

    def _ask(self, operation: Operation, attributes: _Asked, document: bytes = b"") -> IppAnswer:
        who: _Asked = [
            (Tag.URI, "printer-uri", self._line.printer_uri),
            *[a for a in attributes if a[1] == "job-id"],
            (Tag.NAME, "requesting-user-name", account()),
            *[a for a in attributes if a[1] != "job-id"],
        ]
        try:
            answer = self._line.ask(request(operation, who, document))
        except (OSError, http.client.HTTPException, IppMalformed):
            raise PrinterMissing from None
        return answer if answer.ok else _refuse(answer.status)


def _refuse(status: int) -> NoReturn:
    if status == NOT_FOUND:
        raise PrinterMissing
    raise PrintFailed(reason="not_accepting" if status == NOT_ACCEPTING else "refused")


def _out_of_paper(printer: Attributes) -> bool:
    reasons = [str(reason) for reason in printer.get("printer-state-reasons", [])]
    return any(reason.startswith(_OUT_OF_PAPER) for reason in reasons)


def _first(attributes: Attributes, name: str) -> int:
    """Return an attribute's number; a printer that leaves out what the RFC demands cannot be followed.

    Raises:
        PrintFailed: the attribute is not there.
    """
    match attributes.get(name):
        case [int() as number, *_]:
            return number
        case _:
            raise PrintFailed(reason="refused")
