"""The public keys of staff accounts."""

from sqlalchemy import Connection, insert, select, update

from sscard_desk.central.store.tables import staff


def keep_key(connection: Connection, account: str, point: str, role: str, public_key: bytes) -> None:
    """Enter an account's Ed25519 key (raw, 32 bytes), or replace it."""
    values = {"point": point, "role": role, "public_key": public_key}
    if is_known(connection, account):
        connection.execute(update(staff).where(staff.c.account == account).values(**values))
    else:
        connection.execute(insert(staff).values(account=account, **values))


def public_key(connection: Connection, account: str) -> bytes | None:
    """Return an account's key, or None if the centre does not know it."""
    row = connection.execute(select(staff.c.public_key).where(staff.c.account == account)).first()
    return row.public_key if row else None


def is_known(connection: Connection, account: str) -> bool:
    """Return whether the centre knows this account."""
    return connection.execute(select(staff.c.account).where(staff.c.account == account)).first() is not None
