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
from sscard_desk.usecases.papers import MadePaper
from sscard_desk.usecases.prints import BEIJING


def spoiled_between(store: Store, first: date, last: date) -> Sequence[PrintRecord]:
    """Return the sheets that were marked spoiled from one day to another, both included (Beijing time)."""
    begin = datetime.combine(first, time(), BEIJING).astimezone(UTC)
    end = datetime.combine(last + timedelta(days=1), time(), BEIJING).astimezone(UTC)
    return store.spoiled_prints(begin, end)


def cards_for_bank(store: Store, bank: str, first: date, last: date) -> list[Application]:
    """Return the applications of a bank whose card was written here from one day to another, both included."""
    return [each for each in store.with_card(first, last) if each.bank == bank]


def staff_names(store: Store) -> dict[str, str]:
    """Return the display name of each account that the centre named."""
    return {row.get("account", row.get("code", "")): row.get("name", "") for row in store.reference("staff")}


def order_list(store: Store, session: Session, printer: str, made: MadePaper, pages: int) -> PrintRecord:
    """Record that a list is to be printed; the printer has not heard of it yet.

    Args:
        store: the desk's database.
        session: who is signed in.
        printer: what the printer is called here.
        made: the list, with a number of its own.
        pages: how many it has.

    Raises:
        DiskFull: nothing was kept.
    """
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
        )
        work.record(event, subject=subject)
        return next(each for each in work.prints(subject) if each.id == key)
