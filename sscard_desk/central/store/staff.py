"""The public keys of staff accounts."""

from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import Connection, insert, select, update

from sscard_desk.central.store.tables import staff


@dataclass(frozen=True)
class KnownAccount:
    """A staff account with a key.

    Attributes:
        point: its service point.
        role: a `domain.ids.Role` word.
        public_key: raw Ed25519 key, 32 bytes.
    """

    point: str
    role: str
    public_key: bytes


def keep_key(connection: Connection, account: str, point: str, role: str, public_key: bytes) -> None:
    """Enter an account's Ed25519 key (raw, 32 bytes), or replace it."""
    values = {"point": point, "role": role, "public_key": public_key}
    if is_known(connection, account):
        connection.execute(update(staff).where(staff.c.account == account).values(**values))
    else:
        connection.execute(insert(staff).values(account=account, **values))


def keep_role(connection: Connection, account: str, point: str, role: str) -> None:
    """Change point and role of an account that is known; its key stays."""
    connection.execute(update(staff).where(staff.c.account == account).values(point=point, role=role))


def find(connection: Connection, account: str) -> KnownAccount | None:
    """Return what the centre knows of an account, or None if it has no key of it."""
    row = connection.execute(
        select(staff.c.point, staff.c.role, staff.c.public_key).where(staff.c.account == account)
    ).first()
    return KnownAccount(row.point, row.role, row.public_key) if row else None


def is_known(connection: Connection, account: str) -> bool:
    """Return whether the centre knows this account."""
    return connection.execute(select(staff.c.account).where(staff.c.account == account)).first() is not None


def holds_under(key: bytes, data: bytes, seal: bytes) -> bool:
    """Return whether a seal is one over these bytes under a raw Ed25519 key."""
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(seal, data)
    except (InvalidSignature, ValueError):
        return False  # a ValueError is a key of another length: nothing holds under it
    return True
