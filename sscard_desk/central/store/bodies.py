"""Where the bytes of pictures and scans lie: in the database, or in a folder beside it.

Which of the two takes new ones stands in the database, so that every server changes over at the same moment; both are
read, so that moving them is a change of places one by one. What lies in the folder has a row here: a name is taken
under its unique key, then its file is written, then both are committed. Whoever removes a file takes the same key
first (`blob_sweep`), so a file is never removed under somebody who is keeping it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from sqlalchemy import BigInteger, Column, Connection, Table, Text, delete, func, select, union
from sqlalchemy.dialects import postgresql, sqlite

from sscard_desk.central.migrations import POSTGRESQL
from sscard_desk.central.store.blob_folder import BlobFolder, root_of
from sscard_desk.central.store.rows import among, insert_new
from sscard_desk.central.store.tables import blob, meta, metadata
from sscard_desk.central.store.upsert import put
from sscard_desk.domain.errors.blob_folder import BlobFolderAway

DATABASE: Final = "database"
FOLDER: Final = "folder"
PLACES: Final = (DATABASE, FOLDER)
OPTION: Final = "sscard_centre_folder"
"""Execution option of every connection: the centre's folder, in which a server notes where its blobs are."""
_PLACE: Final = "blobs"
_MARK: Final = "blobs_mark"

blob_file: Final = Table(
    "blob_file",
    metadata,
    Column("id", Text, primary_key=True),
    Column("size", BigInteger, nullable=False),
)
blob_going: Final = Table("blob_going", metadata, Column("id", Text, primary_key=True))


class Bodies(Protocol):
    """One place for the bytes of pictures and scans; every act belongs to the caller's transaction."""

    def keep(self, connection: Connection, named: Sequence[tuple[str, bytes]]) -> None:
        """Keep bodies under their names, each once; they are durable when the transaction is.

        Args:
            connection: a writing transaction.
            named: (SHA-256 as hex, body), in order of the names: two who keep the same wait for each other, never both.

        Raises:
            BlobFolderAway, BlobFolderFull: nothing is kept.
        """

    def find(self, connection: Connection, name: str) -> bytes | None:
        """Return a body, or None.

        Raises:
            BlobDamaged: it is here and not what its name says.
            BlobFolderAway: nobody can say.
        """

    def drop(self, connection: Connection, names: Collection[str]) -> int:
        """Drop bodies once the transaction commits; return how many were here."""


class InDatabase:
    """Bodies in a table."""

    def keep(self, connection: Connection, named: Sequence[tuple[str, bytes]]) -> None:
        """Insert those that are not there."""
        insert_new(connection, blob, [{"id": name, "body": body} for name, body in named])

    def find(self, connection: Connection, name: str) -> bytes | None:
        """Return a body as the database has it."""
        row = connection.execute(select(blob.c.body).where(blob.c.id == name)).first()
        return row.body if row else None

    def drop(self, connection: Connection, names: Collection[str]) -> int:
        """Delete the rows."""
        return connection.execute(delete(blob).where(among(connection, blob.c.id, names))).rowcount


@dataclass(frozen=True)
class InFolder:
    """Bodies in files.

    Attributes:
        folder: where.
        mark: what stands in this centre's folder.
    """

    folder: BlobFolder
    mark: str

    def keep(self, connection: Connection, named: Sequence[tuple[str, bytes]]) -> None:
        """Take each name, then write its file."""
        self.folder.need(self.mark)
        taken = take(connection, {name: len(body) for name, body in named})
        self.folder.put([(name, body) for name, body in named if name in taken or not self.folder.has(name)])

    def find(self, connection: Connection, name: str) -> bytes | None:
        """Return a file that was checked against its name."""
        if connection.execute(select(blob_file.c.id).where(blob_file.c.id == name)).first() is None:
            return None
        self.folder.need(self.mark)
        return self.folder.get(name)

    def drop(self, connection: Connection, names: Collection[str]) -> int:
        """Delete the rows, and note that the files are to go: also one without a row, of a process that was killed."""
        here = connection.execute(delete(blob_file).where(among(connection, blob_file.c.id, names))).rowcount
        insert_new(connection, blob_going, [{"id": name} for name in sorted(names)])
        return here


@dataclass(frozen=True)
class Setting:
    """Where new bodies go, and whose the folder is, if there ever was one."""

    place: str
    mark: str


def setting(connection: Connection) -> Setting:
    """Return what the database says."""
    rows = connection.execute(select(meta.c.name, meta.c.value).where(meta.c.name.in_((_PLACE, _MARK))))
    said = {row.name: row.value for row in rows}
    return Setting(said.get(_PLACE, DATABASE), said.get(_MARK, ""))


def choose(connection: Connection, chosen: Setting) -> None:
    """Let new bodies go somewhere from this transaction on."""
    put(connection, meta, name=_PLACE, value=chosen.place)
    put(connection, meta, name=_MARK, value=chosen.mark)


def in_folder(connection: Connection, mark: str) -> InFolder:
    """Return the folder as this server sees it.

    Raises:
        BlobFolderAway: this connection belongs to no centre's folder.
    """
    centre_folder = connection.get_execution_options().get(OPTION)
    if not isinstance(centre_folder, Path):
        raise BlobFolderAway
    return InFolder(BlobFolder(root_of(centre_folder)), mark)


def keep(connection: Connection, named: Sequence[tuple[str, bytes]]) -> None:
    """Keep bodies where new ones go (`Bodies.keep`)."""
    if named:
        now = setting(connection)
        place: Bodies = in_folder(connection, now.mark) if now.place == FOLDER else InDatabase()
        place.keep(connection, named)


def find(connection: Connection, name: str) -> bytes | None:
    """Return a body from wherever it lies (`Bodies.find`)."""
    for place in _places(connection):
        body = place.find(connection, name)
        if body is not None:
            return body
    return None


def drop(connection: Connection, names: Collection[str]) -> int:
    """Drop bodies wherever they lie (`Bodies.drop`); return how many there were."""
    if not names:
        return 0
    here = len(held(connection, names))
    for place in _places(connection):
        place.drop(connection, names)
    return here


def held(connection: Connection, names: Collection[str]) -> set[str]:
    """Return which of these are here, wherever they lie."""
    found = set[str]()
    for table in (blob, blob_file):
        found.update(connection.execute(select(table.c.id).where(among(connection, table.c.id, names))).scalars())
    return found


def lock(connection: Connection, names: Collection[str], *, share: bool = False) -> set[str]:
    """Return which of these are here, and let nobody drop them before the transaction ends (or keep, unless shared).

    Who refers to a body from a table of his own holds it so, and who drops it looks for such tables only then.
    """
    found = set[str]()
    for table in (blob, blob_file):
        held = select(table.c.id).where(among(connection, table.c.id, names)).order_by(table.c.id)
        found.update(connection.execute(held.with_for_update(read=share)).scalars())
    return found


def count(connection: Connection) -> int:
    """Return how many there are, each once."""
    every = union(select(blob.c.id), select(blob_file.c.id)).subquery()
    return int(connection.execute(select(func.count()).select_from(every)).scalar_one())


def take(connection: Connection, sizes: dict[str, int]) -> set[str]:
    """Take names in the folder that nobody has; who is taking or giving up the same one is waited for.

    Args:
        connection: a writing transaction.
        sizes: bytes by name, in order of the names.

    Returns:
        The names that are new, whose files have to be written or may be removed.
    """
    made = postgresql.insert(blob_file) if connection.dialect.name == POSTGRESQL else sqlite.insert(blob_file)
    rows = [{"id": name, "size": size} for name, size in sizes.items()]
    return set(connection.execute(made.values(rows).on_conflict_do_nothing().returning(blob_file.c.id)).scalars())


def _places(connection: Connection) -> tuple[Bodies, ...]:
    mark = setting(connection).mark
    return (InDatabase(), in_folder(connection, mark)) if mark else (InDatabase(),)
