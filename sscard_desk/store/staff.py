"""The staff list of this desk: what the centre sealed, and never an older version than one that was taken before.

What was taken lies among this desk's own rows, where everything that asks for staff reads it; what was refused is
noted with its reason, and what stood before goes on counting. An account that ended stays, without keys: its serial
keeps older rows out, its name stands in the history.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import Connection, delete, select

from sscard_desk.store import proofs, reference, settings, tables
from sscard_desk.wire.feed import STAFF_ELSEWHERE, read_row
from sscard_desk.wire.forms import seal_of
from sscard_desk.wire.staff import KIND, StaffRow, keys_of

REFUSED: Final = "staff_refused"
GIVEN: Final = "staff_key"
"""Rows of keys that this desk gave out and that no row of the centre has named yet."""

UNREADABLE: Final = "unreadable"
SEAL: Final = "seal"
POINT: Final = "other-point"
OLDER: Final = "older"
CHANGED: Final = "changed"

_item = tables.item.c


@dataclass(frozen=True)
class RefusedStaff:
    """A row of the staff list that this desk does not believe.

    Attributes:
        account: whose.
        why: a word of this module.
    """

    account: str
    why: str


def receive(connection: Connection, item_id: str, body: bytes) -> None:
    """Take an account's row, or note why not; the page that brought it goes on either way.

    Args:
        connection: the page's transaction.
        item_id: the item's id.
        body: the item's body.
    """
    try:
        row = read_row(body)
    except msgspec.MsgspecError:
        _refuse(connection, item_id, UNREADABLE)
        return
    came, seal = StaffRow.of(row), seal_of(row)
    why = _objection(connection, item_id, came, seal)
    if why:
        _refuse(connection, item_id, why)
        return
    _forget(connection, REFUSED, item_id)
    _keep(connection, came, seal)


def elsewhere(connection: Connection, account: str) -> dict[str, str]:
    """Return the row of an account of another service point that sealed what came from there.

    Returns:
        An empty one where there is none, or one that the centre did not seal.
    """
    row = reference.find(connection, STAFF_ELSEWHERE, account)
    key, came = _key(connection), StaffRow.of(row)
    holds = key is not None and came.account == account and proofs.sealed(key, came.sealed_bytes(), seal_of(row))
    return row if holds else {}


def gone(connection: Connection, item_id: str) -> None:
    """The list does not name an account any more: it has ended here. One that the centre never named stays."""
    known = reference.find(connection, KIND, item_id)
    _forget(connection, REFUSED, item_id)
    if known.get("serial"):
        reference.keep_local(connection, KIND, item_id, known | _ENDED)


def named(connection: Connection) -> set[str]:
    """Return the accounts that the centre has named and not ended."""
    return {row["id"] for row in reference.rows(connection, KIND) if row.get("serial") and not row.get("ended")}


def give_key(connection: Connection, account: str, public_key: str, replaces: str) -> None:
    """Let a key that was made at this desk count at once; it counts until a row of the centre says otherwise."""
    reference.keep_local(connection, GIVEN, account, {"public_key": public_key, "replaces": replaces})
    row = reference.find(connection, KIND, account)
    if row:
        reference.keep_local(connection, KIND, account, row | _keys(_with_given(keys_of(row), public_key, replaces)))


def refused(connection: Connection) -> Sequence[RefusedStaff]:
    """Return the rows that this desk does not believe."""
    return [RefusedStaff(row["id"], row.get("why", "")) for row in reference.rows(connection, REFUSED)]


def wrong(connection: Connection) -> Sequence[str]:
    """Return the accounts whose row stands here with a seal that does not hold: somebody altered the database."""
    key = _key(connection)
    found = []
    for row in reference.rows(connection, KIND):
        if not row.get("serial") or row.get("gone"):
            continue  # made here before the centre named it, or ended by leaving the list
        sealed_as = replace(StaffRow.of(row), public_keys=tuple(row.get("sealed_keys", "").split()))
        if key is None or not proofs.sealed(key, sealed_as.sealed_bytes(), seal_of(row)):
            found.append(row["id"])
    return found


_ENDED: Final[dict[str, str]] = {"ended": "1", "gone": "1", "public_key": "", "public_keys": ""}


def _objection(connection: Connection, item_id: str, came: StaffRow, seal: bytes) -> str:
    key = _key(connection)
    if key is None or came.account != item_id or not proofs.sealed(key, came.sealed_bytes(), seal):
        return SEAL
    if came.point != settings.read_text(connection, settings.SERVICE_POINT):
        return POINT
    known = reference.find(connection, KIND, item_id)
    serial = StaffRow.of(known).serial
    if came.serial < serial:
        return OLDER
    if came.serial == serial and (known.get("gone") or known.get("seal") != seal.hex()):
        return CHANGED
    return ""


def _keep(connection: Connection, came: StaffRow, seal: bytes) -> None:
    keys = came.public_keys
    given = reference.find(connection, GIVEN, came.account)
    if given and (came.ended or given.get("public_key", "") in keys):
        _forget(connection, GIVEN, came.account)
    elif given:
        keys = _with_given(keys, given.get("public_key", ""), given.get("replaces", ""))
    elif not keys and not came.ended:
        keys = keys_of(reference.find(connection, KIND, came.account))  # of the desk's first account
    sealed = {"sealed_keys": " ".join(came.public_keys)}
    row = came.row(seal) | sealed | (_keys(()) if came.ended else _keys(keys))
    reference.keep_local(connection, KIND, came.account, row)


def _with_given(keys: Sequence[str], public_key: str, replaces: str) -> tuple[str, ...]:
    return (public_key, *(key for key in keys if key not in {public_key, replaces}))


def _keys(keys: Sequence[str]) -> dict[str, str]:
    return {"public_key": keys[0] if keys else "", "public_keys": " ".join(keys)}


def _refuse(connection: Connection, item_id: str, why: str) -> None:
    reference.keep_local(connection, REFUSED, item_id, {"why": why})


def _forget(connection: Connection, kind: str, item_id: str) -> None:
    same = (_item.scope == reference.LOCAL) & (_item.kind == kind) & (_item.id == item_id)
    connection.execute(delete(tables.item).where(same))


def in_scope(connection: Connection, scope: str) -> set[str]:
    """Return the accounts that the items of a scope name, tombstones left out."""
    same = (_item.scope == scope) & (_item.kind == KIND) & (_item.deleted == tables.FALSE)
    return set(connection.execute(select(_item.id).where(same)).scalars())


def _key(connection: Connection) -> Ed25519PublicKey | None:
    raw = settings.read(connection, settings.RECEIPT_KEY)
    return Ed25519PublicKey.from_public_bytes(raw) if raw else None
