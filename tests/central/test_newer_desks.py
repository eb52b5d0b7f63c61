"""Desks of a newer program at today's centre and beside today's desks: what is not known is kept, and read later."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import select

from sscard_desk.central import imports, judgement
from sscard_desk.central.store.tables import entry as entries
from sscard_desk.domain import events
from sscard_desk.domain.ids import ApplicationId
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.store.opening import open_desk
from sscard_desk.sync.client import HttpCentre
from sscard_desk.sync.identity import DeskIdentity
from sscard_desk.sync.passes import PassReport, run_pass
from sscard_desk.texts import Catalogue
from sscard_desk.wire.entry import Entry, payload_digest
from tests.machines.counter import REGION, Counter, bank_confirmed, opened, subject
from tests.sync.test_real_desk import KEY, POINT, real_desk, record

NEWER = events.BankConfirmed.kind
"""Stands for a kind that only newer programs know."""
KNOWN = {kind: event for kind, event in events.KINDS.items() if kind != NEWER}


@pytest.fixture
def counter(tmp_path: Path, address: str) -> Iterator[Counter]:
    with Counter(tmp_path / "centre", address=address) as running:
        imports.import_point(running.open, POINT, "示例街道服务站", REGION)
        yield running


@pytest.fixture
def newer(tmp_path: Path, counter: Counter) -> Iterator[DeskStore]:
    desk = real_desk(tmp_path / "newer", "D-0001", 1)
    counter.identity("D-0001", POINT).keep(desk)
    yield desk
    desk.close()


@pytest.fixture
def older(tmp_path: Path, counter: Counter) -> Iterator[DeskStore]:
    desk = real_desk(tmp_path / "older", "D-0002", 2)
    counter.identity("D-0002", POINT).keep(desk)
    yield desk
    desk.close()


def exchange(desk: DeskStore) -> PassReport:
    with HttpCentre(DeskIdentity.load(desk, desk.desk, training=True)) as line:
        return run_pass(desk, line)


def test_an_older_centre_refuses_a_kind_with_words_and_takes_all_others_and_the_entry_once_it_knows_it(
    counter: Counter, newer: DeskStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = subject(), subject()
    record(newer, opened(1), one)
    record(newer, bank_confirmed(), one)
    record(newer, opened(2), two)
    with monkeypatch.context() as before:
        before.setattr(judgement, "KINDS", KNOWN)
        report = exchange(newer)
    assert (report.acknowledged, report.set_aside, report.up_to_date) == (2, 1, False)
    ((seq, code, reason),) = newer.set_aside()
    assert (seq, code, reason) == (2, "unknown-kind", NEWER)
    for language in ("zh_CN", "en"):
        assert Catalogue(language)(f"sync.refusal.{code}") != f"sync.refusal.{code}"
    assert newer.unsent() == 1
    newer.send_again(seq)  # the centre was updated
    assert exchange(newer).up_to_date
    with counter.open.database.reading() as connection:
        held = connection.execute(select(entries.c.seq, entries.c.hash, entries.c.outcome)).all()
    assert sorted(row.seq for row in held) == [1, 2, 3]
    assert {row.outcome for row in held} == {"stored"}


def test_an_older_desk_keeps_what_it_does_not_know_and_reads_it_after_its_update(
    newer: DeskStore, older: DeskStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    about = ApplicationId(subject())
    record(newer, opened(1), about)
    record(newer, bank_confirmed("95588"), about)
    record(newer, events.Withdrawn(reason="moved"), about)
    assert exchange(newer).up_to_date
    with monkeypatch.context() as before:
        before.delitem(events.KINDS, NEWER)
        assert exchange(older).up_to_date  # it has all of it, though it cannot read all
        assert [each.reason for each in older.conflicts()] == ["unknown-kind"]
        assert older.application(about).step is newer.application(about).step
        older.close()
        still = open_desk(tmp_path / "older", KEY)
        assert [each.reason for each in still.conflicts()] == ["unknown-kind"]
        still.close()
    updated = open_desk(tmp_path / "older", KEY)
    assert list(updated.conflicts()) == []
    assert updated.application(about) == newer.application(about)
    assert updated.verify().sound
    assert exchange(updated).up_to_date
    updated.close()


def test_fields_of_a_newer_program_are_kept_to_the_byte_and_passed_over(
    counter: Counter, newer: DeskStore, older: DeskStore
) -> None:
    about = ApplicationId(subject())
    record(newer, opened(1), about)
    (entry,) = newer.pending_entries(10, 1_000_000)
    assert entry.payload is not None
    assert entry.salt is not None
    payload = msgspec.msgpack.encode(msgspec.msgpack.decode(entry.payload) | {"colour_of_2029": "blue"})
    header = msgspec.msgpack.decode(entry.header) | {"schema": 99, "shade_of_2029": 7}
    header["payload_digest"] = payload_digest(entry.salt, payload)
    more = Entry(header=msgspec.msgpack.encode(header), payload=payload, salt=entry.salt)
    with HttpCentre(DeskIdentity.load(newer, newer.desk, training=True)) as line:
        line.hello()
        assert [answer.outcome for answer in line.push([more])] == ["stored"]
    with counter.open.database.reading() as connection:
        row = connection.execute(select(entries.c.header, entries.c.payload)).one()
    assert (row.header, row.payload) == (more.header, payload)
    assert exchange(older).up_to_date
    assert older.application(about) == newer.application(about)
    assert list(older.conflicts()) == []
