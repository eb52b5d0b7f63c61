"""Reading a database that may have damaged pages: what one part has lost does not keep the others from being read."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from sqlalchemy import Connection, Engine

from sscard_desk.domain.errors.store import DatabaseDamaged
from sscard_desk.store.engine import reading

_T = TypeVar("_T")


@dataclass
class Salvage:
    """Reads part by part, each in a transaction of its own.

    Attributes:
        engine: of the database.
        unread: names of the parts that a damaged page kept from being read.
    """

    engine: Engine
    unread: list[str] = field(default_factory=list)

    def part(self, name: str, read: Callable[[Connection], _T]) -> _T | None:
        """Return what was read, or None where a page of this part is damaged.

        Raises:
            FolderInUse, DiskTrouble: the database itself cannot be reached.
        """
        try:
            with reading(self.engine) as connection:
                return _read(connection, read)
        except DatabaseDamaged:
            self.unread.append(name)
            return None


def _read(connection: Connection, read: Callable[[Connection], _T]) -> _T:
    try:
        return read(connection)
    except DatabaseDamaged:
        # SQLCipher refuses everything on a connection that has met a damaged page once
        connection.invalidate()
        raise
