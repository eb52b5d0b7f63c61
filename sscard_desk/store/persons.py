"""The population cache: an encrypted file of its own, found by id number, name, pinyin or initials.

It can always be fetched again, so it commits with NORMAL, and a damaged file is given up: the question that meets the
damage says so, the next sync loads the register anew. A new generation is a new file; `persons.current` names the
one in use, and every process sees a change of it with its next question.
"""

import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Final

from sqlalchemy import Connection, Engine

from sscard_desk.domain.errors.centre import FeedBroken
from sscard_desk.domain.errors.store import DatabaseDamaged
from sscard_desk.domain.ids import PersonKey
from sscard_desk.domain.person import Person
from sscard_desk.ports.sync import Cursor
from sscard_desk.store import person_file, person_generations, person_search
from sscard_desk.store.engine import open_engine, reading, writing
from sscard_desk.store.facts import DataFolder, derived
from sscard_desk.store.file_copy import copy_database
from sscard_desk.store.gate import gate_of
from sscard_desk.store.rekey import fitting
from sscard_desk.wire.feed import read_person
from sscard_desk.wire.messages import FeedItem, FeedPage, ScopeProof, SnapshotInfo

_LABEL: Final = b"sscard-desk persons"
_CACHE_MB: Final = 8


class PersonCache:
    """`ports.store.Persons`, and the feed scopes of the register. Methods may be called from any thread."""

    def __init__(self, folder: DataFolder, database_key: bytes, former: Sequence[bytes] = ()) -> None:
        self._folder = folder
        self._key = derived(database_key, _LABEL)
        self._former = [derived(key, _LABEL) for key in former]
        self._guard = threading.Lock()
        self._open: tuple[str, Engine] | None = None

    def __repr__(self) -> str:
        return "PersonCache()"

    def rekeyed(self, database_key: bytes) -> None:
        """The desk's database has another key: the register is copied under one that follows from it.

        Raises:
            DiskFull, DiskTrouble: the file in use has its former key still; `renew` tries again.
        """
        self._former.append(self._key)
        self._key = derived(database_key, _LABEL)
        self.renew()

    def renew(self) -> None:
        """Copy the file in use under the key of today, where it still has a former one."""
        engine = self._engine()
        if engine is None or gate_of(engine).key == self._key:
            return
        name = person_generations.new_name()
        try:
            copy_database(engine, self._folder.path / name, self._key)
        except BaseException:
            person_generations.remove(self._folder.path / name)
            raise
        self._swap(name)

    def close(self) -> None:
        """Close all connections."""
        with self._guard:
            if self._open is not None:
                self._open[1].dispose()
                self._open = None

    def by_number(self, id_number: str) -> Person | None:
        """Return the person with this id number."""
        return self._one("SELECT body FROM person WHERE id_number = ?", id_number)

    def by_key(self, key: PersonKey) -> Person | None:
        """Return the person under this key."""
        return self._one('SELECT body FROM person WHERE "key" = ?', key)

    def count(self) -> int:
        """Return how many persons are cached."""
        engine = self._engine()
        if engine is None:
            return 0
        with self._asking(engine) as connection:
            # kept up by the feed: counting a million rows would take longer than a key press
            counted = "SELECT coalesce(sum(count), 0) - (SELECT count(*) FROM gone) FROM scope"
            return int(connection.exec_driver_sql(counted).scalar_one())

    def search(self, text: str, limit: int = 20) -> Sequence[Person]:
        """Return persons whose number, name, pinyin or initials begin with the text, best first."""
        engine = self._engine()
        asked = text.strip()
        if engine is None or not asked:
            return []
        with self._asking(engine) as connection:
            found = person_search.find(connection, asked, limit)
            return [read_person(body) for body in person_search.bodies(connection, found[:limit])]

    def cursor(self, scope: str) -> Cursor:
        """Return how far a scope of the register was applied."""
        engine = self._engine()
        if engine is None:
            return Cursor(scope, "", 0)
        try:
            with self._asking(engine) as connection:
                return person_file.cursor(connection, scope)
        except DatabaseDamaged:
            return Cursor(scope, "", 0)

    def proof(self, scope: str) -> ScopeProof:
        """Return count and order-free hash of a scope, tombstones included."""
        engine = self._engine()
        if engine is None:
            return ScopeProof(scope=scope, epoch="", position=0, count=0, sum=bytes(32))
        with self._asking(engine) as connection:
            return person_file.proof(connection, scope)

    def apply(self, page: FeedPage) -> None:
        """Apply a page of the register and move its cursor in one transaction; the sync store checked its place.

        Raises:
            FeedBroken: the file is damaged and was given up; a snapshot mends it.
        """
        engine = self._engine() or self._begun()
        try:
            with writing(engine) as connection:
                person_file.apply(connection, page)
        except DatabaseDamaged as error:
            person_generations.give_up(self._folder)
            raise FeedBroken(scope=page.scope) from error

    def load(self, info: SnapshotInfo, blocks: Iterable[list[FeedItem]]) -> None:
        """Put a snapshot in the place of a scope: a new file is built and swapped in whole.

        Raises:
            FeedBroken, ValueError: the snapshot does not hold what it says; the old file stays in use.
        """
        name = person_generations.new_name()
        try:
            old = self._engine()
            person_file.build(self._folder.path / name, self._key, info, blocks, old)
        except DatabaseDamaged as error:
            person_generations.remove(self._folder.path / name)
            person_generations.give_up(self._folder)
            raise FeedBroken(scope=info.scope) from error
        except BaseException:
            person_generations.remove(self._folder.path / name)
            raise
        self._swap(name)

    def _one(self, statement: str, value: str) -> Person | None:
        engine = self._engine()
        if engine is None:
            return None
        with self._asking(engine) as connection:
            body = connection.exec_driver_sql(statement, (value,)).scalar()
        return None if body is None else read_person(body)

    @contextmanager
    def _asking(self, engine: Engine) -> Iterator[Connection]:
        """Give a connection to read with; a damaged file is given up.

        Raises:
            DatabaseDamaged: it was damaged; there is no cache from here on until the next sync.
        """
        try:
            with reading(engine) as connection:
                yield connection
        except DatabaseDamaged:
            person_generations.give_up(self._folder)
            raise

    def _engine(self) -> Engine | None:
        """Return the engine on the file in use; None while there is none."""
        name = person_generations.in_use(self._folder)
        with self._guard:
            if self._open is not None and self._open[0] == name:
                return self._open[1]
            if self._open is not None:
                self._open[1].dispose()
                self._open = None
            if name is None:
                return None
            path = self._folder.path / name
            # after a change of the database's key the file has the former one until it was copied
            key = (fitting(path, (self._key, *self._former)) if self._former else None) or self._key
            engine = open_engine(path, key, synchronous="NORMAL", cache_mb=_CACHE_MB, key_proved=True)
            try:
                with suppress(DatabaseDamaged):  # whoever asks something of it meets that, and gives the file up
                    person_file.bring_on(engine)
            except BaseException:
                engine.dispose()
                raise
            self._open = (name, engine)
            return engine

    def _begun(self) -> Engine:
        """Make an empty cache and return the engine on it."""
        name = person_generations.new_name()
        person_file.make_empty(self._folder.path / name, self._key)
        self._swap(name)
        engine = self._engine()
        if engine is None:
            raise RuntimeError("the pointer to a cache just made is gone")
        return engine

    def _swap(self, name: str) -> None:
        before = person_generations.in_use(self._folder)
        person_generations.use(self._folder, name)
        self._engine()
        person_generations.tidy(self._folder, {before} if before else set())
