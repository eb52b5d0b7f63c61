"""Requests of persons for erasure, as this desk and others recorded them, with what the centre answered."""

from collections.abc import Sequence

from sqlalchemy import Connection, select

from sscard_desk.domain.erasure import Erasure, ErasureRequest, RequestState
from sscard_desk.domain.events import ErasureAsked
from sscard_desk.store import erasures, reference, tables
from sscard_desk.store.clock import moment
from sscard_desk.wire.erasure import ANSWER_KIND


def every(connection: Connection, own_desk: str) -> Sequence[ErasureRequest]:
    """Return the newest request of each application, oldest first."""
    act, entry = tables.act.c, tables.entry.c
    mine = (entry.seq == act.seq) & (act.desk == own_desk)
    rows = connection.execute(
        select(act.subject, act.desk, act.at_ms, entry.received_ms)
        .select_from(tables.act.outerjoin(tables.entry, mine))
        .where(act.kind == ErasureAsked.kind)
        .order_by(act.id)
    )
    answers = {row["id"]: row.get("words", "") for row in reference.rows(connection, ANSWER_KIND)}
    orders = {one.subject: one for one in erasures.every(connection) if one.why.from_centre}
    found: dict[str, ErasureRequest] = {}
    for subject, desk, at_ms, received_ms in rows:
        sent = desk != own_desk or received_ms is not None
        state = _state(orders.get(subject), refused=subject in answers, sent=sent)
        words = answers.get(subject, "") if state is RequestState.REFUSED else ""
        found.pop(subject, None)
        found[subject] = ErasureRequest(subject, desk, moment(at_ms), state, words)
    return list(found.values())


def _state(order: Erasure | None, *, refused: bool, sent: bool) -> RequestState:
    if order is not None:
        return RequestState.WAITING if order.waiting else RequestState.ERASED
    if refused:
        return RequestState.REFUSED
    return RequestState.ASKED if sent else RequestState.UNSENT
