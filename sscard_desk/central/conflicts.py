"""Two open applications of one person, and cards outside their application: kept, and told to every point concerned.

What is told names applications, service points and steps; nothing of a person.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select, update

from sscard_desk.central.store import applications
from sscard_desk.central.store.applications import Standing
from sscard_desk.central.store.conflict_tables import conflict
from sscard_desk.central.store.desks import Desk
from sscard_desk.central.store.tables import point
from sscard_desk.central.store.upsert import put
from sscard_desk.domain import events
from sscard_desk.domain.events import Event
from sscard_desk.wire.feed import point_scope, write_row
from sscard_desk.wire.refusals import Refusal


def begin(connection: Connection, desk: Desk, second: tuple[str, str], other: Standing | None, now_ms: int) -> None:
    """Keep that a desk opened an application for somebody who has one open already.

    Args:
        connection: the batch's transaction.
        desk: who opened the second one.
        second: its key and its number.
        other: the first one.
        now_ms: the centre's time.
    """
    subject, number = second
    row = _find(connection, subject)
    put(
        connection,
        conflict,
        subject=subject,
        what=Refusal.ALREADY_OPEN.value,
        other=other.state.id if other else "",
        number=number,
        point=desk.point,
        desk=desk.id,
        card=row["card"] if row else "",
        outcome="",
        at_ms=row["at_ms"] if row else now_ms,
    )


def note_card(connection: Connection, desk: Desk, own: tuple[str, str], event: Event, now_ms: int) -> None:
    """Keep what a desk did with a card for an application that does not have it here.

    Args:
        connection: the batch's transaction.
        desk: who did it.
        own: key of the application, and its number where the centre has it.
        event: what it did.
        now_ms: the centre's time.
    """
    subject, number = own
    row = _find(connection, subject)
    base = row or {
        "subject": subject,
        "what": Refusal.CARD_OUTSIDE.value,
        "other": "",
        "number": number,
        "point": desk.point,
        "desk": desk.id,
        "at_ms": now_ms,
    }
    put(connection, conflict, **(dict(base) | {"card": _card(event), "outcome": ""}))


def settle(connection: Connection, subject: str, outcome: str) -> bool:
    """Keep how a conflict ended; return whether there was one."""
    if _find(connection, subject) is None:
        return False
    connection.execute(update(conflict).where(conflict.c.subject == subject).values(outcome=outcome))
    return True


def deciders(connection: Connection, subject: str, asking: str, own: Standing | None) -> set[str]:
    """Return the service points whose decision about a conflict counts.

    Args:
        connection: the batch's transaction.
        subject: the application that the conflict is about.
        asking: the service point that decides; counts where there is no conflict.
        own: the application, where the centre took it.
    """
    row = _find(connection, subject)
    points = {row["point"]} if row else {asking}
    return points | ({own.point} if own else set())


def told(connection: Connection, subject: str) -> dict[str, bytes]:
    """Return the row about a conflict, for the scope of every service point that it concerns."""
    row = _find(connection, subject)
    if row is None:
        return {}
    other = applications.find_all(connection, {row["other"]}).get(row["other"]) if row["other"] else None
    codes = {row["point"], *((other.point,) if other else ())}
    names = {each.id: each.name for each in connection.execute(select(point).where(point.c.id.in_(codes)))}
    body = {name: str(row[name]) for name in ("what", "number", "point", "desk", "card", "outcome", "at_ms")}
    body["point_name"] = names.get(row["point"], "")
    if other is not None:
        body |= {
            "first": other.state.number,
            "first_key": other.state.id,
            "first_point": other.point,
            "first_name": names.get(other.point, ""),
            "first_desk": other.content_desk,
            "first_step": other.state.step.value,
        }
    return {point_scope(code): write_row(body) for code in sorted(codes)}


def open_ones(connection: Connection) -> list[dict[str, str]]:
    """Return every conflict that nobody decided yet, oldest first."""
    rows = connection.execute(select(conflict).where(conflict.c.outcome == "").order_by(conflict.c.at_ms)).mappings()
    return [{name: str(value) for name, value in row.items()} for row in rows]


def _find(connection: Connection, subject: str) -> Mapping[str, Any] | None:
    row = connection.execute(select(conflict).where(conflict.c.subject == subject)).mappings().first()
    return dict(row) if row else None


def _card(event: Event) -> str:
    match event:
        case events.CardIntended():
            return "intended"
        case events.CardWritten():
            return "written"
        case events.HandedOver():
            return "handed_over"
        case _:
            return "spoiled"
