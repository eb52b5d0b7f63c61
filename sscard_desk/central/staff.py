"""The staff list as the centre publishes it: one sealed row for each account in the scope of its service point."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection, select

from sscard_desk.central.store import feeds, recovery, staff
from sscard_desk.central.store.staff import KnownAccount
from sscard_desk.central.store.tables import point as service_point
from sscard_desk.domain.errors.staff import AccountNotListed
from sscard_desk.wire.feed import point_scope, read_row, write_row
from sscard_desk.wire.staff import KIND, StaffRow

if TYPE_CHECKING:
    from sscard_desk.central.centre import OpenCentre


@dataclass(frozen=True)
class StaffMember:
    """An account as an operator brings it in.

    Attributes:
        account: what journals call it.
        name: what windows show.
        role: a `domain.ids.Role` word.
        public_key: raw Ed25519 key, 32 bytes; empty for one whose desk makes it.
        login: the name it signs in with; empty where the desk agrees on one.
    """

    account: str
    name: str = field(repr=False)
    role: str
    public_key: bytes = b""
    login: str = field(default="", repr=False)


def import_staff(centre: "OpenCentre", point: str, members: Sequence[StaffMember]) -> int:
    """Bring in staff of a service point; keys and roles decide which signatures and approvals are taken.

    A member without a key keeps the keys that are known; role and point change all the same, and the list of another
    point that had it names it no more.

    Returns:
        How many rows were new or changed.
    """
    with centre.database.writing() as connection:
        scopes = {point_scope(point)}
        staff.hold(connection, {member.account for member in members})
        for member in members:
            before = staff.find(connection, member.account)
            if before is not None:
                scopes.add(point_scope(before.point))
            now = KnownAccount(member.account, point, member.role, member.login, member.name)
            staff.keep(connection, now)
            if member.public_key:
                staff.keep_key(connection, member.account, member.public_key, "", "", centre.now_ms())
        return _publish(connection, scopes, centre.keys.receipt)


def end_account(centre: "OpenCentre", account: str) -> KnownAccount:
    """End an account: its desks close its way in at their next exchange, and its keys hold for nothing from now on.

    Raises:
        AccountNotListed: no account of this name stands on a list.
    """
    with centre.database.writing() as connection:
        staff.hold(connection, {account})
        known = staff.find(connection, account)
        if known is None:
            raise AccountNotListed
        ended = replace(known, ended=True)
        staff.keep(connection, ended)
        _publish(connection, {point_scope(known.point)}, centre.keys.receipt)
    return ended


def accounts_of(centre: "OpenCentre", point: str) -> Sequence[KnownAccount]:
    """Return the accounts of a service point, ended ones included."""
    with centre.database.reading() as connection:
        return staff.at_point(connection, point)


def seal_older_rows(centre: "OpenCentre") -> int:
    """Seal the rows that a centre of an older version published without a seal; return how many there were."""
    with centre.database.reading() as connection:
        points = connection.execute(select(service_point.c.id)).scalars().all()
        unsealed = {point for point in points if _unsealed(connection, point)}
    if not unsealed:
        return 0
    with centre.database.writing() as connection:
        for point in unsealed:
            rows = _unsealed(connection, point)
            staff.hold(connection, {row["account"] for row in rows})
            for row in rows:
                known = staff.find(connection, row["account"]) or KnownAccount(row["account"], point, row["role"])
                staff.keep(connection, replace(known, name=known.name or row.get("name", "")))
        return _publish(connection, {point_scope(point) for point in unsealed}, centre.keys.receipt)


def changed(
    connection: Connection, scope: str, receipt: Ed25519PrivateKey, only: Collection[str] | None = None
) -> list[feeds.Change]:
    """Return what the rows of a scope's staff differ in from what it says now.

    Args:
        connection: a writing transaction.
        scope: of a service point.
        receipt: the centre's key.
        only: these accounts; all of the point otherwise, and tombstones of those that left it.
    """
    # the counter first: what is read under it is what is true when the rows are published
    feeds.hold(connection, scope)
    known = staff.at_point(connection, scope.removeprefix(point_scope("")))
    after = recovery.since_ms(connection)
    wanted = {each.account: _body(each, receipt, after) for each in known if only is None or each.account in only}
    changes = feeds.changed_rows(connection, scope, KIND, wanted)
    if only is None:
        left = feeds.ids_of(connection, scope, KIND) - {each.account for each in known}
        changes += feeds.gone_rows(connection, scope, KIND, left)
    return changes


def _publish(connection: Connection, scopes: Iterable[str], receipt: Ed25519PrivateKey) -> int:
    count = 0
    for scope in sorted(scopes):
        changes = changed(connection, scope, receipt)
        if changes:
            feeds.publish(connection, scope, changes)
        count += len(changes)
    return count


def _body(known: KnownAccount, receipt: Ed25519PrivateKey, after: int) -> Callable[[int], bytes]:
    """Return what makes a sealed row of a version.

    Versions go back when the database is put back to a copy, serials do not: they begin after the time of the recovery.
    """
    keys = () if known.ended else tuple(key.hex() for key in known.public_keys)
    row = StaffRow(known.account, known.point, known.login, known.name, known.role, keys, ended=known.ended)

    def body(version: int) -> bytes:
        now = replace(row, serial=after + version)
        return write_row(now.row(receipt.sign(now.sealed_bytes())))

    return body


def _unsealed(connection: Connection, point: str) -> list[dict[str, str]]:
    rows = [read_row(body) for body in feeds.bodies_of(connection, point_scope(point), KIND)]
    return [row for row in rows if not row.get("seal")]
