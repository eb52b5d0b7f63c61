"""Following prints to their end: handing over what is ordered, and looking at all that is under way."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.device import PrinterMissing
from sscard_desk.domain.errors.printing import PrinterBusy
from sscard_desk.domain.prints import PrintRecord, PrintState
from sscard_desk.ports.devices import Cancel
from sscard_desk.ports.printer import JobReport, Printer
from sscard_desk.ports.session import Session
from sscard_desk.ports.store import Store
from sscard_desk.usecases.print_trouble import trouble_of
from sscard_desk.usecases.prints import note_state

LOOK_S: Final = 0.3
"""Between two looks at a job that moves."""
WAIT_S: Final = 1.5
"""Between two looks at a printer that waits for somebody, or does not answer."""
_SLOW: Final = frozenset({PrintState.OUT_OF_PAPER, PrintState.HELD, PrintState.STOPPED, PrintState.VANISHED})


@dataclass(frozen=True)
class PrintNews:
    """One print in another state than before.

    Attributes:
        record: as it was known.
        state: how far it is now.
        job: the printer's own name of the job, where it has just got one.
        trouble: what to tell, None where all goes well.
    """

    record: PrintRecord
    state: PrintState
    job: str = ""
    trouble: DeskError | None = None


def wait_for_news(
    printer: Printer,
    records: Callable[[], Sequence[PrintRecord]],
    document: Callable[[PrintRecord], bytes],
    cancel: Cancel,
) -> list[PrintNews]:
    """Hand over what is ordered and look at the rest, until at least one print is in another state.

    A printer that takes one job at a time is offered the next one again and again.

    Args:
        printer: whose jobs they are.
        records: gives the prints that have not ended, each in the state that is known, in the order of their orders;
            asked before each look, so that another one may join.
        document: gives the PDF of an ordered print.
        cancel: ends the waiting.

    Raises:
        Cancelled: somebody asked to stop.
    """
    while under_way := records():
        looks = [
            _offer(printer, each, document, cancel) if each.state is PrintState.ORDERED else _look(printer, each)
            for each in under_way
        ]
        news = [look for look in looks if look.state is not look.record.state]
        if news:
            return news
        cancel.wait(WAIT_S if all(record.state in _SLOW for record in under_way) else LOOK_S)
    return []


def recover(
    store: Store, session: Session, printer: Printer, came_out: Callable[[PrintRecord], object] | None = None
) -> list[PrintNews]:
    """After a start: look once at the prints whose end nobody heard, and remove what a killed program left behind.

    A print that was ordered and whose job nobody finds is `unknown`: the program may have ended right after the printer
    took it. Those that go on are returned in the state in which they are, to be followed.

    Args:
        store: the desk's database.
        session: who is signed in.
        printer: whose jobs they are.
        came_out: records by itself that a paper is out, with what follows from it; without, only that it is.
    """
    printer.sweep()
    found = []
    for record in store.unended_prints():
        report = _ask(printer, record)
        if report.state is PrintState.COMPLETED and came_out is not None:
            came_out(record)
            found.append(PrintNews(replace(record, state=report.state), report.state, report.job))
            continue
        after = note_state(store, session, record, report.state, report.job) if report.state.ended else record
        if not report.state.ended:
            job = report.job or record.job
            if job and not record.job:
                after = note_state(store, session, record, PrintState.QUEUED, job)
            after = replace(after, state=report.state)
        found.append(PrintNews(after, report.state, report.job, trouble_of(report.state, report.waiting)))
    return found


def _offer(
    printer: Printer, record: PrintRecord, document: Callable[[PrintRecord], bytes], cancel: Cancel
) -> PrintNews:
    try:
        job = printer.hand_over(document(record), record.serial, cancel)
    except PrinterBusy:
        return PrintNews(record, record.state)
    except DeskError as error:
        return PrintNews(record, PrintState.NOT_TAKEN, trouble=error)
    return PrintNews(record, PrintState.QUEUED, job.job)


def _look(printer: Printer, record: PrintRecord) -> PrintNews:
    report = _ask(printer, record)
    return PrintNews(record, report.state, trouble=trouble_of(report.state, report.waiting))


def _ask(printer: Printer, record: PrintRecord) -> JobReport:
    try:
        return printer.look_up(record.job, record.serial)
    except PrinterMissing:
        return JobReport(PrintState.VANISHED)
