"""Whose data the centre is to erase: everything of one person, or what is older than its keeping period."""

from collections.abc import Mapping
from itertools import islice
from typing import Final

from sqlalchemy import ColumnElement, Connection, LargeBinary, delete, func, literal, select

from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.erasing import Erased, Reason, erase
from sscard_desk.central.imports import import_rows
from sscard_desk.central.migrations import POSTGRESQL
from sscard_desk.central.settling import SETTLED
from sscard_desk.central.store import bodies, erasures, feeds
from sscard_desk.central.store.audit import Record, unrecorded
from sscard_desk.central.store.photos import photo_release, register_photo, studio_photo
from sscard_desk.central.store.tables import application, blob_point, entry
from sscard_desk.domain.batch import PREFIX as BATCH
from sscard_desk.domain.erasure import Why
from sscard_desk.domain.events import Opened
from sscard_desk.domain.prints import LIST_SUBJECT
from sscard_desk.domain.steps import ENDED, Step
from sscard_desk.forms.keeping_rules import BACKUP, DESK, KIND, KeepingRules, keeping_rules
from sscard_desk.wire.feed import REFERENCE, read_row

DAY_MS: Final = 86_400_000
LONGEST_DAYS: Final = 5
"""Digits of the longest period."""


def rules_of(centre: OpenCentre) -> KeepingRules:
    """Return the keeping periods: what an operator set before what is shipped."""
    with centre.database.reading() as connection:
        rows = feeds.rows_of(connection, REFERENCE, KIND)
    return keeping_rules().with_rows({"id": key, **read_row(body)} for key, body in rows.items())


def set_period(centre: OpenCentre, kind: str, days: int) -> bool:
    """Set how long something is kept, here and at every desk; return whether that is new.

    Args:
        centre: where.
        kind: `desk`, `backup`, or a kind of `resources/cases/keeping.toml`.
        days: from 1 on.

    Raises:
        ValueError: no such kind, or no such number.
    """
    if kind not in _kinds() or days < 1:
        raise ValueError("no such keeping period")
    if not may_be_set(kind, str(days)):
        raise ValueError("shorter than the least that data allow")
    return bool(import_rows(centre, REFERENCE, KIND, {kind: {"days": str(days)}}))


def may_be_set(kind: str, days: str) -> bool:
    """Return whether a period is one that data know, with a number of days that they allow."""
    rules = keeping_rules()
    number = int(days) if days.isascii() and days.isdecimal() and len(days) <= LONGEST_DAYS else 0
    return kind in _kinds() and number >= (1 if rules.period(kind) is None else rules.least_days)


def _kinds() -> frozenset[str]:
    return frozenset({DESK, BACKUP, *(each.id for each in keeping_rules().periods)})


def subjects_of(connection: Connection, id_number: str) -> set[str]:
    """Return the applications of a person, also those that were never taken; reads through all of them."""
    wanted = id_number.upper().encode()
    states = select(application.c.subject).where(_holds(connection, application.c.state, wanted))
    opened = select(entry.c.subject).where(
        entry.c.kind == Opened.kind, entry.c.payload.is_not(None), _holds(connection, entry.c.payload, wanted)
    )
    return {subject for query in (states, opened) for subject in connection.execute(query).scalars()}


def find_number(connection: Connection, number: str) -> str | None:
    """Return the key of an application by its number, or None."""
    query = select(application.c.subject).where(application.c.number == number)
    return connection.execute(query).scalars().first()


def erase_person(centre: OpenCentre, id_number: str, reason: Reason, record: Record = unrecorded) -> Erased:
    """Erase everything of a person but the row in the register of the insured, which is not the centre's to erase.

    That is: the applications, the pictures that register and studios gave, and the number in the record of those
    given out. Applications that are open stay, and with them the pictures, unless the reason says otherwise.

    Args:
        centre: where.
        id_number: whose.
        reason: why.
        record: notes each application, and `portraits`, in the transaction that erases it.
    """
    with centre.database.reading() as connection:
        subjects = subjects_of(connection, id_number)
    done = erase(centre, subjects, reason, record)
    if not done.open:

        def drop(connection: Connection) -> int:
            dropped = _drop_portraits(connection, id_number.upper())
            if dropped:
                record(connection, "portraits")
            return dropped

        dropped = centre.database.write(drop)
        centre.database.forget_freed()
        return Erased(done.subjects, (), done.entries, done.blobs + dropped)
    return done


def due(centre: OpenCentre) -> dict[str, str]:
    """Return what is older than its keeping period: subject to kind, counted by what the centre received last.

    A clock that was set ahead makes nothing due before the next entry of a desk came.
    """
    rules = rules_of(centre)
    with centre.database.reading() as connection:
        now = min(centre.now_ms(), erasures.last_received(connection))
        found: dict[str, str] = {}
        for kind, subjects in _ended(connection).items():
            period = rules.period(kind)
            if period is not None:
                limit = now - max(period.days, rules.least_days) * DAY_MS
                found |= {subject: kind for subject, last in subjects.items() if last < limit}
    return found


def erase_due(centre: OpenCentre, record: Record = unrecorded, most: int | None = None) -> Erased:
    """Erase what is due, under the words of its period.

    Args:
        centre: where.
        record: notes each subject in the transaction that erases it.
        most: at most so many now; all of them without.
    """
    rules = rules_of(centre)
    total = Erased()
    kinds = dict(islice(due(centre).items(), most))
    for kind in sorted(set(kinds.values())):
        period = rules.period(kind)
        days = max(period.days, rules.least_days) if period else 0
        reason = Reason(Why.KEEPING_PERIOD, f"{kind} {days} days")
        done = erase(centre, [subject for subject, mine in kinds.items() if mine == kind], reason, record)
        total = Erased(
            (*total.subjects, *done.subjects),
            (*total.open, *done.open),
            total.entries + done.entries,
            total.blobs + done.blobs,
        )
    return total


def _ended(connection: Connection) -> Mapping[str, dict[str, int]]:
    """Return by kind what has ended, each with when its last entry was received."""
    last = func.max(entry.c.received_ms).label("last")
    steps = [step.value for step in ENDED]
    erased = select(erasures.erasure.c.subject)
    ended = (
        select(application.c.subject, application.c.step, last)
        .join(entry, entry.c.subject == application.c.subject)
        .where(application.c.step.in_(steps))
        .group_by(application.c.subject, application.c.step)
    )
    found: dict[str, dict[str, int]] = {}
    for subject, step, at in connection.execute(ended):
        found.setdefault(step, {})[subject] = at
    # one that a clerk decided on and that never stood here has ended as one that was withdrawn
    decided = (
        select(entry.c.subject)
        .where(entry.c.kind == Opened.kind, entry.c.outcome == SETTLED)
        .where(entry.c.subject.not_in(select(application.c.subject)), entry.c.subject.not_in(erased))
    )
    never = select(entry.c.subject, last).where(entry.c.subject.in_(decided)).group_by(entry.c.subject)
    found.setdefault(Step.WITHDRAWN.value, {}).update({row.subject: row.last for row in connection.execute(never)})
    for kind, prefix in (("list", LIST_SUBJECT), ("batch", BATCH)):
        mine = select(entry.c.subject, last).where(entry.c.subject.startswith(prefix), entry.c.subject.not_in(erased))
        rows = connection.execute(mine.group_by(entry.c.subject))
        found[kind] = {row.subject: row.last for row in rows}
    return found


def _holds(connection: Connection, column: ColumnElement[bytes], wanted: bytes) -> ColumnElement[bool]:
    """Return the condition that bytes stand anywhere in a column."""
    if connection.dialect.name == POSTGRESQL:
        return func.position(literal(wanted, LargeBinary).op("IN")(column)) > 0
    return func.instr(column, literal(wanted, LargeBinary)) > 0


def _drop_portraits(connection: Connection, id_number: str) -> int:
    names = set[str]()
    for table in (register_photo, studio_photo):
        names |= set(connection.execute(select(table.c.blob).where(table.c.id_number == id_number)).scalars())
        connection.execute(delete(table).where(table.c.id_number == id_number))
    given = photo_release.c.id_number == id_number
    connection.execute(photo_release.update().where(given).values(id_number="", receipt="", blob=""))
    bodies.lock(connection, names)
    for table in (register_photo, studio_photo):
        names -= set(connection.execute(select(table.c.blob).where(table.c.blob.in_(sorted(names)))).scalars())
    # what desks brought as well belongs to applications, which went before or stay
    names -= set(connection.execute(select(blob_point.c.blob).where(blob_point.c.blob.in_(sorted(names)))).scalars())
    bodies.drop(connection, sorted(names))
    return len(names)
