"""Portraits that the centre gives out, and the record of every question for one."""

from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import BigInteger, Column, Connection, Integer, Text, insert, select
from sqlalchemy import Table as SqlTable

from sscard_desk.central.store import blobs, bodies
from sscard_desk.central.store.rows import insert_new
from sscard_desk.central.store.tables import metadata
from sscard_desk.central.store.upsert import put

register_photo: Final = SqlTable(
    "register_photo",
    metadata,
    Column("id_number", Text, primary_key=True),
    Column("blob", Text, nullable=False),
    Column("taken", Text, nullable=False),
)
studio_photo: Final = SqlTable(
    "studio_photo",
    metadata,
    Column("receipt", Text, primary_key=True),
    Column("id_number", Text, nullable=False),
    Column("studio", Text, nullable=False),
    Column("blob", Text, nullable=False),
    Column("taken", Text, nullable=False),
    Column("issued", Text, nullable=False),
)
photo_release: Final = SqlTable(
    "photo_release",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at_ms", BigInteger, nullable=False),
    Column("desk", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("application", Text, nullable=False),
    Column("id_number", Text, nullable=False),
    Column("receipt", Text, nullable=False),
    Column("edition", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("consent_ms", BigInteger, nullable=False),
    Column("state", Text, nullable=False),
    Column("blob", Text, nullable=False),
    Column("known", Integer, nullable=False),
)


@dataclass(frozen=True)
class HeldPhoto:
    """A picture that the centre holds.

    Attributes:
        id_number: whose it is.
        body: the file.
        blob: its SHA-256.
        taken: ISO day, or empty.
        studio: code of the collection unit, empty for the register's.
        receipt: its number, likewise.
        issued: day on the receipt, as `taken`.
    """

    id_number: str
    body: bytes = field(repr=False)
    blob: str = ""
    taken: str = ""
    studio: str = ""
    receipt: str = ""
    issued: str = ""


@dataclass(frozen=True)
class Release:
    """One question for a picture and what became of it.

    `blob` is empty where none was given out; `known` is 1 where the centre had received the application.
    """

    at_ms: int
    desk: str
    source: str
    id_number: str
    state: str
    blob: str = ""
    application: str = ""
    receipt: str = ""
    edition: str = ""
    digest: str = ""
    consent_ms: int = 0
    known: int = 0


def keep_register_photo(connection: Connection, photo: HeldPhoto) -> bool:
    """Keep a picture of the register in the place of an older one; return whether anything changed."""
    name = blobs.hold(connection, photo.body)
    old = connection.execute(select(register_photo).where(register_photo.c.id_number == photo.id_number)).first()
    row = {"id_number": photo.id_number, "blob": name, "taken": photo.taken}
    return _put(connection, register_photo, row, old._asdict() if old else None)


def keep_studio_photo(connection: Connection, photo: HeldPhoto) -> bool:
    """Keep a studio's picture under its receipt; return whether anything changed.

    A receipt that stands for another person is left as it is: a studio that gives a number twice has to be asked.
    """
    same = select(studio_photo).where(studio_photo.c.receipt == photo.receipt)
    old = connection.execute(same.with_for_update()).first()
    if old is not None and old.id_number != photo.id_number:
        return False
    row = {
        "receipt": photo.receipt,
        "id_number": photo.id_number,
        "studio": photo.studio,
        "blob": blobs.hold(connection, photo.body),
        "taken": photo.taken,
        "issued": photo.issued,
    }
    if old is None:
        insert_new(connection, studio_photo, [row])
        # somebody else may have entered it meanwhile
        now = connection.execute(same.with_for_update()).one()
        return bool(now.id_number == photo.id_number)
    return _put(connection, studio_photo, row, old._asdict())


def find_register_photo(connection: Connection, id_number: str) -> HeldPhoto | None:
    """Return the register's picture of a person, or None.

    Raises:
        BlobDamaged, BlobFolderAway: its file is not as it was.
    """
    row = connection.execute(select(register_photo).where(register_photo.c.id_number == id_number)).first()
    body = bodies.find(connection, row.blob) if row else None
    return HeldPhoto(row.id_number, body, row.blob, row.taken) if row and body is not None else None


def find_studio_photo(connection: Connection, receipt: str) -> HeldPhoto | None:
    """Return the picture under a receipt number, or None.

    Raises:
        BlobDamaged, BlobFolderAway: its file is not as it was.
    """
    row = connection.execute(select(studio_photo).where(studio_photo.c.receipt == receipt)).first()
    body = bodies.find(connection, row.blob) if row else None
    if row is None or body is None:
        return None
    return HeldPhoto(row.id_number, body, row.blob, row.taken, row.studio, row.receipt, row.issued)


def note_release(connection: Connection, release: Release) -> None:
    """Keep who asked for what."""
    connection.execute(insert(photo_release).values(**vars(release)))


def releases(connection: Connection) -> list[Release]:
    """Return every question, oldest first."""
    names = [column for column in photo_release.columns if column.name != "id"]
    return [Release(**row._asdict()) for row in connection.execute(select(*names).order_by(photo_release.c.id))]


def _put(connection: Connection, table: SqlTable, row: dict[str, str], old: dict[str, str] | None) -> bool:
    if old == row:
        return False
    put(connection, table, **row)  # never an error that names the key: it is somebody's number
    return True
