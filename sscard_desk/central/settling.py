"""Somebody decided what becomes of entries that were not taken: that is kept, and what may be taken now is taken."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import msgspec
from sqlalchemy import Connection, select, update

from sscard_desk.central.store.tables import entry as entries
from sscard_desk.domain.conflicts.outcomes import LEAVE_AS_THEY_ARE
from sscard_desk.domain.events import ConflictSettled, Opened
from sscard_desk.wire.entry import decode_event

SETTLED = "settled"
"""Outcome of a row that somebody decided on: the centre holds it, and it changes nothing."""
_OPEN = ("conflict", "refused")


@dataclass(frozen=True)
class Opening:
    """The entry that opened an application and was not taken, with what it says by the decision."""

    row: Mapping[str, Any]
    event: Opened


def mended_rows(
    connection: Connection, desk: str, event: ConflictSettled, now: Sequence[dict[str, Any]] = ()
) -> Sequence[dict[str, Any]]:
    """Return the entries that a decision names, as far as this desk sent them and they were not taken.

    Args:
        connection: the batch's transaction.
        desk: who decided.
        event: the decision.
        now: rows of the same batch that were not taken; the table does not have them yet.
    """
    query = select(entries).where(
        entries.c.desk == desk, entries.c.entry_id.in_(event.entries), entries.c.outcome.in_(_OPEN)
    )
    before = [dict(row) for row in connection.execute(query.order_by(entries.c.seq)).mappings()]
    return [*before, *(row for row in now if row["entry_id"] in event.entries)]


def opening_of(rows: Sequence[Mapping[str, Any]], subject: str, event: ConflictSettled) -> Opening | None:
    """Return the entry that is taken after all by this decision, None if the decision takes none.

    A second application is opened by the supervisor's leave; one whose number was taken, under its new number.
    """
    if event.outcome not in LEAVE_AS_THEY_ARE:
        return None
    row = next((each for each in rows if each["kind"] == Opened.kind and each["subject"] == subject), None)
    if row is None or row["payload"] is None:
        return None
    try:
        opened = decode_event(Opened.kind, row["payload"])
    except msgspec.MsgspecError:
        return None
    if not isinstance(opened, Opened):
        return None
    number = event.number or opened.number
    allowed = opened
    if event.exception:
        allowed = replace(opened, exception=event.exception, exempted_by=event.exempted_by)
    return Opening(row, replace(allowed, number=number))


def settle(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Keep that these entries were decided on; what they say stays."""
    for row in rows:
        at = (entries.c.desk == row["desk"]) & (entries.c.seq == row["seq"])
        connection.execute(update(entries).where(at).values(outcome=SETTLED))
        row["outcome"] = SETTLED  # one of the same batch is written with it
