"""What the centre's feed fills: reference rows, stock, entries of other desks, each scope with its cursor and its sum.

The sum over (id, version) is kept up in the transaction that applies a page, so comparing with the centre at the end
of a sync costs nothing however large a scope is.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

import msgspec
from sqlalchemy import Connection, delete, select

from sscard_desk.domain.errors.centre import FeedBroken
from sscard_desk.domain.ids import ApplicationId
from sscard_desk.domain.stock import Blank, BlankState
from sscard_desk.forms.stock_rules import Lent, Where, stock_rules
from sscard_desk.ports.sync import Cursor
from sscard_desk.store import (
    erasure_orders,
    foreign,
    form_editions,
    refolding,
    rescue_key,
    settings,
    staff,
    stock,
    tables,
)
from sscard_desk.store.centre_order import ENTRY
from sscard_desk.store.proofs import STAFF
from sscard_desk.wire.erasure import KIND as ERASURE
from sscard_desk.wire.feed import read_row
from sscard_desk.wire.forms import KIND as FORM_EDITION
from sscard_desk.wire.messages import FeedItem, FeedPage, ScopeProof, SnapshotInfo, add_weights, item_weight
from sscard_desk.wire.rescue import KIND as RESCUE_KEY

BLANK: Final = "blank"
SPOIL_CONFIRMED: Final = "spoil_confirmed"
CENTRE: Final = "centre"
PERSON: Final = "person"
PERSONS_SCOPE: Final = "persons:"

_scope = tables.scope.c
_item = tables.item.c


def holds_persons(scope: str) -> bool:
    """Return whether a scope is the register of a region, which lies in the population cache."""
    return scope.startswith(PERSONS_SCOPE)


def followed(connection: Connection) -> Sequence[str]:
    """Return the scopes that this desk follows, in order of id."""
    return settings.read_text(connection, settings.SCOPES).split()


def follow(connection: Connection, scopes: Iterable[str]) -> None:
    """Follow these scopes and no others from here on."""
    settings.keep(connection, settings.SCOPES, "\n".join(sorted(set(scopes))))


def cursor(connection: Connection, scope: str) -> Cursor:
    """Return how far a scope was applied."""
    now = proof(connection, scope)
    return Cursor(scope, now.epoch, now.position)


def proof(connection: Connection, scope: str) -> ScopeProof:
    """Return count and order-free hash of what stands here for a scope."""
    found = connection.execute(
        select(_scope.epoch, _scope.position, _scope["count"], _scope["sum"]).where(_scope.scope == scope)
    ).one_or_none()
    epoch, position, count, total = found or ("", 0, 0, bytes(32))
    return ScopeProof(scope=scope, epoch=epoch, position=position, count=count, sum=total)


def need_next(page: FeedPage, at: Cursor) -> None:
    """Make sure that a page goes on exactly where the cursor stands.

    Raises:
        FeedBroken: a gap, another epoch, or a position past the page's head.
    """
    known_epoch = at.epoch or page.epoch
    gapless = all(item.position == place for place, item in enumerate(page.items, page.after + 1))
    ends = page.after + len(page.items)
    if page.after != at.position or page.epoch != known_epoch or not gapless or ends > page.head:
        raise FeedBroken(scope=page.scope)


def apply(connection: Connection, page: FeedPage, own: foreign.OwnPlace, at: datetime, *, training: bool) -> None:
    """Apply a page and move the cursor; the caller's transaction keeps both or none.

    Raises:
        FeedBroken: the page does not follow, or brings persons into a scope that is not theirs.
    """
    before = proof(connection, page.scope)
    need_next(page, Cursor(page.scope, before.epoch, before.position))
    count, weight = before.count, 0
    late: set[str] = set()
    for item in page.items:
        known = _version(connection, item.kind, item.id, page.scope)
        weight += item_weight(item.id, item.version) - (item_weight(item.id, known) if known is not None else 0)
        count += known is None
        late.add(_keep(connection, page.scope, item, own, at, training=training, fresh=known is None))
    if any(item.kind == STAFF for item in page.items):
        foreign.fold_again(connection, own.service_point, training=training)
    _refold(connection, late, own)
    now = ScopeProof(
        scope=page.scope,
        epoch=page.epoch,
        position=page.after + len(page.items),
        count=count,
        sum=add_weights(before.sum, weight),
    )
    tables.put(connection, tables.scope, **msgspec.structs.asdict(now))


def load(
    connection: Connection,
    info: SnapshotInfo,
    blocks: Iterable[list[FeedItem]],
    own: foreign.OwnPlace,
    at: datetime,
    *,
    training: bool,
) -> None:
    """Put a snapshot in the place of a scope.

    What the snapshot does not name any more goes; entries of other desks stay, they are history.

    Raises:
        FeedBroken: it holds more or fewer items than it says.
        ValueError: it cannot be read.
    """
    gone = {
        row.id
        for row in connection.execute(select(_item.id).where((_item.scope == info.scope) & (_item.kind == BLANK)))
    }
    entries = select(_item.id).where((_item.scope == info.scope) & (_item.kind == ENTRY))
    stood = set(connection.execute(entries).scalars())
    left = staff.in_scope(connection, info.scope)
    connection.execute(delete(tables.item).where(_item.scope == info.scope))
    count, weight = 0, 0
    late: set[str] = set()
    for block in blocks:
        for item in block:
            count += 1
            weight += item_weight(item.id, item.version)
            gone.discard(item.id)
            left.discard(item.id)
            fresh = item.id not in stood
            late.add(_keep(connection, info.scope, item, own, at, training=training, fresh=fresh))
    if count != info.count:
        raise FeedBroken(scope=info.scope)
    for account in left:
        staff.gone(connection, account)
    foreign.fold_again(connection, own.service_point, training=training)
    _refold(connection, late, own)
    for identification_code in gone:
        stock.withdraw(connection, identification_code, at)
    now = ScopeProof(
        scope=info.scope, epoch=info.epoch, position=info.position, count=count, sum=add_weights(bytes(32), weight)
    )
    tables.put(connection, tables.scope, **msgspec.structs.asdict(now))


def _refold(connection: Connection, subjects: Iterable[str], own: foreign.OwnPlace) -> None:
    """Fold applications in the centre's order: what came of them stands before own entries that were folded already."""
    for subject in sorted(filter(None, subjects)):
        refolding.refold(connection, ApplicationId(subject), own.service_point)


def _keep(
    connection: Connection,
    scope: str,
    item: FeedItem,
    own: foreign.OwnPlace,
    at: datetime,
    *,
    training: bool,
    fresh: bool,
) -> str:
    """Keep an item and do what follows; return the application that has to be folded anew, or nothing."""
    if item.kind == PERSON:
        raise FeedBroken(scope=scope)
    tables.put(
        connection,
        tables.item,
        scope=scope,
        kind=item.kind,
        id=item.id,
        version=item.version,
        deleted=int(item.deleted),
        position=item.position,
        # an entry is kept in its own table, once
        body=None if item.kind == ENTRY or item.deleted else item.body,
    )
    if item.kind == ENTRY and item.deleted:
        foreign.erase(connection, item.id)
    elif item.kind == ENTRY and item.body:
        return foreign.receive(connection, own, training=training, scope=scope, body=item.body, fresh=fresh)
    else:
        _follow(connection, item, own.desk, at)
    return ""


def _follow(connection: Connection, item: FeedItem, own_desk: str, at: datetime) -> None:
    """Do what follows from a row that the centre made."""
    if item.kind == ERASURE and not item.deleted:
        erasure_orders.receive(connection, item.id, item.body, at)
    elif item.kind == BLANK:
        _keep_blank(connection, item, own_desk, at)
    elif item.kind == SPOIL_CONFIRMED and item.body and Where.CENTRE in stock_rules().second_person:
        stock.confirmed_by_centre(connection, item.id, _operator(item.body))
    else:
        _keep_sealed(connection, item)


def _keep_sealed(connection: Connection, item: FeedItem) -> None:
    """Judge a row that bears the centre's seal of its own; what does not hold stands for nothing here."""
    if item.kind == STAFF and item.deleted:
        staff.gone(connection, item.id)
    elif item.kind == STAFF:
        staff.receive(connection, item.id, item.body)
    elif item.kind == RESCUE_KEY and item.body:
        rescue_key.receive(connection, item.body)
    elif item.kind == FORM_EDITION and item.deleted:
        form_editions.forget_note(connection, item.id)
    elif item.kind == FORM_EDITION:
        form_editions.receive(connection, item.id, item.body)


def _keep_blank(connection: Connection, item: FeedItem, own_desk: str, at: datetime) -> None:
    if item.deleted:
        stock.withdraw(connection, item.id, at)
        return
    try:
        row = read_row(item.body)
    except msgspec.MsgspecError:
        return  # a later shape: no card is written from what is not understood
    if row.get("desk", own_desk) not in ("", own_desk):
        stock.withdraw(connection, item.id, at)
    elif row.get("card_number"):
        state = BlankState.FREE if stock_rules().lent is Lent.BOOKED else BlankState.ANNOUNCED
        lent = Blank(item.id.upper(), row["card_number"], row.get("stock_no", ""), state)
        stock.receive(connection, lent, at)


def _operator(body: bytes) -> str:
    try:
        return read_row(body).get("operator") or CENTRE
    except msgspec.MsgspecError:
        return CENTRE


def _version(connection: Connection, kind: str, item_id: str, scope: str) -> int | None:
    same = (_item.scope == scope) & (_item.kind == kind) & (_item.id == item_id)
    found: int | None = connection.execute(select(_item.version).where(same)).scalar()
    return found
