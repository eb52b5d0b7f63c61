"""The register in tables of bounded size: however many persons come, few of them are held at once."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event

from sscard_desk.domain.person import Person
from sscard_desk.store import person_file, person_parts
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.store.engine import keyed_connection, open_engine
from sscard_desk.store.facts import derived
from sscard_desk.store.migrations import PERSONS, persons_0001
from sscard_desk.wire.feed import BLOCK_ITEMS, write_person
from sscard_desk.wire.messages import FeedItem, SnapshotInfo
from tests.machines.held_items import HeldItems
from tests.store import _desk as a
from tests.store.test_persons import NAMES, SCOPE, item, page, person, snapshot

OTHER = "persons:420107"
PEOPLE = [person(number, NAMES[number % len(NAMES)]) for number in range(1, 24)]


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(person_parts, "PART_ROWS", 5)


def tables(desk: DeskStore) -> dict[str, int]:
    """How many rows each table of the register has."""
    engine = desk.persons._engine()
    assert engine is not None
    with engine.connect() as connection:
        firsts = connection.exec_driver_sql("SELECT first FROM part ORDER BY first").scalars().all()
        return {
            f"person_{first}": int(connection.exec_driver_sql(f"SELECT count(*) FROM person_{first}").scalar_one())  # noqa: S608 - a number
            for first in firsts
        }


def load(desk: DeskStore, people: list[Person], scope: str = SCOPE) -> None:
    info, body = snapshot([item(n, who) for n, who in enumerate(people, 1)], len(people), scope=scope)
    desk.load_snapshot(info, body)


@pytest.mark.usefixtures("small")
def test_everybody_is_found_in_whichever_table_they_lie(desk: DeskStore) -> None:
    load(desk, PEOPLE)
    assert tables(desk) == {"person_1": 5, "person_6": 5, "person_11": 5, "person_16": 5, "person_21": 3}
    for who in PEOPLE:
        assert desk.persons.by_number(who.id_number) == who
        assert desk.persons.by_key(who.key) == who
        assert who in desk.persons.search(who.id_number)
    for typed in ("张", "zhang", "zw", "zengxm", "xiao ming"):
        found = desk.persons.search(typed, limit=50)
        assert len({who.key for who in found}) == len(found) > 1
    numbers = [who.id_number for who in desk.persons.search("42010619900307", limit=50)]
    assert numbers == sorted(who.id_number for who in PEOPLE)


@pytest.mark.usefixtures("small")
def test_pages_change_remove_and_add_across_tables(desk: DeskStore) -> None:
    load(desk, PEOPLE)
    renamed, gone, new = person(2, "改名", 2), person(12, "走了", 2), [person(n, "新来") for n in range(100, 108)]
    items = [item(24, renamed), item(25, gone, deleted=True), *(item(26 + n, who) for n, who in enumerate(new))]
    desk.apply_page(page(23, items))
    assert desk.persons.by_key(renamed.key) == renamed
    assert desk.persons.by_key(gone.key) is None
    assert [who.key for who in desk.persons.search("新来", limit=50)] == [who.key for who in new]
    assert len(desk.persons.search("xin lai", limit=50)) == len(new)
    assert max(tables(desk).values()) == 5
    assert desk.persons.count() == sum(tables(desk).values()) == 30


@pytest.mark.usefixtures("small")
def test_a_snapshot_of_one_region_takes_the_other_regions_tables_along(desk: DeskStore) -> None:
    elsewhere = [person(n, "别处") for n in range(200, 213)]
    load(desk, elsewhere, OTHER)
    load(desk, PEOPLE)
    assert desk.persons.count() == len(PEOPLE) + len(elsewhere)
    assert [who.key for who in desk.persons.search("bie chu", limit=50)] == [who.key for who in elsewhere]
    assert max(tables(desk).values()) == 5


@dataclass
class Seen:
    """What the database was asked to do: rows that an index was made of, and rows that came with one statement."""

    sorted: list[int] = field(default_factory=list)
    given: list[int] = field(default_factory=list)

    def look(self, connection: Connection, _cursor: Any, statement: str, rows: Any, _context: Any, many: bool) -> None:
        if "INDEX" in statement:
            table = statement.split(" ON ")[1].split(" ", maxsplit=1)[0]
            counted = connection.connection.cursor()
            counted.execute(f"SELECT count(*) FROM {table}")  # noqa: S608 - as the statement names it
            self.sorted += counted.fetchone() or ()
        if many:
            self.given.append(len(rows))


@pytest.fixture
def seen() -> Iterator[Seen]:
    watching = Seen()
    event.listen(Engine, "before_cursor_execute", watching.look)
    yield watching
    event.remove(Engine, "before_cursor_execute", watching.look)


def test_few_persons_are_held_while_a_register_is_put_in_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seen: Seen
) -> None:
    monkeypatch.setattr(person_parts, "PART_ROWS", 3_000)
    held = HeldItems()
    count = 4 * BLOCK_ITEMS + 7

    def make(number: int) -> FeedItem:
        body = write_person(person(number % 900, NAMES[number % len(NAMES)]))
        return FeedItem(position=number, kind="person", id=f"{number:032x}", version=1, body=body)

    def blocks() -> Iterator[list[FeedItem]]:
        block: list[FeedItem] = []
        for each in held.items(count, make):
            block.append(each)
            if len(block) == BLOCK_ITEMS:
                yield block
                block = []
        yield block

    info = SnapshotInfo(scope=SCOPE, epoch="e", position=count, count=count, sha256="")
    person_file.build(tmp_path / "persons.db", a.KEY, info, blocks(), None)
    assert held.most <= 2 * BLOCK_ITEMS
    assert max(seen.given) <= BLOCK_ITEMS
    assert [*seen.sorted] == [3_000] * 10 + [2_007] * 5


def test_a_register_that_an_older_program_kept_is_brought_on(desk: DeskStore, monkeypatch: pytest.MonkeyPatch) -> None:
    load(desk, PEOPLE)
    engine = desk.persons._engine()
    assert engine is not None
    with engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT * FROM person").all()
        words = [(row.id, "zhang wei") for row in rows]
        scopes = connection.exec_driver_sql("SELECT * FROM scope").all()
    (path,) = desk.persons._folder.path.glob("persons-*.db")
    desk.persons.close()
    for end in ("", "-wal", "-shm"):
        path.with_name(path.name + end).unlink(missing_ok=True)
    older = keyed_connection(path, derived(a.KEY, b"sscard-desk persons"))
    older.execute("PRAGMA journal_mode = WAL")
    for statement in (*persons_0001.SQL, *_INDEXES_THEN):
        older.execute(statement)
    older.execute("PRAGMA user_version = 1")
    older.executemany("INSERT INTO person VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", [tuple(row) for row in rows])
    older.executemany("INSERT INTO syllables (rowid, words) VALUES (?, ?)", words)
    older.executemany("INSERT INTO scope VALUES (?, ?, ?, ?, ?, ?)", [tuple(row) for row in scopes])
    older.close()
    monkeypatch.setattr(person_parts, "PART_ROWS", 5)
    assert desk.persons.by_number(PEOPLE[7].id_number) == PEOPLE[7]
    desk.apply_page(page(23, [item(24, person(300, "新来")), item(25, person(3, "改名", 2))]))
    assert tables(desk) == {"person_1": 22, "person_24": 2}
    assert [who.name for who in desk.persons.search("新来")] == ["新来"]
    assert desk.persons.by_key(PEOPLE[2].key) == person(3, "改名", 2)
    check = open_engine(path, derived(a.KEY, b"sscard-desk persons"), key_proved=True)
    with check.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA user_version").scalar_one() == len(PERSONS)
    check.dispose()


_INDEXES_THEN = (
    'CREATE UNIQUE INDEX person_key ON person ("key")',
    "CREATE INDEX person_number ON person (id_number)",
    "CREATE INDEX person_name ON person (name)",
    "CREATE INDEX person_pinyin ON person (pinyin)",
    "CREATE INDEX person_initials ON person (initials, pinyin)",
)
