from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from sscard_desk.domain.errors.store import DatabaseDamaged
from sscard_desk.store.engine import open_engine
from sscard_desk.store.migrations import DESK, migrate
from tests.store import _desk as a

NEXT = (
    "ALTER TABLE draft ADD COLUMN colour TEXT NOT NULL DEFAULT 'none'",
    "CREATE INDEX draft_colour ON draft (colour)",
)


def _folder_with_an_act(tmp_path: Path) -> Path:
    store = a.make_desk(tmp_path / "desk")
    store.keep_draft(a.begin(store), {"name": "x"}, "name")
    store.close()
    return tmp_path / "desk" / "desk.db"


def test_a_later_step_goes_over_what_is_there_once(tmp_path: Path) -> None:
    engine = open_engine(_folder_with_an_act(tmp_path), a.KEY)
    for _ in range(2):
        migrate(engine, (*DESK, NEXT), fresh=False)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT colour FROM draft").scalars().all() == ["none"]
        assert connection.exec_driver_sql("PRAGMA user_version").scalar() == len(DESK) + 1
    engine.dispose()


def test_a_step_that_breaks_off_leaves_the_database_as_it_was(tmp_path: Path) -> None:
    engine = open_engine(_folder_with_an_act(tmp_path), a.KEY)
    with pytest.raises(OperationalError):
        migrate(engine, (*DESK, (*NEXT, "CREATE TABLE draft (twice TEXT)")), fresh=False)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA user_version").scalar() == len(DESK)
        names = [row.name for row in connection.exec_driver_sql("PRAGMA table_info(draft)")]
    assert "colour" not in names
    engine.dispose()


def test_a_file_without_shape_is_only_filled_when_it_is_being_made(tmp_path: Path) -> None:
    engine = open_engine(tmp_path / "desk.db", a.KEY)
    with pytest.raises(DatabaseDamaged):
        migrate(engine, DESK, fresh=False)
    migrate(engine, DESK, fresh=True)
    engine.dispose()
