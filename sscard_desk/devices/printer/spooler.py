"""Printing through the queue of a Windows desktop, each job followed to what the spooler says in the end.

A queue there takes pictures of pages, not PDF: each page goes out as the preview draws it, at its true size. A job is
asked to stay in the queue after it was printed (`JOB_CONTROL_RETAIN`), since one that has left says nothing of how it
ended; it is released with the next look at the printer after its end was told. States: "Print Spooler API",
`JOB_INFO_2` and `PRINTER_INFO_2`, as Microsoft documents them. Tried on a model of that interface, not on Windows.
"""

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import IntFlag
from typing import Final, Protocol

from sscard_desk.devices.printer.document import job_name, page_count
from sscard_desk.devices.printer.following import STUCK_S, follow
from sscard_desk.domain.errors.device import PrinterMissing, PrinterOutOfPaper, PrintFailed
from sscard_desk.domain.prints import PrintState
from sscard_desk.ports.devices import Cancel, Cancelled, DeviceState, Health
from sscard_desk.ports.printer import JobReport, PrintedJob

DPI: Final = 300
"""Finer is no use for our lines and bar codes, and a page has 26 MB already."""
MM_PER_INCH: Final = 25.4
OURS: Final = "SSCard Desk "
"""Names of our jobs in the queue begin so; the form serial follows. No other program's job is touched."""


class JobStatus(IntFlag):
    """`JOB_INFO_2.Status`, the bits that are looked at."""

    PAUSED = 0x1
    ERROR = 0x2
    DELETING = 0x4
    SPOOLING = 0x8
    PRINTING = 0x10
    OFFLINE = 0x20
    PAPEROUT = 0x40
    PRINTED = 0x80
    DELETED = 0x100
    BLOCKED_DEVQ = 0x200
    USER_INTERVENTION = 0x400
    RETAINED = 0x2000


class QueueStatus(IntFlag):
    """`PRINTER_INFO_2.Status`, the bits that are looked at; `WORK_OFFLINE` is an attribute there."""

    PAUSED = 0x1
    ERROR = 0x2
    PAPER_JAM = 0x8
    PAPER_OUT = 0x10
    PAPER_PROBLEM = 0x40
    OFFLINE = 0x80
    OUTPUT_BIN_FULL = 0x800
    NOT_AVAILABLE = 0x1000
    NO_TONER = 0x40000
    USER_INTERVENTION = 0x100000
    DOOR_OPEN = 0x400000
    SERVER_UNKNOWN = 0x800000
    WORK_OFFLINE = 0x1_0000_0000


_GONE: Final = QueueStatus.OFFLINE | QueueStatus.NOT_AVAILABLE | QueueStatus.SERVER_UNKNOWN | QueueStatus.WORK_OFFLINE
_STANDS: Final = (
    QueueStatus.PAUSED
    | QueueStatus.ERROR
    | QueueStatus.PAPER_JAM
    | QueueStatus.OUTPUT_BIN_FULL
    | QueueStatus.NO_TONER
    | QueueStatus.USER_INTERVENTION
    | QueueStatus.DOOR_OPEN
)
_EMPTY: Final = QueueStatus.PAPER_OUT | QueueStatus.PAPER_PROBLEM
_DELETED: Final = JobStatus.DELETED | JobStatus.DELETING
_JOB_STANDS: Final = JobStatus.ERROR | JobStatus.BLOCKED_DEVQ | JobStatus.USER_INTERVENTION


@dataclass(frozen=True)
class PagePicture:
    """One page as the printer gets it: 24-bit RGB rows, and the page's true size in mm."""

    width: int
    height: int
    rgb: bytes
    width_mm: float
    height_mm: float


@dataclass(frozen=True)
class SpoolJob:
    """A job as the queue lists it."""

    id: int
    document: str
    status: JobStatus


class Queue(Protocol):
    """One opened queue of the spooler; `QueueGone` and `JobGone` are all that its methods raise besides."""

    def status(self) -> QueueStatus:
        """Return how the printer is."""

    def jobs(self) -> Sequence[SpoolJob]:
        """Return what stands in the queue, oldest first."""

    def job(self, number: int) -> SpoolJob:
        """Return one job.

        Raises:
            JobGone: it has left the queue.
        """

    def print(self, document: str, pages: Iterable[PagePicture]) -> int:
        """Spool a document whole, to be retained after printing, and return its number.

        Raises:
            DocumentRefused: the spooler did not take it; nothing of it stays.
        """

    def release(self, number: int) -> None:
        """Let a retained job leave the queue."""

    def delete(self, number: int) -> None:
        """Cancel a job."""


class QueueGone(Exception):
    """There is no such queue, or the spooler does not answer."""


class JobGone(Exception):
    """The queue does not know the job."""


class DocumentRefused(Exception):
    """The spooler did not take a document whole."""


class SpoolerPrinter:
    """One queue of a Windows desktop; implements `ports.printer.Printer`."""

    offset_mm = (0.0, 0.0)

    def __init__(
        self,
        queue: str,
        opened: Callable[[str], AbstractContextManager[Queue]],
        render: Callable[[bytes, int], PagePicture],
        stuck_s: float = STUCK_S,
    ) -> None:
        """Remember the queue; nothing is asked yet.

        Args:
            queue: its name in the system's list of printers.
            opened: opens a queue by its name.
            render: draws one page of a document, counted from 0.
            stuck_s: after how many seconds a job is given up.
        """
        self.queue = queue
        self._opened, self._render, self._stuck_s = opened, render, stuck_s
        self._told: set[int] = set()

    @property
    def name(self) -> str:
        """The queue."""
        return self.queue

    def probe(self) -> DeviceState:
        """Ask the queue how it is; never raise for "not there"."""
        try:
            with self._opened(self.queue) as queue:
                self._release_told(queue)
                status, waiting = queue.status(), _waiting(queue)
        except QueueGone:
            return DeviceState(Health.OFF, self.queue, PrinterMissing())
        facts = {"kind": "spooler"}
        if status & _GONE:
            return DeviceState(Health.OFF, self.queue, PrinterMissing())
        if status & _EMPTY:
            return DeviceState(Health.WARNING, self.queue, PrinterOutOfPaper(jobs=waiting), facts)
        if status & _STANDS:
            return DeviceState(Health.WARNING, self.queue, PrintFailed(reason="stopped"), facts)
        return DeviceState(Health.READY, self.queue, facts=facts)

    def hand_over(self, pdf: bytes, name: str, cancel: Cancel) -> PrintedJob:
        """Spool the pages; the queue has all of them when this returns.

        Raises:
            PrinterMissing: no such queue, or the spooler does not answer.
            PrintFailed: `reason` is `not_pdf` or `refused`.
            Cancelled: somebody asked to stop before the last page was drawn; nothing stays in the queue.
        """
        count, document = page_count(pdf), OURS + job_name(name)
        cancel.check()

        def pages() -> Iterable[PagePicture]:
            for page in range(count):
                cancel.check()
                yield self._render(pdf, page)

        try:
            with self._opened(self.queue) as queue:
                self._release_told(queue)
                return PrintedJob(job=str(queue.print(document, pages())), pages=count)
        except QueueGone:
            raise PrinterMissing from None
        except DocumentRefused:
            raise PrintFailed(reason="refused") from None

    def look_up(self, job: str, name: str) -> JobReport:
        """Ask once how far a job is.

        Numbers begin again when the spooler is started again, so a job of another name is not ours.

        Raises:
            PrinterMissing: the spooler does not answer, or says that the printer is off.
        """
        try:
            with self._opened(self.queue) as queue:
                known = queue.job(int(job)) if job.isdecimal() else _newest(queue, name)
                if known.document != OURS + name:
                    return JobReport(PrintState.UNKNOWN)
                printer, waiting = queue.status(), _waiting(queue)
        except QueueGone:
            raise PrinterMissing from None
        except JobGone:
            return JobReport(PrintState.UNKNOWN)
        state = _state(known.status, printer)
        if state is PrintState.COMPLETED:
            self._told.add(known.id)
        return JobReport(state, waiting, str(known.id))

    def take_back(self, job: str) -> None:
        """Cancel a job as far as that goes: one that has ended, or a queue that is gone, needs no cancelling."""
        try:
            with self._opened(self.queue) as queue:
                if job.isdecimal() and queue.job(int(job)).document.startswith(OURS):
                    queue.delete(int(job))
        except (QueueGone, JobGone):
            return

    def sweep(self) -> None:
        """Let jobs of ours leave the queue that were printed; called when nobody waits for their end any more."""
        try:
            with self._opened(self.queue) as queue:
                self._told.update(
                    job.id for job in queue.jobs() if job.document.startswith(OURS) and job.status & JobStatus.PRINTED
                )
                self._release_told(queue)
        except QueueGone:
            return

    def print_pdf(self, pdf: bytes, name: str, cancel: Cancel) -> PrintedJob:
        """Hand the document over and wait until the spooler says that it is printed.

        Raises:
            PrinterMissing: no such queue, the spooler does not answer, or the printer is off.
            PrinterOutOfPaper: the job waits for paper.
            PrintFailed: `reason` is `not_pdf`, `refused`, `canceled`, `stopped`, `unknown` or `stuck`.
            Cancelled: somebody asked to stop.
        """
        handed = self.hand_over(pdf, name, cancel)
        try:
            follow(self, handed.job, name, cancel, self._stuck_s)
        except (Cancelled, PrintFailed):
            self.take_back(handed.job)
            raise
        return handed

    def _release_told(self, queue: Queue) -> None:
        while self._told:
            queue.release(self._told.pop())


def _newest(queue: Queue, name: str) -> SpoolJob:
    """Return the newest job of a name; raises `JobGone` where there is none."""
    found = [job for job in queue.jobs() if job.document == OURS + name]
    if not found:
        raise JobGone
    return found[-1]


def _waiting(queue: Queue) -> int:
    return sum(not job.status & (JobStatus.PRINTED | _DELETED) for job in queue.jobs())


def _state(job: JobStatus, printer: QueueStatus) -> PrintState:
    """Return how far a job is; what the printer lacks goes before what the job waits for.

    Raises:
        PrinterMissing: the printer is off.
    """
    if job & _DELETED:
        return PrintState.CANCELED
    if job & JobStatus.PRINTED:
        return PrintState.COMPLETED
    if job & JobStatus.OFFLINE or printer & _GONE:
        raise PrinterMissing
    if job & JobStatus.PAPEROUT or printer & _EMPTY:
        return PrintState.OUT_OF_PAPER
    if job & _JOB_STANDS or printer & _STANDS:
        return PrintState.STOPPED
    if job & JobStatus.PAUSED:
        return PrintState.HELD
    return PrintState.PRINTING if job & JobStatus.PRINTING else PrintState.QUEUED
