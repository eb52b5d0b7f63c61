"""Files that are to go: removed after the transaction that dropped them, and again until it is done.

A name is taken under the key of those who keep it, its file is removed, and the name given up, in one transaction: who
keeps the same picture meanwhile waits and writes it anew. Killed at any point, the name stands on the list still.
"""

from collections.abc import Sequence
from functools import partial

from sqlalchemy import Connection, delete, select

from sscard_desk.central.store import bodies
from sscard_desk.central.store.bodies import blob_file, blob_going
from sscard_desk.central.store.rows import among
from sscard_desk.central.store.transactions import Transactions

_AT_ONCE = 50


def sweep(database: Transactions) -> int:
    """Remove what is on the list; return how many files may have gone.

    Raises:
        BlobFolderAway: the folder is not there; the list stays.
        DatabaseAway: likewise.
    """
    done = 0
    while True:
        with database.reading() as connection:
            if not bodies.setting(connection).mark:
                return done
            names = (
                connection.execute(select(blob_going.c.id).order_by(blob_going.c.id).limit(_AT_ONCE)).scalars().all()
            )
        if not names:
            return done
        done += database.write(partial(remove_unheld, names=names))


def remove_unheld(connection: Connection, names: Sequence[str]) -> int:
    """Remove the files of names that nobody keeps in the folder, and take all of them off the list.

    Args:
        connection: a writing transaction.
        names: in their order.

    Raises:
        BlobFolderAway: the folder is not there.
    """
    mine = bodies.in_folder(connection, bodies.setting(connection).mark)
    mine.folder.need(mine.mark)
    free = bodies.take(connection, dict.fromkeys(names, 0))
    for name in sorted(free):
        mine.folder.remove(name)
    connection.execute(delete(blob_file).where(among(connection, blob_file.c.id, free)))
    connection.execute(delete(blob_going).where(among(connection, blob_going.c.id, names)))
    return len(free)
