"""The accounts of staff and their public keys: one key for each desk that gave the account a slot."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import Connection, Row, delete, insert, select

from sscard_desk.central.store.tables import staff_account, staff_key
from sscard_desk.central.store.upsert import put


@dataclass(frozen=True)
class KnownAccount:
    """A staff account.

    Attributes:
        account: what journals call it.
        point: its service point.
        role: a `domain.ids.Role` word.
        login: the name it signs in with; empty where the desk agrees on one.
        name: what windows show; empty for one of an older centre whose row was not read yet.
        ended: whether it may not work any more.
        public_keys: raw Ed25519 keys, 32 bytes each, newest first.
    """

    account: str
    point: str
    role: str
    login: str = field(default="", repr=False)
    name: str = field(default="", repr=False)
    ended: bool = False
    public_keys: tuple[bytes, ...] = ()

    def holds(self, data: bytes, seal: bytes) -> bool:
        """Return whether a seal is one over these bytes under a key of this account."""
        return not self.ended and any(_holds_under(key, data, seal) for key in self.public_keys)


def keep(connection: Connection, known: KnownAccount) -> None:
    """Enter an account or change it; its keys stay."""
    values = {
        "point": known.point,
        "login": known.login,
        "name": known.name,
        "role": known.role,
        "ended": int(known.ended),
    }
    put(connection, staff_account, account=known.account, **values)


def keep_key(  # noqa: PLR0917 - the columns of a key
    connection: Connection, account: str, public_key: bytes, desk: str, given_by: str, now_ms: int
) -> None:
    """Enter an account's Ed25519 key (raw, 32 bytes) of a desk in place of the one that it had there.

    Args:
        connection: a writing transaction.
        account: whose.
        public_key: 32 bytes.
        desk: where it was made; empty for one that an operator brought.
        given_by: the account that gave it; empty likewise.
        now_ms: the centre's time.
    """
    key = staff_key.c
    same = (key.account == account) & ((key.desk == desk) | (key.public_key == public_key))
    connection.execute(delete(staff_key).where(same))
    row = {"account": account, "public_key": public_key, "desk": desk, "given_by": given_by, "since_ms": now_ms}
    connection.execute(insert(staff_key).values(**row))


def drop_key(connection: Connection, account: str, public_key: bytes) -> None:
    """Take an account's key away, because another one took its place."""
    same = (staff_key.c.account == account) & (staff_key.c.public_key == public_key)
    connection.execute(delete(staff_key).where(same))


def hold(connection: Connection, accounts: Collection[str]) -> None:
    """Let nobody change these accounts or their keys before the transaction ends; before scopes, in order of the keys.

    One that is not there yet is not held: two that enter it at once meet in `keep`.
    """
    if accounts:
        wanted = select(staff_account.c.account).where(staff_account.c.account.in_(sorted(accounts)))
        connection.execute(wanted.order_by(staff_account.c.account).with_for_update())


def find(connection: Connection, account: str) -> KnownAccount | None:
    """Return what the centre knows of an account, or None."""
    row = connection.execute(select(staff_account).where(staff_account.c.account == account)).first()
    return _known(row, _keys(connection, [account])) if row else None


def find_all(connection: Connection, accounts: Collection[str]) -> Sequence[KnownAccount]:
    """Return what the centre knows of these accounts, in order of their keys."""
    wanted = select(staff_account).where(staff_account.c.account.in_(sorted(accounts)))
    rows = connection.execute(wanted.order_by(staff_account.c.account)).all()
    keys = _keys(connection, [row.account for row in rows])
    return [_known(row, keys) for row in rows]


def at_point(connection: Connection, point: str) -> Sequence[KnownAccount]:
    """Return the accounts of a service point in order of their keys, ended ones included."""
    wanted = select(staff_account).where(staff_account.c.point == point).order_by(staff_account.c.account)
    rows = connection.execute(wanted).all()
    keys = _keys(connection, [row.account for row in rows])
    return [_known(row, keys) for row in rows]


def _known(row: Row[*tuple[Any, ...]], keys: Mapping[str, tuple[bytes, ...]]) -> KnownAccount:
    return KnownAccount(
        account=row.account,
        point=row.point,
        role=row.role,
        login=row.login,
        name=row.name,
        ended=bool(row.ended),
        public_keys=keys.get(row.account, ()),
    )


def _keys(connection: Connection, accounts: Sequence[str]) -> dict[str, tuple[bytes, ...]]:
    key = staff_key.c
    rows = connection.execute(
        select(key.account, key.public_key)
        .where(key.account.in_(accounts))
        .order_by(key.account, key.since_ms.desc(), key.public_key)
    )
    found: dict[str, tuple[bytes, ...]] = {}
    for account, public_key in rows:
        found[account] = (*found.get(account, ()), public_key)
    return found


def _holds_under(key: bytes, data: bytes, seal: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(seal, data)
    except (InvalidSignature, ValueError):
        return False  # a ValueError is a key of another length: nothing holds under it
    return True
