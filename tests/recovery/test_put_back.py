"""A centre that was put back to an older copy: desks send again what it lost, and both sides prove it."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from sscard_desk.central import imports
from sscard_desk.central.recovered import note_recovery
from sscard_desk.central.store import recovery, tables
from sscard_desk.domain import events
from sscard_desk.domain.ids import AccountId, ApplicationId
from sscard_desk.store import journal
from sscard_desk.store import tables as desk_tables
from sscard_desk.sync.client import HttpCentre
from tests.machines.archived_postgres import ArchivedPostgres
from tests.machines.counter import POINT, REGION, Counter, bank_confirmed, person
from tests.machines.stick_desk import StickDesk, enrolled_desk, noise


class Copy:
    """A centre whose database can be put back, whichever it is."""

    def __init__(self, folder: Path, postgres: ArchivedPostgres | None) -> None:
        self.postgres = postgres
        self.counter = Counter(folder / "centre", address=postgres.address if postgres else "")
        self.folder = folder
        self.moment = ""

    def back_up(self) -> None:
        if self.postgres:
            self.postgres.back_up()
        else:
            self.counter.stop()
            shutil.copy(self.folder / "centre" / "centre.db", self.folder / "copy.db")
            self.counter.start()

    def note_moment(self) -> None:
        """What is done until now is in what is put back."""
        if self.postgres:
            self.moment = self.postgres.now()
        else:
            self.back_up()

    def put_back(self) -> None:
        self.counter.stop()
        if self.postgres:
            self.postgres.lose()
            self.postgres.put_back(self.moment)
        else:
            for part in ("centre.db", "centre.db-wal", "centre.db-shm"):
                (self.folder / "centre" / part).unlink(missing_ok=True)
            shutil.copy(self.folder / "copy.db", self.folder / "centre" / "centre.db")
        self.counter.start()


@pytest.fixture(params=["embedded", "postgresql"])
def copy(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Copy]:
    if request.param == "embedded":
        made = Copy(tmp_path, None)
        with made.counter:
            yield made
        return
    with archived(tmp_path) as postgres:
        made = Copy(tmp_path, postgres)
        with made.counter:
            yield made


@contextmanager
def archived(folder: Path) -> Iterator[ArchivedPostgres]:
    place = folder / "postgres"
    place.mkdir()
    for part in (place, *place.parents):
        if part.is_relative_to(folder.parent.parent):
            part.chmod(part.stat().st_mode | 0o055)
    server = ArchivedPostgres(place)
    try:
        yield server
    finally:
        server.stop()


@pytest.fixture
def desks(copy: Copy, tmp_path: Path) -> Iterator[tuple[StickDesk, StickDesk]]:
    with ExitStack() as parts:
        first, second = (
            parts.enter_context(enrolled_desk(copy.counter, tmp_path / name, name, number))
            for number, name in enumerate(("D-0001", "D-0002"), 1)
        )
        yield first, second


def rows_of(counter: Counter, desk: str) -> list[tuple[int, bytes, str]]:
    with counter.open.database.reading() as connection:
        entry = tables.entry.c
        query = select(entry.seq, entry.hash, entry.outcome).where(entry.desk == desk).order_by(entry.seq)
        return [tuple(row) for row in connection.execute(query)]  # type: ignore[misc] # three columns


def own_hashes(desk: StickDesk) -> list[bytes]:
    with desk.tables() as connection:
        return [entry.hash for entry in journal.entries(connection)]


def test_what_a_centre_lost_comes_again_from_its_desks_and_nothing_is_there_twice(
    copy: Copy, desks: tuple[StickDesk, StickDesk]
) -> None:
    first, second = desks
    imports.import_persons(copy.counter.open, REGION, [person(n) for n in range(20)])
    old = first.open_one(1)
    first.attach_photo(old, noise(1, 30_000))
    first.sync(copy.counter.url)
    copy.back_up()
    second.sync(copy.counter.url)
    second.record(bank_confirmed(), old)
    second.sync(copy.counter.url)
    first.sync(copy.counter.url)
    copy.note_moment()
    new = first.open_one(2)
    photo = first.attach_photo(new, noise(2, 30_000))
    first.sync(copy.counter.url)
    second.sync(copy.counter.url)
    second.record(bank_confirmed("95599"), new)  # built on what only the lost part has
    second.open_one(3)
    second.sync(copy.counter.url)
    assert first.sync(copy.counter.url).up_to_date
    imports.import_persons(copy.counter.open, REGION, [person(n) for n in range(30)])
    first.sync(copy.counter.url)

    copy.put_back()
    assert len(rows_of(copy.counter, "D-0001")) == 2
    told = note_recovery(copy.counter.open)
    assert [(desk.desk, desk.last_seq) for desk in told.desks] == [("D-0001", 2), ("D-0002", 1)]
    second.sync(copy.counter.url)  # before the desk on whose work it built
    assert second.store.unsent() == 1
    again = first.sync(copy.counter.url)
    assert (again.acknowledged, again.up_to_date) == (2, True)
    assert second.sync(copy.counter.url).up_to_date
    assert first.sync(copy.counter.url).up_to_date
    for desk in desks:
        rows = rows_of(copy.counter, desk.store.desk)
        assert [row[:2] for row in rows] == list(enumerate(own_hashes(desk), 1))
        assert {outcome for _, _, outcome in rows} == {"stored"}
        assert desk.store.persons.count() == 20
    assert first.store.application(ApplicationId(new)).bank == "95599"
    with copy.counter.open.database.reading() as connection:
        assert photo in connection.execute(select(tables.blob.c.id)).scalars().all()


def test_a_centre_put_back_without_its_word_is_noticed_and_gets_nothing(
    copy: Copy, desks: tuple[StickDesk, StickDesk]
) -> None:
    first, _ = desks
    first.open_one(1)
    first.sync(copy.counter.url)
    copy.back_up()
    copy.note_moment()
    first.open_one(2)
    first.sync(copy.counter.url)
    copy.put_back()
    report = first.sync(copy.counter.url)
    assert (report.proved, "journal" in report.differing, report.acknowledged) == (False, True, 0)
    note_recovery(copy.counter.open)
    assert first.sync(copy.counter.url).up_to_date


def test_a_word_of_recovery_that_is_forged_or_older_changes_nothing(
    copy: Copy, desks: tuple[StickDesk, StickDesk]
) -> None:
    first, _ = desks
    first.open_one(1)
    first.sync(copy.counter.url)
    centre = copy.counter.open
    for value, writes in (("ab" * 16 + " 5", 5), ("cd" * 16 + " 4", 5), ("cd" * 16 + " 6", 6)):
        with centre.database.writing() as connection:
            recovery.note(connection, 0)
            connection.execute(tables.meta.update().where(tables.meta.c.name == recovery.RECOVERY).values(value=value))
        first.sync(copy.counter.url)
        assert first.store.centre_life() == writes
    assert first.sync(copy.counter.url).up_to_date
    assert first.store.unsent() == 0


def test_an_entry_is_not_erased_on_the_word_of_a_receipt_that_the_centre_lost(
    copy: Copy, desks: tuple[StickDesk, StickDesk]
) -> None:
    first, _ = desks
    copy.back_up()
    copy.note_moment()
    key = first.open_one(1)
    first.record(events.Withdrawn(reason="changed mind"), key)
    first.sync(copy.counter.url)
    copy.put_back()
    note_recovery(copy.counter.open)
    assert first.store.centre_life() == 0
    with HttpCentre(first.at(copy.counter.url)) as line:
        first.store.heard(line.hello(first.store.head()[0]))
    assert first.store.unsent() == 2
    with first.tables() as connection:
        with pytest.raises(IntegrityError, match="has not received"):
            journal.erase_payload(connection, 1)
        connection.rollback()
        kept = connection.execute(select(desk_tables.receipt_before.c.seq)).scalars().all()
    assert kept == [1, 2]
    assert first.store.verify().sound
    assert first.sync(copy.counter.url).up_to_date


def test_what_the_centre_says_of_staff_after_it_was_put_back_holds(
    copy: Copy, desks: tuple[StickDesk, StickDesk]
) -> None:
    """The copy counts versions from where it stood; desks have read higher ones."""
    first, _ = desks
    account = "5b" * 16

    def is_now(role: str, name: str) -> None:
        member = imports.StaffMember(AccountId(account), name, role, bytes(32))
        imports.import_staff(copy.counter.open, POINT, [member])

    def at_the_desk() -> list[tuple[str, str]]:
        return [(row["name"], row["role"]) for row in first.store.reference("staff") if row["id"] == account]

    is_now("supervisor", "甲")
    first.sync(copy.counter.url)
    copy.back_up()
    copy.note_moment()
    for name in ("乙", "丙", "丁"):
        is_now("supervisor", name)
        first.sync(copy.counter.url)
    copy.put_back()
    note_recovery(copy.counter.open)
    first.sync(copy.counter.url)
    assert at_the_desk() == [("丁", "supervisor")]  # what the copy says of before counts nowhere
    is_now("clerk", "丁")
    assert first.sync(copy.counter.url).up_to_date
    assert at_the_desk() == [("丁", "clerk")]
    assert first.store.refused_staff() == []
