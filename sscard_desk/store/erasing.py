"""Erasing one subject at this desk: what its entries say, its state, prints, draft, pictures, and each page's rest.

What the centre has not received is never erased: the erasure waits. Header, hash and digest of every entry stay, and
one more entry, committed with it, explains it.
"""

import contextlib
from collections.abc import Sequence
from threading import Lock
from typing import Final

from sqlalchemy import Connection, Engine, delete, func, select, update

from sscard_desk.domain.erasure import Erasure
from sscard_desk.domain.errors import StoreTrouble
from sscard_desk.domain.events import PayloadErased
from sscard_desk.domain.ids import AccountId, BlobId
from sscard_desk.ports.clock import Clock
from sscard_desk.store import blobs, erasures, journal, tables
from sscard_desk.store.blob_uses import BlobUses
from sscard_desk.store.blobs import BlobFolder
from sscard_desk.store.engine import BUSY_MS, reading, writing
from sscard_desk.store.facts import FolderFacts
from sscard_desk.wire.blob_names import names_in

BY_RULE: Final = AccountId("rule")
"""Who erases in the journal: no account, but data of the centre or its order."""

_entry, _foreign = tables.entry.c, tables.foreign_entry.c


class Eraser:
    """Carries out what stands on the list of erasures; any thread may call it.

    Args:
        engine: the desk's database.
        facts: of the data folder.
        folder: of the blobs.
        clock: the desk's.
    """

    def __init__(self, engine: Engine, facts: FolderFacts, folder: BlobFolder, clock: Clock) -> None:
        self._engine, self._facts, self._folder, self._clock = engine, facts, folder, clock
        self._alone = Lock()
        self._left_in_wal = False

    def carry_out(self) -> Sequence[str]:
        """Erase what waits and may go, each subject in a transaction of its own; return which ones went.

        Raises:
            DiskFull, DiskTrouble: the one at hand stays as it was.
        """
        with self._alone:
            with reading(self._engine) as connection:
                waiting = erasures.waiting(connection)
                ready = [one for one in waiting if not unsent_of(connection, one.subject)]
            went = self._each(ready) if ready else []
            self._left_in_wal = self._left_in_wal or bool(went)
            if self._left_in_wal:
                self._left_in_wal = not empty_wal(self._engine)
            return went

    def _each(self, ready: Sequence[Erasure]) -> list[str]:
        uses, went = BlobUses(), list[str]()
        with reading(self._engine) as connection:
            uses.read_on(connection)
        for one in ready:
            with writing(self._engine) as connection:
                uses.read_on(connection)  # what was written since, which holds the lock from here on
                files = self._erase(connection, one, uses)
            if files is None:
                continue
            went.append(one.subject)
            self._remove(files)
        if went:
            with writing(self._engine) as connection:
                uses.read_on(connection)
                orphans = _orphans(connection, uses)
            self._remove(orphans)
        return went

    def _remove(self, files: Sequence[str]) -> None:
        for file in files:
            with contextlib.suppress(StoreTrouble):  # its key is gone; `sweep` tries again
                self._folder.remove(file)

    def _erase(self, connection: Connection, one: Erasure, uses: BlobUses) -> list[str] | None:
        """Erase a subject inside a transaction; return the files to be removed, None where it has to wait."""
        subject = one.subject
        own, foreign = _own(connection, subject), _foreign_of(connection, subject)
        told = (*own.values(), *foreign.values(), *_folded(connection, subject))
        names = set().union(*(names_in(each) for each in told))
        mine = sorted(uses.only_of(subject, names))
        if unsent_of(connection, subject) or (not one.why.from_centre and _unsent_blobs(connection, mine)):
            return None
        dropped = [file for name in mine if (file := blobs.drop_key(connection, BlobId(name))) is not None]
        connection.execute(delete(tables.wanted_blob).where(tables.wanted_blob.c.id.in_(mine)))
        event = PayloadErased(tuple(sorted(own)), one.why.value, one.rule, len(foreign), len(dropped))
        author = journal.Author(
            self._facts.desk, self._facts.training, BY_RULE, self._clock.now(), self._clock.offset_ms()
        )
        journal.append(connection, author, event, subject=subject, base_version=0)
        seq, _ = journal.head(connection)
        for each in own:
            journal.erase_payload(connection, each)
        connection.execute(
            update(tables.foreign_entry).where(_foreign.subject == subject).values(payload=None, salt=None, conflict="")
        )
        drop_what_stands(connection, subject)
        erasures.done(connection, subject, seq, author.now)
        uses.forget(subject, names)
        return dropped


def drop_what_stands(connection: Connection, subject: str) -> None:
    """Drop what was folded or typed of a subject: state, prints, batch, draft."""
    for table, key in (
        (tables.application, tables.application.c.id),
        (tables.print_record, tables.print_record.c.application),
        (tables.batch, tables.batch.c.id),
        (tables.draft, tables.draft.c.application),
    ):
        connection.execute(delete(table).where(key == subject))


def unsent_of(connection: Connection, subject: str) -> int:
    """Return how many entries of a subject the centre has not received, set-aside ones included."""
    mine = (_entry.subject == subject) & _entry.received_ms.is_(None) & (_entry.kind != PayloadErased.kind)
    return int(connection.execute(select(func.count()).select_from(tables.entry).where(mine)).scalar_one())


def waiting_for_receipts(connection: Connection) -> list[tuple[str, int]]:
    """Return the subjects whose erasure waits, each with how many of its entries the centre has not received."""
    return [(one.subject, unsent_of(connection, one.subject)) for one in erasures.waiting(connection)]


def empty_wal(engine: Engine) -> bool:
    """Bring the log beside the database into it and cut the log to nothing; return whether nobody was in the way.

    Until then the log holds pages as they were. Nobody waits for this: what was in the way is tried again later.
    """
    with engine.connect() as connection:
        raw = connection.connection.driver_connection
        if raw is None:
            return False
        try:
            raw.execute("PRAGMA busy_timeout = 0")
            busy, *_ = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            raw.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
        return not busy


def _own(connection: Connection, subject: str) -> dict[int, bytes]:
    rows = connection.execute(
        select(_entry.seq, tables.payload.c.payload)
        .join(tables.payload, tables.payload.c.seq == _entry.seq)
        .where((_entry.subject == subject) & (_entry.kind != PayloadErased.kind))
    )
    return {row.seq: row.payload for row in rows}


def _foreign_of(connection: Connection, subject: str) -> dict[str, bytes]:
    kept = (_foreign.subject == subject) & _foreign.payload.is_not(None)
    rows = connection.execute(select(_foreign.entry_id, _foreign.payload).where(kept))
    return {row.entry_id: row.payload for row in rows}


def _folded(connection: Connection, subject: str) -> Sequence[bytes]:
    """Return the state and the prints of a subject as they are kept: entries may have been emptied before."""
    state = select(tables.application.c.snapshot).where(tables.application.c.id == subject)
    prints = select(tables.print_record.c.snapshot).where(tables.print_record.c.application == subject)
    return [held for query in (state, prints) for held in connection.execute(query).scalars()]


def _orphans(connection: Connection, uses: BlobUses) -> list[str]:
    """Drop the keys of pictures that the centre has and nothing here names any more; return their files.

    Such are left where the entries of an application that went to another service point were emptied.
    """
    held = (
        tables.draft.c["values"],
        tables.setting.c.value,
        tables.item.c.body,
        tables.application.c.snapshot,
        tables.print_record.c.snapshot,
        tables.batch.c.snapshot,
    )
    named = {name for column in held for raw in connection.execute(select(column)).scalars() for name in names_in(raw)}
    named |= {name for name, users in uses.users.items() if users}
    sent = connection.execute(select(tables.blob.c.id).where(tables.blob.c.sent != tables.FALSE)).scalars().all()
    gone = [blobs.drop_key(connection, BlobId(name)) for name in sent if name not in named]
    return [file for file in gone if file is not None]


def _unsent_blobs(connection: Connection, names: Sequence[str]) -> bool:
    waiting = tables.blob.c.id.in_(names) & (tables.blob.c.sent == tables.FALSE)
    return connection.execute(select(tables.blob.c.id).where(waiting).limit(1)).first() is not None
