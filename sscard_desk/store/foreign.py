"""Entries of other desks of this service point, as the feed brings them: folded like our own, never able to stop us.

What cannot be folded (two desks acted on one application while one was offline) stands on a list of conflicts; the
centre judged the same entries in its own order, and a person decides what is done.
"""

from collections.abc import Sequence
from typing import Final, Protocol

import msgspec
from sqlalchemy import Connection, insert, literal_column, select, update

from sscard_desk.domain import events
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.ids import AccountId, ApplicationId
from sscard_desk.domain.steps import ENDED
from sscard_desk.ports.conflicts import Conflict
from sscard_desk.store import (
    applications,
    aside,
    blobs,
    centre_order,
    corrections,
    drafts,
    erasures,
    journal,
    prints,
    refolding,
    sign_off,
    stock,
    tables,
)
from sscard_desk.store.clock import moment
from sscard_desk.wire.blob_names import blobs_of
from sscard_desk.wire.entry import Entry, Header, decode_event
from sscard_desk.wire.feed import read_entry_body

_table = tables.foreign_entry.c

_WITHOUT_APPLICATION: Final = (events.ConflictSettled, events.Transferred)
NUMBER_TAKEN: Final = refolding.NUMBER_TAKEN
UNREADABLE: Final = "unreadable"
TRAINING: Final = refolding.TRAINING
DIGEST: Final = refolding.DIGEST
UNKNOWN_KIND: Final = "unknown-kind"
_UNREAD: Final = (_table.conflict != literal_column("''")) & _table.conflict.in_((UNKNOWN_KIND, UNREADABLE))


class OwnPlace(Protocol):
    """This desk, as the data folder knows it."""

    @property
    def desk(self) -> str:
        """Its own name."""

    @property
    def service_point(self) -> str:
        """Its service point's code."""


def receive(connection: Connection, own: OwnPlace, *, training: bool, scope: str, body: bytes, fresh: bool) -> str:
    """Keep an entry and fold it; our own, and one that is known already, are passed over.

    Args:
        connection: the transaction of the page.
        own: this desk and its service point.
        training: what this data folder was made for.
        scope: where it came from.
        body: the item's body.
        fresh: whether the feed did not hold it before.

    Returns:
        The application that has to be folded anew once the page is applied: own entries of it come later in the
        centre's order, or the centre has again what it had lost; empty where none has to.
    """
    try:
        entry = read_entry_body(body)
        header = entry.read_header()
    except msgspec.MsgspecError:
        return ""  # there is nothing to name it by; the proof still counts the item
    if header.desk == own.desk:
        return header.subject if aside.taken_after_all(connection, header.seq) else ""
    if _known(connection, header):
        _came_back(connection, entry, header)
        return header.subject if fresh and applications.concerns_application(header.kind) else ""
    if erasures.holds(connection, header.subject):
        entry = Entry(header=entry.header, payload=None, salt=None)  # it came late: nothing erased comes back
    connection.execute(
        insert(tables.foreign_entry),
        {
            "entry_id": header.entry_id,
            "desk": header.desk,
            "seq": header.seq,
            "subject": header.subject,
            "header": entry.header,
            "payload": entry.payload,
            "salt": entry.salt,
            "scope": scope,
            "conflict": "",
        },
    )
    turn = journal.note_act(connection, header)
    conflict = _fold(connection, entry, header, turn, own.service_point, training=training)
    if conflict:
        _note_conflict(connection, header, conflict)
    if not applications.concerns_application(header.kind):
        return ""
    return header.subject if centre_order.own_ones_come_later(connection, header.subject) else ""


def fold_again(connection: Connection, here: str, *, training: bool) -> None:
    """Fold sign-offs that waited for their account's staff row, and what did not fit because they were missing.

    Args:
        connection: the transaction that brought staff rows.
        here: this service point.
        training: what this data folder was made for.
    """
    waiting = select(_table.subject).where(
        (_table.conflict != literal_column("''")) & (_table.conflict == sign_off.ACCOUNT_UNKNOWN)
    )
    act = tables.act.c
    rows = connection.execute(
        select(_table.header, _table.payload, _table.salt, _table.conflict)
        .join(tables.act, (act.desk == _table.desk) & (act.seq == _table.seq))
        .where((_table.conflict != literal_column("''")) & _table.subject.in_(waiting) & _table.payload.is_not(None))
        .order_by(act.id)
    ).all()
    reached: set[str] = set()
    for row in rows:
        entry = Entry(header=row.header, payload=row.payload, salt=row.salt)
        header = entry.read_header()
        if row.conflict != sign_off.ACCOUNT_UNKNOWN and header.subject not in reached:
            continue  # it did not fit before anything was missing: a person decides
        turn = journal.last_act(connection, header.subject)
        conflict = _fold(connection, entry, header, turn, here, training=training)
        if conflict != sign_off.ACCOUNT_UNKNOWN:
            reached.add(header.subject)
        _note_conflict(connection, header, conflict)


def waits_for_this_program(connection: Connection) -> bool:
    """Return whether an older program left an entry unread that this one can read."""
    headers = connection.execute(select(_table.header).where(_UNREAD & _table.payload.is_not(None))).scalars()
    return any(Entry(header=header, payload=None, salt=None).read_header().kind in events.KINDS for header in headers)


def fold_newly_known(connection: Connection, here: str, *, training: bool) -> None:
    """Fold entries of newer desks that the program of before did not know, at their place in the centre's order.

    Args:
        connection: a writing transaction.
        here: this service point.
        training: what this data folder was made for.
    """
    unread = select(_table.header, _table.payload, _table.salt).where(_UNREAD & _table.payload.is_not(None))
    applications_of = set[ApplicationId]()
    for row in connection.execute(unread.order_by(_table.desk, _table.seq)).all():
        entry = Entry(header=row.header, payload=row.payload, salt=row.salt)
        header = entry.read_header()
        if header.kind not in events.KINDS:
            continue
        turn = journal.last_act(connection, header.subject)
        _note_conflict(connection, header, _fold(connection, entry, header, turn, here, training=training))
        if applications.concerns_application(header.kind):
            applications_of.add(ApplicationId(header.subject))
    for subject in sorted(applications_of):
        refolding.refold(connection, subject, here)


def erase(connection: Connection, entry_id: str) -> None:
    """Drop what another desk's entry said, because it is not for this desk any more.

    Where all of its subject is to be erased it waits for that, which looks through the entries for their pictures.
    """
    subject = connection.execute(select(_table.subject).where(_table.entry_id == entry_id)).scalar()
    if subject is None or erasures.holds(connection, subject):
        return
    connection.execute(update(tables.foreign_entry).where(_table.entry_id == entry_id).values(payload=None, salt=None))


def conflicts(connection: Connection) -> Sequence[Conflict]:
    """Return the entries of other desks that could not be folded."""
    rows = connection.execute(
        select(_table.desk, _table.seq, _table.subject, _table.conflict)
        .where(_table.conflict != literal_column("''"))
        .order_by(_table.seq)
    )
    return [Conflict(row.desk, row.seq, row.subject, row.conflict) for row in rows]


def _note_conflict(connection: Connection, header: Header, conflict: str) -> None:
    same = _table.entry_id == header.entry_id
    connection.execute(update(tables.foreign_entry).where(same).values(conflict=conflict))


def _known(connection: Connection, header: Header) -> bool:
    same = (_table.entry_id == header.entry_id) | ((_table.desk == header.desk) & (_table.seq == header.seq))
    return connection.execute(select(_table.entry_id).where(same)).first() is not None


def _came_back(connection: Connection, entry: Entry, header: Header) -> None:
    """Keep again what another desk's entry says, where its application came back from another service point."""
    listed = select(tables.erasure.c.subject).where(tables.erasure.c.subject == header.subject)
    if entry.payload is not None and connection.execute(listed).first() is None:
        same = (_table.entry_id == header.entry_id) & _table.payload.is_(None)
        connection.execute(update(tables.foreign_entry).where(same).values(payload=entry.payload, salt=entry.salt))


def _fold(connection: Connection, entry: Entry, header: Header, turn: int, here: str, *, training: bool) -> str:
    """Fold an entry into its application; return why that was not possible, or nothing."""
    if header.training != training:
        return TRAINING
    event = _event(entry, header)
    if not isinstance(event, events.Event):
        return event
    objection = sign_off.objection(connection, header, event)
    if objection:
        return objection
    for blob in blobs_of(event):
        blobs.want(connection, blob)
    by, at = AccountId(header.actor), moment(header.recorded_at)
    prints.note(connection, header.subject, event, at=at, by=by, desk=header.desk)
    if isinstance(event, events.CorrectionRequested):
        corrections.note(connection, header, event)
    conflict = _fold_application(connection, header, event, turn, here)
    if conflict:
        return conflict
    stock.note_elsewhere(connection, header.subject, event, stock.By(at, by, header.desk))
    return ""


def _fold_application(connection: Connection, header: Header, event: events.Event, turn: int, here: str) -> str:
    """Fold an event into its application; return why that was not possible, or nothing."""
    if not applications.concerns_application(header.kind):
        return ""
    subject = ApplicationId(header.subject)
    if isinstance(event, _WITHOUT_APPLICATION) and applications.find(connection, subject) is None:
        if isinstance(event, events.ConflictSettled) and event.number:
            refolding.refold(connection, subject, here)  # what opened it waits under the number that was taken
        return ""  # it was withdrawn before it was taken, or went elsewhere before this desk heard of it
    try:
        after = applications.after(connection, header.subject, event, AccountId(header.actor))
    except DeskError as error:
        return error.code
    if isinstance(event, events.Opened) and applications.number_taken(connection, after):
        return NUMBER_TAKEN
    applications.keep(connection, after, turn, here)
    if after.step in ENDED:
        drafts.drop(connection, after.id)  # what was typed here ends with its application
    if isinstance(event, events.Transferred) and applications.is_elsewhere(after, here):
        blobs.unwant(connection, refolding.named_blobs(connection, subject))
    return ""


def _event(entry: Entry, header: Header) -> events.Event | str:
    """Return what an entry says, or why it says nothing; an erased one says nothing and is no conflict."""
    if entry.payload is None:
        return ""
    if not entry.payload_fits():
        return DIGEST
    if header.kind not in events.KINDS:
        return UNKNOWN_KIND
    try:
        return decode_event(header.kind, entry.payload)
    except msgspec.MsgspecError:
        return UNREADABLE
