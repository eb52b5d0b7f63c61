import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Row

from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.operator import FolderNotEmpty
from sscard_desk.domain.errors.store import (
    DatabaseDamaged,
    DatabaseKeyWrong,
    DatabaseNewer,
    DiskFull,
    FolderInUse,
    NotSetUp,
)
from sscard_desk.store import tables
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.store.engine import OLDEST_SQLITE, check_sqlite, open_engine, writing
from sscard_desk.store.facts import read_facts
from sscard_desk.store.lock import FolderLock
from sscard_desk.store.migrations import DESK
from sscard_desk.store.opening import open_desk
from tests.store import _desk as a


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    store = a.make_desk(tmp_path / "desk")
    for _ in range(20):
        a.begin(store)
    store.close()
    return tmp_path / "desk"


def test_a_folder_says_before_sign_in_whether_it_is_for_training(folder: Path) -> None:
    facts = read_facts(folder)
    assert (facts.desk, facts.service_point, facts.desk_no, facts.training) == ("D-0001", "4201", 1, True)
    assert a.KEY.hex() not in (folder / "folder.json").read_text(encoding="utf-8")


def test_what_stands_open_cannot_turn_training_into_the_real_thing(folder: Path) -> None:
    path = folder / "folder.json"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"training": true', '"training": false'), encoding="utf-8")
    assert not read_facts(folder).training
    store = open_desk(folder, a.KEY)
    assert store.training
    store.close()


def test_a_wrong_key_is_told_from_a_damaged_file(folder: Path) -> None:
    with pytest.raises(DatabaseKeyWrong):
        open_desk(folder, bytes(32))
    raw = bytearray((folder / "desk.db").read_bytes())
    raw[:4096] = bytes(4096)
    (folder / "desk.db").write_bytes(raw)
    with pytest.raises(DatabaseDamaged):
        open_desk(folder, a.KEY)


@pytest.mark.parametrize("at", range(6, 28, 3))
def test_a_page_that_was_changed_is_found_and_never_read_as_something_else(folder: Path, at: int) -> None:
    path = folder / "desk.db"
    raw = bytearray(path.read_bytes())
    assert len(raw) > at * 4096
    raw[at * 4096 + 100] ^= 0x40
    path.write_bytes(raw)
    try:
        store = open_desk(folder, a.KEY)
        try:
            assert not store.verify().sound
        finally:
            store.close()
    except DatabaseDamaged:
        pass


def test_a_page_that_was_zeroed_is_listed_and_the_rest_is_still_looked_at(tmp_path: Path) -> None:
    store = a.make_desk(tmp_path / "desk")
    for _ in range(3):
        a.sign(store, a.begin(store))
    with store.work(a.CLERK) as work:
        work.put_blob(b"portrait")
    roots = {row.name: row.rootpage for row in _schema(store)}
    store.close()
    path = tmp_path / "desk" / "desk.db"
    whole = path.read_bytes()
    for table, reported in (
        ("entry", lambda found: (found.chain_ok, found.broken_why, found.blobs) == (False, "page", 1)),
        ("payload", lambda found: (found.chain_ok, found.broken_why, found.blobs) == (False, "page", 1)),
        ("receipt", lambda found: (found.chain_ok, found.entries, found.blobs) == (True, 24, 1)),
        ("draft", lambda found: (found.chain_ok, found.entries, found.drafts_ok) == (True, 24, False)),
        ("blob", lambda found: (found.chain_ok, found.entries) == (True, 24)),
    ):
        start = (roots[table] - 1) * 4096
        path.write_bytes(whole[:start] + bytes(4096) + whole[start + 4096 :])
        store = open_desk(tmp_path / "desk", a.KEY)
        found = store.verify()
        store.close()
        assert not found.sound
        assert any(line.startswith("unread: ") for line in found.pages_damaged)
        assert not found.pages_damaged[0].startswith("unread: ")
        assert reported(found), (table, found)


def _schema(store: DeskStore) -> Sequence[Row[Any]]:
    with store._engine.connect() as connection:
        return connection.exec_driver_sql("SELECT name, rootpage FROM sqlite_schema WHERE type = 'table'").all()


@pytest.mark.parametrize("left", [0, 100, 4096, 40_000])
def test_a_database_that_was_cut_is_damaged(folder: Path, left: int) -> None:
    path = folder / "desk.db"
    path.write_bytes(path.read_bytes()[:left])
    with pytest.raises(DatabaseDamaged):  # noqa: PT012 - wherever it shows first
        store = open_desk(folder, a.KEY)
        try:
            if not store.verify().sound:
                raise DatabaseDamaged
        finally:
            store.close()


def test_a_database_that_is_gone_is_not_made_anew(folder: Path) -> None:
    (folder / "desk.db").unlink()
    with pytest.raises(DatabaseDamaged):
        open_desk(folder, a.KEY)
    assert not (folder / "desk.db").exists()


def test_a_database_of_a_newer_program_is_left_alone(folder: Path) -> None:
    engine = open_engine(folder / "desk.db", a.KEY)
    with writing(engine) as connection:
        connection.exec_driver_sql(f"PRAGMA user_version = {len(DESK) + 1}")
    engine.dispose()
    with pytest.raises(DatabaseNewer) as newer:
        open_desk(folder, a.KEY)
    assert (newer.value.found, newer.value.ours) == (len(DESK) + 1, len(DESK))


def test_an_empty_folder_holds_no_desk(tmp_path: Path) -> None:
    with pytest.raises(NotSetUp):
        open_desk(tmp_path, a.KEY)


def test_a_folder_is_made_once(folder: Path) -> None:
    with pytest.raises(FolderNotEmpty):
        a.make_desk(folder)
    store = open_desk(folder, a.KEY)
    assert len(store.recent()) == 20
    store.close()


def test_a_second_window_finds_the_folder_in_use(folder: Path) -> None:
    with FolderLock(folder), pytest.raises(FolderInUse), FolderLock(folder):
        pass
    with FolderLock(folder):
        other = "import sys; from pathlib import Path; from sscard_desk.store.lock import FolderLock\n"
        other += "from sscard_desk.domain.errors.store import FolderInUse\n"
        other += "try: FolderLock(Path(sys.argv[1])).take()\nexcept FolderInUse: sys.exit(7)"
        assert subprocess.run([sys.executable, "-c", other, str(folder)], check=False).returncode == 7
    lock = FolderLock(folder)
    lock.take()
    lock.release()
    lock.release()


def test_the_tables_of_the_code_are_those_that_the_migrations_make(desk: DeskStore) -> None:
    with desk._engine.connect() as connection:
        for table in tables.everything():
            made = {row.name: row for row in connection.exec_driver_sql(f'PRAGMA table_info("{table.name}")')}
            assert set(made) == {column.name for column in table.columns}, table.name
            for column in table.columns:
                assert str(column.type) == made[column.name].type, (table.name, column.name)
                assert column.primary_key == bool(made[column.name].pk), (table.name, column.name)
        names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars()
        assert {name for name in names if not name.startswith("sqlite_")} == {t.name for t in tables.everything()}


def test_the_database_is_held_as_it_must_be(desk: DeskStore) -> None:
    check_sqlite()
    with pytest.raises(RuntimeError):
        check_sqlite((OLDEST_SQLITE[0], OLDEST_SQLITE[1], OLDEST_SQLITE[2] - 1))
    with desk._engine.connect() as connection:
        held = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "temp_store", "foreign_keys", "secure_delete")
        }
    assert held == {"journal_mode": "wal", "synchronous": 2, "temp_store": 2, "foreign_keys": 1, "secure_delete": 1}


def test_a_full_database_keeps_nothing_of_the_act_and_everything_before_it(desk: DeskStore) -> None:
    subject = a.begin(desk)
    with desk._engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    # the limit belongs to a connection, so it is set on the one that the next act takes
    with pytest.raises(DiskFull), desk.work(a.CLERK) as work:  # noqa: PT012 - one act that does not fit
        work._connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 2}")
        try:
            work.put_blob(b"picture")
            for _ in range(100):
                work.record(a.BANK, subject=subject)
                work.drop_draft(subject)
        finally:
            limit = work._connection.connection.cursor()
            limit.execute("PRAGMA max_page_count = 1000000")
            limit.close()
    assert desk.unsent() == 1
    assert desk._folder.files() == set()
    with desk.work(a.CLERK) as work:
        work.record(a.BANK, subject=subject)
    assert desk.verify().sound


def test_sqlalchemy_is_not_loaded_before_sign_in() -> None:
    loaded = (
        "import sys, sscard_desk.store, sscard_desk.store.facts, sscard_desk.store.lock, sscard_desk.security.slots\n"
    )
    loaded += "sys.exit(int('sqlalchemy' in sys.modules or 'sqlcipher3' in sys.modules))"
    assert subprocess.run([sys.executable, "-c", loaded], check=False).returncode == 0


def test_every_trouble_of_the_store_has_its_words_in_both_languages() -> None:
    from sscard_desk.texts import LANGUAGES, Catalogue

    ours = DeskError.leaves()
    codes = {leaf.code for leaf in ours if leaf.code.startswith(("E50", "E51", "E52", "E16", "E12"))}
    assert {"E501", "E505", "E511", "E522", "E161", "E166", "E120", "E129"} <= codes
    for language in LANGUAGES:
        texts = Catalogue(language)
        assert [
            c for c in sorted(codes) if not (texts.has(f"errors.{c}.message") and texts.has(f"errors.{c}.advice"))
        ] == []
