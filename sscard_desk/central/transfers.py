"""An application goes to another service point: its scope, its entries and its pictures move in one transaction."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import msgspec
from sqlalchemy import Connection, select, update

from sscard_desk.central.store import blobs, feeds
from sscard_desk.central.store.applications import Standing
from sscard_desk.central.store.conflict_tables import transfer
from sscard_desk.central.store.desks import Desk
from sscard_desk.central.store.tables import entry as entries
from sscard_desk.central.store.tables import feed, item, point
from sscard_desk.central.store.upsert import put
from sscard_desk.domain import events
from sscard_desk.domain.steps import BEFORE_CARD
from sscard_desk.wire.blob_names import blobs_of
from sscard_desk.wire.entry import decode_event
from sscard_desk.wire.feed import STAFF_ELSEWHERE, point_scope, write_row
from sscard_desk.wire.staff import KIND as STAFF

ASKED, DONE, DECLINED = "asked", "done", "declined"


def is_point(connection: Connection, code: str, desk: Desk) -> bool:
    """Return whether this is another service point than the desk's own."""
    found = connection.execute(select(point.c.id).where(point.c.id == code)).first()
    return found is not None and code != desk.point


def may_go(standing: Standing) -> bool:
    """Return whether an application can still go elsewhere: not once a card was begun, nor at its end."""
    return standing.state.step in BEFORE_CARD and standing.state.card is None


def ask(connection: Connection, desk: Desk, standing: Standing, event: events.TransferAsked, now_ms: int) -> None:
    """Keep that a service point asks for an application."""
    put(
        connection,
        transfer,
        subject=standing.state.id,
        number=standing.state.number,
        from_point=standing.point,
        to_point=desk.point,
        reason=event.reason,
        state=ASKED,
        answer="",
        at_ms=now_ms,
    )


def answer(connection: Connection, subject: str, state: str, words: str) -> None:
    """Keep what became of a question for an application, where there was one."""
    same = (transfer.c.subject == subject) & (transfer.c.state == ASKED)
    connection.execute(update(transfer).where(same).values(state=state, answer=words))


def told(connection: Connection, subject: str) -> Mapping[str, bytes]:
    """Return the row about a question, for each scope that it concerns; empty where nobody asked."""
    row = connection.execute(select(transfer).where(transfer.c.subject == subject)).first()
    if row is None:
        return {}
    names = _names(connection, row.from_point, row.to_point)
    body = write_row(
        {
            "number": row.number,
            "from_point": row.from_point,
            "from_name": names.get(row.from_point, ""),
            "to_point": row.to_point,
            "to_name": names.get(row.to_point, ""),
            "reason": row.reason,
            "state": row.state,
            "answer": row.answer,
            "asked_ms": str(row.at_ms),
        }
    )
    return {point_scope(row.from_point): body, point_scope(row.to_point): body}


def move(
    connection: Connection, subject: str, old: str, new: str, late: Sequence[str]
) -> dict[str, list[feeds.Change]]:
    """Let an application's entries and pictures go from one service point to another.

    Args:
        connection: the batch's transaction, its entries written.
        subject: the application.
        old: the service point that had it.
        new: the one that has it now.
        late: ids of its entries of this batch that no feed has yet, in their order, the transfer last.

    Returns:
        What changes in the two scopes: tombstones here, everything there, and whose seals are on it.
    """
    here, there = point_scope(old), point_scope(new)
    standing = _standing_entries(connection, here, subject)
    ids = [*(row.id for row in standing), *late]
    _hide(connection, here, [row.id for row in standing])
    known = _versions(connection, there, feeds.ENTRY, ids)
    arriving = [feeds.Change(feeds.ENTRY, key, known.get(key, 0) + 1, b"", before=known.get(key, 0)) for key in ids]
    gone = [
        feeds.Change(feeds.ENTRY, row.id, row.version + 1, b"", deleted=True, before=row.version) for row in standing
    ]
    said = _said(connection, subject)
    named = sorted({blob for event, _ in said for blob in blobs_of(event)})
    blobs.move(connection, old, new, named, subject)
    accounts = _accounts(connection, here, said)
    sealed = feeds.changed_rows(
        connection, there, STAFF_ELSEWHERE, {key: partial(_as_it_is, body) for key, body in accounts.items()}
    )
    return {here: gone, there: [*sealed, *arriving]}


def _as_it_is(body: bytes, _version: int) -> bytes:
    return body


def _standing_entries(connection: Connection, scope: str, subject: str) -> Sequence[Any]:
    """Return (id, version) of an application's entries that stand in a scope, in the feed's order."""
    return connection.execute(
        select(item.c.id, item.c.version)
        .join(entries, entries.c.entry_id == item.c.id)
        .join(feed, (feed.c.scope == item.c.scope) & (feed.c.position == item.c.position))
        .where(item.c.scope == scope, item.c.kind == feeds.ENTRY, entries.c.subject == subject, feed.c.deleted == 0)
        .order_by(item.c.position)
    ).all()


def _hide(connection: Connection, scope: str, ids: Sequence[str]) -> None:
    """Let a desk that is behind find tombstones too: what it did not hear in time is not told any more."""
    if ids:
        old = (feed.c.scope == scope) & (feed.c.kind == feeds.ENTRY) & feed.c.id.in_(ids)
        connection.execute(update(feed).where(old).values(deleted=1))


def _versions(connection: Connection, scope: str, kind: str, ids: Sequence[str]) -> dict[str, int]:
    rows = connection.execute(
        select(item.c.id, item.c.version).where(item.c.scope == scope, item.c.kind == kind, item.c.id.in_(ids))
    )
    return {row.id: int(row.version) for row in rows}


def _said(connection: Connection, subject: str) -> list[tuple[events.Event, str]]:
    """Return what an application's taken entries say, and who acted."""
    rows = connection.execute(
        select(entries.c.kind, entries.c.payload, entries.c.header).where(
            entries.c.subject == subject, entries.c.outcome == "stored", entries.c.payload.is_not(None)
        )
    )
    found: list[tuple[events.Event, str]] = []
    for row in rows:
        try:
            found.append((decode_event(row.kind, row.payload), str(msgspec.msgpack.decode(row.header)["actor"])))
        except (KeyError, msgspec.MsgspecError):
            continue  # of a later program: it goes along as it is
    return found


def _accounts(connection: Connection, scope: str, said: Sequence[tuple[events.Event, str]]) -> dict[str, bytes]:
    """Return the rows of the staff list, as the centre sealed them, of those who sealed something of an application."""
    accounts: set[str] = set()
    for event, actor in said:
        if isinstance(event, events.Signed | events.Approved | events.PhotoConsented):
            accounts |= {actor, getattr(event, "witness", None) or actor}
    return feeds.bodies_by_id(connection, scope, STAFF, sorted(accounts))


def _names(connection: Connection, *codes: str) -> dict[str, str]:
    return {row.id: row.name for row in connection.execute(select(point).where(point.c.id.in_(codes)))}
