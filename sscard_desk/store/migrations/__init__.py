"""The database's shape as numbered steps of plain SQL; `user_version` says how far a file is.

A step is never changed once released and never uses today's table definitions: it must still do tomorrow what it did
when it was written.
"""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import Engine

from sscard_desk.domain.errors.store import DatabaseDamaged, DatabaseNewer
from sscard_desk.store.engine import reading, writing
from sscard_desk.store.migrations import (
    desk_0001,
    desk_0002_prints,
    desk_0003_stock,
    desk_0004_batches,
    desk_0005_batch_receipts,
    desk_0006_erasures,
    desk_0007_recovery,
    desk_0008_staff,
    desk_0009_mending,
    desk_0010_turns,
    persons_0001,
    persons_0002_parts,
)

Steps = Sequence[Sequence[str]]

DESK: Final[Steps] = (
    desk_0001.SQL,
    desk_0002_prints.SQL,
    desk_0003_stock.SQL,
    desk_0004_batches.SQL,
    desk_0005_batch_receipts.SQL,
    desk_0006_erasures.SQL,
    desk_0007_recovery.SQL,
    desk_0008_staff.SQL,
    desk_0009_mending.SQL,
    desk_0010_turns.SQL,
)
PERSONS: Final[Steps] = (persons_0001.SQL, persons_0002_parts.SQL)


def is_behind(engine: Engine, steps: Steps) -> bool:
    """Return whether a database has an older shape than today's."""
    with reading(engine) as connection:
        return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one()) < len(steps)


def migrate(engine: Engine, steps: Steps, *, fresh: bool) -> None:
    """Bring a database to the newest shape in one transaction.

    Args:
        engine: the open file.
        steps: all steps of this kind of database.
        fresh: whether the file is being made; otherwise one without any shape has lost its content.

    Raises:
        DatabaseNewer: a newer program made it; nothing was changed.
        DatabaseDamaged: the file is empty although it was used before.
    """
    with writing(engine) as connection:
        found = int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
        if found > len(steps):
            raise DatabaseNewer(found=found, ours=len(steps))
        if found == 0 and not fresh:
            raise DatabaseDamaged
        for step in steps[found:]:
            for statement in step:
                connection.exec_driver_sql(statement)
        if found < len(steps):
            connection.exec_driver_sql(f"PRAGMA user_version = {len(steps)}")
