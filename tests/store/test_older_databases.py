"""A desk's database as every program before left it: today's program brings it on and delivers what it holds, once.

The older file is made by the older steps themselves and filled with the rows that a program of that time had.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from sscard_desk.central import imports
from sscard_desk.central.store.tables import entry as entries
from sscard_desk.domain import events
from sscard_desk.domain.ids import ApplicationId
from sscard_desk.store.engine import keyed_connection
from sscard_desk.store.migrations import DESK
from sscard_desk.store.opening import open_desk
from sscard_desk.sync.client import HttpCentre
from sscard_desk.sync.identity import DeskIdentity
from sscard_desk.sync.passes import run_pass
from sscard_desk.wire import messages
from tests.machines.counter import REGION, Counter, bank_confirmed, opened, subject
from tests.sync.test_real_desk import CLERK, KEY, POINT, real_desk, record

BATCH_RECEIPTS = 5
"""The step from which on a desk keeps what proves an entry under the seal of its batch."""


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    with Counter(tmp_path / "centre") as running:
        imports.import_point(running.open, POINT, "示例街道服务站", REGION)
        yield running


def rows_of(connection: Any, table: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    found = connection.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - names of our own
    return [column[0] for column in found.description], found.fetchall()


def taken_back(path: Path, steps: int) -> None:
    """Put a file of an older shape in the place of a desk's database, with the rows that fit into it."""
    older = path.with_name("older.db")
    today, before = keyed_connection(path, KEY), keyed_connection(older, KEY)
    before.execute("PRAGMA journal_mode = WAL")
    for step in DESK[:steps]:
        for statement in step:
            before.execute(statement)
    before.execute(f"PRAGMA user_version = {steps}")
    names = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    before.execute("BEGIN")
    for (table,) in before.execute(names).fetchall():
        there, _ = rows_of(before, table)
        columns, rows = rows_of(today, table)
        fitting = [name for name in there if name in columns]
        words = ", ".join(f'"{name}"' for name in fitting)
        marks = ", ".join("?" * len(fitting))
        at = [columns.index(name) for name in fitting]
        before.executemany(
            f'INSERT OR REPLACE INTO "{table}" ({words}) VALUES ({marks})',  # noqa: S608 - names of our own
            [tuple(row[place] for place in at) for row in rows],
        )
    before.execute("COMMIT")
    for connection in (today, before):
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.close()
    older.replace(path)


@pytest.mark.parametrize("steps", range(1, len(DESK)))
def test_what_an_older_program_left_is_brought_on_and_delivered_once(
    tmp_path: Path, counter: Counter, monkeypatch: pytest.MonkeyPatch, steps: int
) -> None:
    desk = real_desk(tmp_path / "desk", "D-0001", 1)
    counter.identity("D-0001", POINT).keep(desk)
    one, two = ApplicationId(subject()), ApplicationId(subject())
    record(desk, opened(1), one)
    with monkeypatch.context() as of_that_time, HttpCentre(DeskIdentity.load(desk, "D-0001", training=True)) as line:
        if steps < BATCH_RECEIPTS:
            of_that_time.setattr(messages, "PROTOCOL", 1)  # a seal for each entry
        assert run_pass(desk, line).up_to_date
    record(desk, bank_confirmed(), one)
    with desk.work(CLERK) as work:
        photo = work.put_blob(b"\xff\xd8portrait" * 90)
        work.record(events.PhotoAttached(photo, "camera", 1), subject=one)
    record(desk, opened(2), two)
    desk.keep_draft(two, {"phone": "13900000001"}, "phone")
    was = [desk.application(key) for key in (one, two)]
    head = desk.head()
    desk.close()
    taken_back(tmp_path / "desk" / "desk.db", steps)

    desk = open_desk(tmp_path / "desk", KEY)
    assert (desk.head(), desk.unsent()) == (head, 3)
    assert [desk.application(key) for key in (one, two)] == was
    assert desk.verify().sound
    with HttpCentre(DeskIdentity.load(desk, "D-0001", training=True)) as line:
        report = run_pass(desk, line)
        assert list(line.missing_blobs([photo])) == []
    assert (report.acknowledged, report.blobs_sent, report.set_aside, report.up_to_date) == (3, 1, 0, True)
    assert desk.verify().sound
    with counter.open.database.reading() as connection:
        held = connection.execute(select(entries.c.seq, entries.c.hash).order_by(entries.c.seq)).all()
    assert [row.seq for row in held] == [1, 2, 3, 4]
    assert held[-1].hash == head[1]
    desk.close()
