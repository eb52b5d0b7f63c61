"""Lists of a period that a service point prints for itself and for banks: what stands on them, and their records."""

import secrets
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from sscard_desk.domain.application import Application
from sscard_desk.domain.events import PrintOrdered
from sscard_desk.domain.ids import PrintId
from sscard_desk.domain.prints import PrintRecord, list_subject
from sscard_desk.ports.session import Session
from sscard_desk.ports.store import Store
from sscard_desk.usecases.desk_time import need_true_date
from sscard_desk.usecases.papers import MadePaper
from sscard_desk.usecases.prints import BEIJING, need_reason_again


def spoiled_between(store: Store, first: date, last: date) -> Sequence[PrintRecord]:
    """Return the sheets that were marked spoiled from one day to another, both included (Beijing time)."""
    return store.spoiled_prints(*_moments(first, last))


def lists_between(store: Store, first: date, last: date) -> Sequence[PrintRecord]:
    """Return the lists that were printed from one day to another, both included (Beijing time)."""
    return store.list_prints(*_moments(first, last))


def cards_for_bank(store: Store, bank: str, first: date, last: date) -> list[Application]:
    """Return the applications of a bank whose card was written here from one day to another, both included."""
    return [each for each in store.with_card(first, last) if each.bank == bank]


def staff_names(store: Store) -> dict[str, str]:
    """Return the display name of each account that the centre named."""
    return {row.get("account", row.get("code", "")): row.get("name", "") for row in store.reference("staff")}


def order_list(
    store: Store, session: Session, printer: str, made: MadePaper, pages: int, *, reason: str = "", words: str = ""
) -> PrintRecord:
    """Record that a list is to be printed; the printer has not heard of it yet.

    Args:
        store: the desk's database.
        session: who is signed in.
        printer: what the printer is called here.
        made: the list, with a number of its own.
        pages: how many it has.
        reason: code of `reprint_reason`; needed for a second copy.
        words: the same in free words.

    Raises:
        ClockWrong: nobody knows which date would stand on it.
        ReprintReasonMissing: a second copy without a reason.
        ReasonMissing: the reason is "other" and nobody said in words which.
        DiskFull: nothing was kept.
    """
    need_true_date(store)
    need_reason_again(made.copy, reason, words)
    key, subject = PrintId(secrets.token_hex(16)), list_subject(made.serial.rpartition("-")[0])
    with store.work(session.account) as work:
        event = PrintOrdered(
            print=key,
            form=made.definition.name,
            edition=made.definition.edition,
            serial=made.serial,
            copy=made.copy,
            pages=pages,
            printer=printer,
            digest=made.digest,
            paper=work.put_blob(made.pdf),
            reason=reason if made.copy > 1 else "",
            words=words if made.copy > 1 else "",
        )
        work.record(event, subject=subject)
        return next(each for each in work.prints(subject) if each.id == key)


def _moments(first: date, last: date) -> tuple[datetime, datetime]:
    """Return when the first day begins and when the day after the last one does."""
    begin = datetime.combine(first, time(), BEIJING).astimezone(UTC)
    return begin, datetime.combine(last + timedelta(days=1), time(), BEIJING).astimezone(UTC)
