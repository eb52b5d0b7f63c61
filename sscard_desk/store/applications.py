"""Where each application stands: the fold of its entries, kept so that nothing has to be folded again to show it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Select, select

from sscard_desk.domain.application import Application
from sscard_desk.domain.errors.conflicts import ApplicationElsewhere
from sscard_desk.domain.errors.operator import ApplicationUnknown, StepNotAllowed
from sscard_desk.domain.events import Event, Opened
from sscard_desk.domain.folding import apply, open_application
from sscard_desk.domain.ids import AccountId, ApplicationId
from sscard_desk.domain.steps import ENDED, FROM, Step
from sscard_desk.store import tables

_table = tables.application.c


def concerns_application(event_kind: str) -> bool:
    """Return whether entries of this kind have an application as their subject."""
    return event_kind == Opened.kind or event_kind in FROM


def after(connection: Connection, subject: str, event: Event, actor: AccountId, here: str = "") -> Application:
    """Return the application after this event; nothing is kept yet.

    Args:
        connection: any transaction.
        subject: the application.
        event: what happens.
        actor: who acts.
        here: this service point, where only its own applications may go on; empty for what happened elsewhere.

    Raises:
        StepNotAllowed, OwnApplication, SignatureVoid: from the domain.
        ApplicationUnknown: no application has this key.
        ApplicationElsewhere: it went to another service point.
    """
    application = ApplicationId(subject)
    if isinstance(event, Opened):
        found = find(connection, application)
        if found is not None:
            raise StepNotAllowed(act=event.kind, step=found.step.value)
        return open_application(application, event, actor)
    before = load(connection, application)
    if here and is_elsewhere(before, here):
        raise ApplicationElsewhere(number=before.number, point=before.point_name or before.point)
    return apply(before, event, actor)


def number_taken(connection: Connection, application: Application) -> bool:
    """Return whether another application here has this one's number: two data folders gave out the same numbers."""
    same = (_table.number == application.number) & (_table.id != application.id)
    return connection.execute(select(_table.id).where(same)).first() is not None


def is_elsewhere(application: Application, here: str) -> bool:
    """Return whether an application belongs to another service point than this one by now."""
    return application.point not in {"", here}


def keep(connection: Connection, application: Application, turn: int, here: str) -> None:
    """Keep where an application stands now; one that went to another service point is no work of this one any more.

    Args:
        connection: the transaction that wrote the entry.
        application: after the entry.
        turn: number of the act in this database's history, for "changed last".
        here: this service point.
    """
    tables.put(
        connection,
        tables.application,
        id=application.id,
        number=application.number,
        step=application.step.value,
        ended=int(application.step in ENDED or is_elsewhere(application, here)),
        id_number=application.id_number,
        name=application.name,
        opened_by=application.opened_by,
        version=application.version,
        changed=turn,
        snapshot=_encoder.encode(application),
    )


def find(connection: Connection, application: ApplicationId) -> Application | None:
    """Return where an application stands, or None."""
    return _first(connection, _snapshots(_table.id == application))


def load(connection: Connection, application: ApplicationId) -> Application:
    """Return where an application stands.

    Raises:
        ApplicationUnknown: no application has this key.
    """
    found = find(connection, application)
    if found is None:
        raise ApplicationUnknown
    return found


def by_number(connection: Connection, number: str) -> Application:
    """Return the application with this number.

    Raises:
        ApplicationUnknown: none has it here.
    """
    found = _first(connection, _snapshots(_table.number == number))
    if found is None:
        raise ApplicationUnknown
    return found


def open_for(connection: Connection, id_number: str) -> Application | None:
    """Return the open application of a person, the newest if there are several."""
    mine = _snapshots((_table.id_number == id_number) & (_table.ended == tables.FALSE))
    return _first(connection, mine.order_by(_table.changed.desc()).limit(1))


def waiting_for_approval(connection: Connection, limit: int) -> Sequence[Application]:
    """Return signed applications without an approval, oldest first; written cards that wait for one are among them."""
    steps = [Step.SIGNED.value, Step.APPROVAL_DEFERRED.value, Step.CARD_WRITTEN.value]
    waiting = _table.step.in_(steps) & (_table.ended == tables.FALSE)
    found: list[Application] = []
    for row in connection.execute(_snapshots(waiting).order_by(_table.changed)):
        application = _decoder.decode(row.snapshot)
        if application.approval is None or application.step is Step.SIGNED:
            found.append(application)
        if len(found) == limit:
            break
    return found


def in_work(connection: Connection) -> Sequence[Application]:
    """Return every application that has not ended, oldest change first."""
    open_ = _snapshots(_table.ended == tables.FALSE).order_by(_table.changed)
    return [_decoder.decode(snapshot) for snapshot in connection.execute(open_).scalars()]


def with_card(connection: Connection, first: date, last: date) -> Sequence[Application]:
    """Return the applications whose written card is dated in a period, by number; linear in all cards written here."""
    steps = [Step.CARD_WRITTEN.value, Step.HANDED_OVER.value]
    written = connection.execute(_snapshots(_table.step.in_(steps)).order_by(_table.number)).scalars()
    decoded = (_decoder.decode(snapshot) for snapshot in written)
    return [each for each in decoded if each.card is not None and first <= each.card.issue_date <= last]


def recent(connection: Connection, limit: int) -> Sequence[Application]:
    """Return the applications that changed last, newest first."""
    newest = select(_table.snapshot).order_by(_table.changed.desc()).limit(limit)
    return [_decoder.decode(snapshot) for snapshot in connection.execute(newest).scalars()]


def _snapshots(condition: ColumnElement[bool]) -> Select[tuple[Any]]:
    return select(_table.snapshot).where(condition)


def _first(connection: Connection, statement: Select[tuple[Any]]) -> Application | None:
    snapshot = connection.execute(statement).scalars().first()
    return None if snapshot is None else _decoder.decode(snapshot)


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Application)
