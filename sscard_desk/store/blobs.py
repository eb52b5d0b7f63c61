"""Kept pictures, scans and signatures: one file each, encrypted under a key of its own that stands in the database.

A file is a mark and chunks of 64 KiB, each AES-256-GCM with its number as nonce (the key is used for this file
alone) and with a last-chunk flag as associated data, so that no chunk can be moved, left out or cut off unseen.
Erasing is dropping the key; the file is then noise.
"""

import hashlib
import secrets
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Column, Connection, Table, bindparam, delete, func, insert, select, update

from sscard_desk.disk import make_folder, trouble, write_whole
from sscard_desk.domain.errors.store import BlobDamaged, BlobMissing
from sscard_desk.domain.ids import BlobId
from sscard_desk.ports.sync import BlobCounts
from sscard_desk.store import tables

CHUNK: Final = 65_536
_MARK: Final = b"SSCBLOB1"
_TAG: Final = 16
_KEY_BYTES: Final = 32


@dataclass(frozen=True)
class Sealed:
    """Where a blob lies and what opens it."""

    file: str
    key: bytes = field(repr=False)


def blob_id(data: bytes) -> BlobId:
    """Return the name of these bytes: SHA-256 as 64 hex characters."""
    return BlobId(hashlib.sha256(data).hexdigest())


class BlobFolder:
    """The folder of encrypted files; their names are random and say nothing."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def write(self, data: bytes) -> Sealed:
        """Encrypt and keep bytes under a new key and a new random name.

        Raises:
            DiskFull, DiskTrouble: nothing was kept.
        """
        make_folder(self.path)
        sealed = Sealed(file=secrets.token_hex(16), key=secrets.token_bytes(_KEY_BYTES))
        write_whole(self.path / sealed.file, _sealed(data, sealed.key))
        return sealed

    def read(self, blob: BlobId, sealed: Sealed) -> bytes:
        """Decrypt a file and check that it is what was kept.

        Raises:
            BlobMissing: the file is not there.
            BlobDamaged: it was changed, cut or mixed up.
            DiskTrouble: the disk does not give it.
        """
        try:
            raw = (self.path / sealed.file).read_bytes()
        except FileNotFoundError as error:
            raise BlobMissing(blob=blob) from error
        except OSError as error:
            raise trouble(error) from error
        data = _opened(raw, sealed.key)
        if data is None or blob_id(data) != blob:
            raise BlobDamaged(blob=blob)
        return data

    def remove(self, file: str) -> None:
        """Remove a file; one that is not there is no trouble.

        Raises:
            DiskTrouble: the system holds on to it.
        """
        try:
            (self.path / file).unlink(missing_ok=True)
        except OSError as error:
            raise trouble(error) from error

    def files(self) -> set[str]:
        """Return the names of all files there are, unfinished ones too."""
        return {file.name for file in self.path.iterdir()} if self.path.is_dir() else set()


def find(connection: Connection, blob: BlobId) -> Sealed | None:
    """Return where a blob lies, or None if the database does not know it."""
    row = connection.execute(
        select(tables.blob.c.file, tables.blob.c.key).where(tables.blob.c.id == blob)
    ).one_or_none()
    return None if row is None else Sealed(file=row.file, key=row.key)


def note(connection: Connection, blob: BlobId, sealed: Sealed, size: int, *, sent: bool) -> None:
    """Put a kept blob into the database; it is not wanted from the centre any more."""
    connection.execute(insert(tables.blob).values(id=blob, file=sealed.file, key=sealed.key, size=size, sent=int(sent)))
    connection.execute(delete(tables.wanted_blob).where(tables.wanted_blob.c.id == blob))


def named_files(connection: Connection) -> set[str]:
    """Return the files that blobs name."""
    return set(connection.execute(select(tables.blob.c.file)).scalars())


def want(connection: Connection, blob: BlobId) -> None:
    """Note that an entry refers to a blob that may not be here."""
    if find(connection, blob) is None:
        tables.put(connection, tables.wanted_blob, id=blob)


def unwant(connection: Connection, names: Collection[BlobId]) -> None:
    """Note that these are not asked for any more: what they belong to went to another service point."""
    connection.execute(delete(tables.wanted_blob).where(tables.wanted_blob.c.id.in_(names)))


def want_again(connection: Connection, blob: BlobId) -> None:
    """Note that a blob that stood here was lost, if the centre has it."""
    sent = connection.execute(select(tables.blob.c.sent).where(tables.blob.c.id == blob)).scalar()
    if sent:
        tables.put(connection, tables.wanted_blob, id=blob)


def wanted(connection: Connection, limit: int) -> list[BlobId]:
    """Return blobs that entries refer to and that are not here; those asked for in vain last."""
    found = select(tables.wanted_blob.c.id).order_by(tables.wanted_blob.c.asked, tables.wanted_blob.c.id).limit(limit)
    return [BlobId(i) for i in connection.execute(found).scalars()]


def note_asked(connection: Connection, names: Collection[BlobId]) -> None:
    """Note that these were asked for and did not come: others come before them the next time."""
    _put_last(connection, tables.wanted_blob, tables.wanted_blob.c.asked, names)


def note_unread(connection: Connection, names: Collection[BlobId]) -> None:
    """Note that these could not be read for sending: others come before them the next time."""
    _put_last(connection, tables.blob, tables.blob.c.unread, names)


def _put_last(connection: Connection, table: Table, turn: Column[int], names: Collection[BlobId]) -> None:
    last = int(connection.execute(select(func.coalesce(func.max(turn), 0))).scalar_one())
    connection.execute(update(table).where(table.c.id.in_(names)).values({turn.name: last + 1}))


def pending(connection: Connection, limit: int) -> list[BlobId]:
    """Return blobs that the centre is not known to have; those that could not be read last."""
    found = connection.execute(
        select(tables.blob.c.id).where(tables.blob.c.sent == tables.FALSE).order_by(tables.blob.c.unread).limit(limit)
    ).scalars()
    return [BlobId(i) for i in found]


def counts(connection: Connection) -> BlobCounts:
    """Return how many the centre is not known to have, and how many are still to come."""
    unsent = select(func.count()).select_from(tables.blob).where(tables.blob.c.sent == tables.FALSE)
    wanted = select(func.count()).select_from(tables.wanted_blob)
    return BlobCounts(int(connection.execute(unsent).scalar_one()), int(connection.execute(wanted).scalar_one()))


def put_in_place(connection: Connection, blob: BlobId, sealed: Sealed, size: int) -> str | None:
    """Keep a blob's bytes under a new key; return the file that they had before, to be removed after the commit.

    Whether the centre has it does not change by that.
    """
    sent = connection.execute(select(tables.blob.c.sent).where(tables.blob.c.id == blob)).scalar()
    old = drop_key(connection, blob)
    note(connection, blob, sealed, size, sent=bool(sent))
    return old


def mark_sent(connection: Connection, sent: Collection[BlobId]) -> None:
    """Note that the centre has these blobs."""
    connection.execute(_SENT, [{"at_id": name} for name in sent])


def drop_key(connection: Connection, blob: BlobId) -> str | None:
    """Forget the key of a blob: nobody can read it from here on. Return its file's name, to be removed after commit."""
    sealed = find(connection, blob)
    connection.execute(delete(tables.blob).where(tables.blob.c.id == blob))
    return None if sealed is None else sealed.file


def _sealed(data: bytes, key: bytes) -> Iterator[bytes]:
    cipher = AESGCM(key)
    yield _MARK
    starts = range(0, max(len(data), 1), CHUNK)
    for number, start in enumerate(starts):
        last = number == len(starts) - 1
        yield cipher.encrypt(number.to_bytes(12), data[start : start + CHUNK], bytes([last]))


def _opened(raw: bytes, key: bytes) -> bytes | None:
    if not raw.startswith(_MARK):
        return None
    cipher = AESGCM(key)
    step = CHUNK + _TAG
    starts = range(len(_MARK), len(raw), step)
    parts: list[bytes] = []
    for number, start in enumerate(starts):
        last = number == len(starts) - 1
        try:
            parts.append(cipher.decrypt(number.to_bytes(12), raw[start : start + step], bytes([last])))
        except InvalidTag:
            return None
    return b"".join(parts) if parts else None


_SENT = update(tables.blob).where(tables.blob.c.id == bindparam("at_id")).values(sent=1)
