"""The stock books of all desks, folded: what a desk says of its cards is kept, and a card at two desks is told to both.

An act on a card happened; it is never refused. What cannot be is kept as a row `blank_elsewhere` in the scope of every
service point it concerns, until one of the desks hands the card back.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.store import blanks, feeds, staff
from sscard_desk.central.store.blanks import BY_CENTRE, BY_SEAL, LENT, Place
from sscard_desk.central.store.desks import Desk
from sscard_desk.domain import events, seals
from sscard_desk.domain.events import Event
from sscard_desk.domain.ids import AccountId
from sscard_desk.domain.stock import ELSEWHERE, BlankState, moves, received
from sscard_desk.wire.feed import point_scope, write_row

Acts = Sequence[tuple[Event, str, AccountId]]
"""Events with their subject and who acted."""


def codes_of(acts: Acts) -> set[str]:
    """Return the cards that these acts are about."""
    found = {move.identification_code.upper() for event, subject, _ in acts for move in moves(event, subject)}
    for event, _, _ in acts:
        if isinstance(event, events.StockReceived):
            found |= {blank.identification_code for blank in received(event)}
        if isinstance(event, events.SpoilConfirmed):
            found.add(event.identification_code.upper())
    return found


def note(connection: Connection, desk: Desk, acts: Acts) -> dict[str, list[feeds.Change]]:
    """Keep what a desk did with cards; return what changes in which scopes, to be published by the caller.

    Args:
        connection: the batch's transaction.
        desk: who did it.
        acts: in the order of its journal.
    """
    codes = codes_of(acts)
    if not codes:
        return {}
    known = blanks.find_all(connection, codes)
    now = dict(known)
    for event, subject, actor in acts:
        _fold(now, desk, event, subject, actor)
        if isinstance(event, events.SpoilConfirmed):
            _confirm(now, desk, event, actor, sealed=_sealed(connection, event, actor))
    return _settle(connection, known, now, desk.point)


def lend(connection: Connection, point: str, rows: Iterable[Place]) -> dict[str, list[feeds.Change]]:
    """Keep that cards are lent to desks; one that was lent to another desk, and never heard of there, moves.

    Args:
        connection: a writing transaction.
        point: of the desks.
        rows: the cards.
    """
    lent = [replace(row, point=point) for row in rows if row.desk]
    known = blanks.find_all(connection, {row.identification_code for row in lent})
    now = dict(known)
    for row in lent:
        for key, place in known.items():
            if place.identification_code == row.identification_code and place.state == LENT and place.desk != row.desk:
                now[key] = replace(place, state=BlankState.RETURNED.value)
        now.setdefault((row.identification_code, row.desk), row)
    return _settle(connection, known, now, point)


def confirm(centre: OpenCentre, identification_code: str, operator: str) -> int:
    """Keep that the centre has a spoiled card in hand, and tell who spoiled it. Returns at how many desks that was."""
    code = identification_code.upper()
    with centre.database.writing() as connection:
        known = blanks.find_all(connection, {code})
        spoiled = {
            key: replace(place, confirmed_by=operator, confirmed_how=BY_CENTRE)
            for key, place in known.items()
            if place.state == BlankState.SPOILED and not place.confirmed_how
        }
        blanks.keep_all(connection, spoiled.values(), ())
        body = {code: _body({"operator": operator})}
        for scope in sorted({point_scope(place.point) for place in spoiled.values()}):
            feeds.publish(connection, scope, feeds.changed_rows(connection, scope, "spoil_confirmed", body))
    return len(spoiled)


def _fold(now: dict[tuple[str, str], Place], desk: Desk, event: Event, subject: str, actor: AccountId) -> None:
    if isinstance(event, events.StockReceived):
        for blank in received(event):
            before = now.get((blank.identification_code, desk.id))
            free = BlankState.FREE.value
            state = before.state if before is not None and before.state != LENT else free
            now[blank.identification_code, desk.id] = Place(
                blank.identification_code, desk.id, desk.point, state, blank.stock_no, blank.card_number
            )
    for move in moves(event, subject):
        code = move.identification_code.upper()
        before = now.get((code, desk.id)) or Place(code, desk.id, desk.point, "")
        spoiled_by = actor if move.to is BlankState.SPOILED else before.spoiled_by
        now[code, desk.id] = replace(before, state=move.to.value, spoiled_by=spoiled_by)


def _confirm(
    now: dict[tuple[str, str], Place], desk: Desk, event: events.SpoilConfirmed, actor: AccountId, *, sealed: bool
) -> None:
    """Keep that somebody else has seen a spoiled card; a word of an older desk can be followed by a seal."""
    code = event.identification_code.upper()
    for key, place in list(now.items()):
        unseen = not place.confirmed_by or (sealed and not place.confirmed_how)
        spoiled = place.state == BlankState.SPOILED and unseen
        if key[0] == code and spoiled and actor != place.spoiled_by and place.point == desk.point:
            now[key] = replace(place, confirmed_by=actor, confirmed_how=BY_SEAL if sealed else "")


def _sealed(connection: Connection, event: events.SpoilConfirmed, actor: AccountId) -> bool:
    known = staff.find(connection, actor) if event.seal else None
    return known is not None and known.holds(seals.confirmed_bytes(event.identification_code), event.seal)


def _settle(
    connection: Connection, known: dict[tuple[str, str], Place], now: dict[tuple[str, str], Place], point: str
) -> dict[str, list[feeds.Change]]:
    changed = [place for key, place in now.items() if known.get(key) != place]
    blanks.keep_all(connection, changed, now.keys() - known.keys())
    before, after = _twice(known.values()), _twice(now.values())
    if not before and not after:
        return {}
    told: dict[str, dict[str, Callable[[int], bytes]]] = defaultdict(dict)
    gone: dict[str, list[str]] = defaultdict(list)
    for code, places in after.items():
        desks = "、".join(sorted(place.desk for place in places))
        number = next((place.stock_no for place in places if place.stock_no), code)
        for at in {place.point for place in places}:
            told[point_scope(at)][code] = _body({"stock_no": number, "desks": desks})
    for code, places in before.items():
        for at in {place.point for place in places}:
            if code not in told[point_scope(at)]:
                gone[point_scope(at)].append(code)
    return {
        scope: [
            *feeds.changed_rows(connection, scope, ELSEWHERE, told.get(scope, {})),
            *feeds.gone_rows(connection, scope, ELSEWHERE, gone.get(scope, ())),
        ]
        # the counter of the desk's own scope is taken in its turn: it is published to afterwards
        for scope in sorted(told.keys() | gone.keys() | {point_scope(point)})
    }


def _twice(places: Iterable[Place]) -> dict[str, tuple[Place, ...]]:
    """Return the cards that more than one desk has, with those desks."""
    found: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        if place.here:
            found[place.identification_code].append(place)
    return {code: tuple(sorted(at, key=lambda p: p.desk)) for code, at in found.items() if len(at) > 1}


def _body(row: dict[str, str]) -> Callable[[int], bytes]:
    return lambda _version: write_row(row)
