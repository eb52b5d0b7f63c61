"""Orders of the centre to erase, as the feed brings them: taken onto the list only under the centre's own seal."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import Connection, select

from sscard_desk.domain.erasure import Why
from sscard_desk.domain.ids import ApplicationId
from sscard_desk.store import drafts, erasures, proofs, settings, tables
from sscard_desk.wire.erasure import KIND, ErasureOrder
from sscard_desk.wire.feed import read_row
from sscard_desk.wire.forms import seal_of

_ORDERS = frozenset(why.value for why in Why if why.from_centre)


def receive(connection: Connection, subject: str, body: bytes, now: datetime) -> None:
    """Put an order on the list of erasures; what was typed goes at once, since a draft is no entry.

    One whose seal does not hold changes nothing: it stays among the feed's items, where `refused` finds it.

    Args:
        connection: the page's transaction.
        subject: the item's id.
        body: the item's body.
        now: UTC.
    """
    try:
        row = read_row(body)
    except msgspec.MsgspecError:
        return
    order = ErasureOrder.of(subject, row)
    raw_key = settings.read(connection, settings.RECEIPT_KEY)
    key = Ed25519PublicKey.from_public_bytes(raw_key) if raw_key else None
    if key is None or order.why not in _ORDERS or not proofs.sealed(key, order.sealed_bytes(), seal_of(row)):
        return
    erasures.ask(connection, [subject], Why(order.why), order.rule, now)
    drafts.drop(connection, ApplicationId(subject))


def refused(connection: Connection) -> Sequence[str]:
    """Return the subjects of orders whose seal did not hold."""
    item = tables.item.c
    listed = select(tables.erasure.c.subject)
    mine = (item.kind == KIND) & (item.deleted == tables.FALSE) & item.id.not_in(listed)
    return list(connection.execute(select(item.id).where(mine).order_by(item.id)).scalars())
