"""Printing through CUPS or straight to a network printer, each job followed to its real end.

Interface: IPP 2.0 (RFC 8010 and 8011) with PDF as document format; CUPS 2.4.2 was tried, a network printer was not at
hand. `lp` and `lpstat` are not used: `lpstat` shows a cancelled and a printed job alike, and its words change with the
language. The document goes through a connection and never stands in a file of ours.
"""

import http.client
import time
from typing import Final, NoReturn

from sscard_desk.devices.printer.document import job_name, page_count
from sscard_desk.devices.printer.following import POLL_S, STUCK_S, follow
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
from sscard_desk.domain.errors.printing import PrinterBusy, PrinterNotTrusted
from sscard_desk.domain.prints import PrintState
from sscard_desk.ports.devices import Cancel, Cancelled, DeviceState, Health
from sscard_desk.ports.printer import JobReport, PrintedJob

NOT_FOUND: Final = 0x0406
NOT_ACCEPTING: Final = 0x0506
BUSY: Final = 0x0507
_ENDS: Final = {
    JobState.COMPLETED: PrintState.COMPLETED,
    JobState.CANCELED: PrintState.CANCELED,
    JobState.ABORTED: PrintState.ABORTED,
}
_OUT_OF_PAPER: Final = ("media-empty", "media-needed")
"""Printer state reasons (RFC 8011, 5.4.12); each may end in `-error`, `-warning` or `-report`."""

_Asked = list[tuple[Tag, str, Value | list[str]]]


class CupsPrinter:
    """One queue; implements `ports.printer.Printer`."""

    offset_mm = (0.0, 0.0)

    def __init__(self, queue: str, server: str | None = None, stuck_s: float = STUCK_S, fingerprint: str = "") -> None:
        """Remember the queue; nothing is asked yet.

        Args:
            queue: name of a CUPS queue, or `ipp://` or `ipps://` address of a network printer.
            server: socket path or `host:port` of CUPS; left out, `CUPS_SERVER` or the local socket.
            stuck_s: after how many seconds a job is given up.
            fingerprint: SHA-256 of an `ipps://` printer's certificate; empty takes what the system trusts.
        """
        self.queue = queue
        self._line = line_to(queue, server, fingerprint)
        self._stuck_s = stuck_s

    def probe(self) -> DeviceState:
        """Ask the queue how it is; never raise for "not there"."""
        try:
            printer = self._printer()
        except (PrinterMissing, PrinterNotTrusted, PrintFailed) as trouble:
            return DeviceState(Health.OFF, self.queue, trouble)
        facts = {"kind": "ipp"}
        if _out_of_paper(printer):
            return DeviceState(Health.WARNING, self.queue, PrinterOutOfPaper(jobs=self._waiting()), facts)
        if _first(printer, "printer-state") == PrinterState.STOPPED:
            return DeviceState(Health.WARNING, self.queue, PrintFailed(reason="stopped"), facts)
        if not _first(printer, "printer-is-accepting-jobs"):
            return DeviceState(Health.WARNING, self.queue, PrintFailed(reason="not_accepting"), facts)
        return DeviceState(Health.READY, self.queue, facts=facts)

    @property
    def name(self) -> str:
        """The queue."""
        return self.queue

    def hand_over(self, pdf: bytes, name: str, cancel: Cancel) -> PrintedJob:
        """Send the document; the printer has it whole when this returns.

        Raises:
            PrinterMissing: no such queue, or nobody answers for it.
            PrinterNotTrusted: what answers shows another certificate; nothing was sent.
            PrinterBusy: it takes one job at a time and has one (network printers; a queue of CUPS takes any number).
            PrintFailed: `reason` is `not_pdf`, `refused` or `not_accepting`.
            Cancelled: somebody asked to stop before anything was sent.
        """
        pages = page_count(pdf)
        cancel.check()
        asked: _Asked = [(Tag.NAME, "job-name", job_name(name)), (Tag.MIME, "document-format", "application/pdf")]
        answer = self._ask(Operation.PRINT_JOB, asked, pdf)
        return PrintedJob(job=f"{self.queue}-{_first(answer.first(Tag.JOB), 'job-id')}", pages=pages)

    def look_up(self, job: str, name: str) -> JobReport:
        """Ask once how far a job is.

        A printer that was switched off and on counts its jobs from 1 again, so a job of another name is not ours.

        Raises:
            PrinterMissing: nobody answers.
        """
        try:
            number = _number(job) or self._find(name)
            attributes = self._job(number) if number else {}
            if attributes.get("job-name", [name]) != [name] or not attributes:
                return JobReport(PrintState.UNKNOWN)
            printer = self._printer()
            return JobReport(
                _state(_first(attributes, "job-state"), printer), self._waiting(), f"{self.queue}-{number}"
            )
        except PrintFailed:  # an answer that leaves out what the RFC demands says nothing
            return JobReport(PrintState.UNKNOWN)
        except PrinterNotTrusted:  # a stranger at its address knows nothing of our job
            raise PrinterMissing from None

    def take_back(self, job: str) -> None:
        """Cancel a job as far as that goes: one that has ended, or a printer that is gone, needs no cancelling."""
        try:
            self._ask(Operation.CANCEL_JOB, [(Tag.INTEGER, "job-id", _number(job))])
        except (PrinterMissing, PrinterNotTrusted, PrinterBusy, PrintFailed):
            return

    def sweep(self) -> None:
        """Nothing to do: the document goes through a connection and never stands in a file of ours."""

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
            PrintFailed: `reason` is `not_pdf`, `refused`, `not_accepting`, `canceled`, `aborted`, `stopped`, `unknown`
                or `stuck`.
            Cancelled: somebody asked to stop.
        """
        handed = self._offer(pdf, name, cancel)
        try:
            follow(self, handed.job, name, cancel, self._stuck_s)
        except (Cancelled, PrintFailed):
            self.take_back(handed.job)
            raise
        return handed

    def _offer(self, pdf: bytes, name: str, cancel: Cancel) -> PrintedJob:
        end = time.monotonic() + self._stuck_s
        while True:
            try:
                return self.hand_over(pdf, name, cancel)
            except PrinterBusy:
                if _out_of_paper(self._printer()):
                    raise PrinterOutOfPaper(jobs=self._waiting()) from None
                if time.monotonic() >= end:
                    raise
            cancel.wait(POLL_S)

    def _job(self, number: int) -> Attributes:
        """Return a job's attributes, none if the printer does not know it."""
        wanted = ["job-state", "job-name"]
        asked: _Asked = [(Tag.INTEGER, "job-id", number), (Tag.KEYWORD, "requested-attributes", wanted)]
        try:
            return self._ask(Operation.GET_JOB_ATTRIBUTES, asked).first(Tag.JOB)
        except PrinterMissing:
            self._printer()  # "not found" is said of jobs and of printers: this one asks whether the printer is there
            return {}

    def _find(self, name: str) -> int:
        """Return the number of the newest job of this name, 0 if there is none."""
        wanted = ["job-id", "job-name"]
        asked: _Asked = [(Tag.KEYWORD, "which-jobs", "all"), (Tag.KEYWORD, "requested-attributes", wanted)]
        jobs = self._ask(Operation.GET_JOBS, asked).all(Tag.JOB)
        return max((_first(job, "job-id") for job in jobs if job.get("job-name") == [name]), default=0)

    def _printer(self) -> Attributes:
        wanted = ["printer-state", "printer-state-reasons", "printer-is-accepting-jobs"]
        asked: _Asked = [(Tag.KEYWORD, "requested-attributes", wanted)]
        return self._ask(Operation.GET_PRINTER_ATTRIBUTES, asked).first(Tag.PRINTER)

    def _waiting(self) -> int:
        asked: _Asked = [(Tag.KEYWORD, "which-jobs", "not-completed"), (Tag.KEYWORD, "requested-attributes", "job-id")]
        return len(self._ask(Operation.GET_JOBS, asked).all(Tag.JOB))

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
    if status == BUSY:
        raise PrinterBusy
    raise PrintFailed(reason="not_accepting" if status == NOT_ACCEPTING else "refused")


def _number(job: str) -> int:
    """Return the number in a job's name, 0 if there is none."""
    number = job.rpartition("-")[2]
    return int(number) if number.isdecimal() else 0


def _state(job: int, printer: Attributes) -> PrintState:
    """Return how far a job is, from its own state (RFC 8011, 5.3.7) and the printer's (5.4.11, 5.4.12)."""
    if job in _ENDS:
        return _ENDS[JobState(job)]
    if _out_of_paper(printer):
        return PrintState.OUT_OF_PAPER
    if job == JobState.STOPPED or _first(printer, "printer-state") == PrinterState.STOPPED:
        return PrintState.STOPPED
    return {JobState.HELD: PrintState.HELD, JobState.PROCESSING: PrintState.PRINTING}.get(
        JobState(job), PrintState.QUEUED
    )


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
