"""Small values kept inside the encrypted database, by name."""

from typing import Final

from sqlalchemy import Connection, delete, select

from sscard_desk.store import tables

DESK: Final = "desk"
SERVICE_POINT: Final = "service_point"
DESK_NO: Final = "desk_no"
TRAINING: Final = "training"
CLOCK_OFFSET: Final = "clock_offset_ms"
SCOPES: Final = "scopes"
RECEIPT_KEY: Final = "receipt_key"
"""The centre's Ed25519 public key for receipts, 32 bytes; kept by enrolment."""

CENTRE_BOX: Final = "centre_box"
"""The centre's X25519 public key for files on a stick, 32 bytes; heard with each greeting."""


def read(connection: Connection, name: str) -> bytes | None:
    """Return the value under a name, or None."""
    found: bytes | None = connection.execute(
        select(tables.setting.c.value).where(tables.setting.c.name == name)
    ).scalar_one_or_none()
    return found


def read_text(connection: Connection, name: str, default: str = "") -> str:
    """Return the value under a name as text."""
    found = read(connection, name)
    return default if found is None else found.decode()


def keep(connection: Connection, name: str, value: bytes | str | int) -> None:
    """Keep a value under a name, in place of the one before."""
    tables.put(connection, tables.setting, name=name, value=value if isinstance(value, bytes) else str(value).encode())


def forget(connection: Connection, name: str) -> None:
    """Drop a value."""
    connection.execute(delete(tables.setting).where(tables.setting.c.name == name))
