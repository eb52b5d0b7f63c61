"""Backups of a real desk at a real centre: whole or nothing, and a lost computer goes on as a new desk."""

import json
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sscard_desk.bootstrap.backup_agent import BackupAgent
from sscard_desk.bootstrap.backups import LAST_BACKUP, back_up, backups_of
from sscard_desk.bootstrap.desk import OpenDesk, enter
from sscard_desk.bootstrap.enrolment import NewAccount, begin_desk, join_centre
from sscard_desk.bootstrap.restore import ENDED, NewPlace, Restored, restore
from sscard_desk.bootstrap.settings import BackupSettings
from sscard_desk.central.imports import enrolment_code, import_point
from sscard_desk.domain import events
from sscard_desk.domain.errors.backup import (
    BackupDamaged,
    BackupPlaceMissing,
    DeskEnded,
    DeskNumberTaken,
    NoBackup,
    RestoreUnfinished,
)
from sscard_desk.domain.errors.centre import CentreUnreachable, EnrolmentCodeWrong
from sscard_desk.domain.errors.operator import FolderNotEmpty
from sscard_desk.domain.errors.store import DiskTrouble
from sscard_desk.domain.ids import ApplicationId, Role
from sscard_desk.ports.devices import Cancel, Cancelled
from sscard_desk.store.backup import DATABASE, MANIFEST
from sscard_desk.sync.client import HttpCentre
from sscard_desk.sync.passes import PassReport, run_pass
from sscard_desk.usecases.back_up import KeepRule
from tests.machines.counter import REGION, Counter, opened, subject

POINT = "0231"
NAME, PASSWORD = "chen", "correct horse battery"
PORTRAIT = b"\xff\xd8portrait" * 900


@dataclass
class Desk:
    """A desk that works, the place of its backups, and the subjects of what it did."""

    centre: Counter
    open: OpenDesk
    backups: Path
    done: dict[str, str]

    @property
    def place(self) -> Path:
        return self.backups / self.open.store.desk

    def act(self, name: str, running: int) -> None:
        """Open an application with a picture."""
        key = self.done[name] = subject()
        with self.open.store.work(self.open.session.account) as work:
            work.record(opened(running), subject=key)
            photo = work.put_blob(PORTRAIT + name.encode())
            work.record(events.PhotoAttached(photo=photo, source="camera", size=9_000), subject=key)

    def sync(self) -> None:
        with HttpCentre(self.open.identity()) as line:
            run_pass(self.open.store, line)

    def back_up(self) -> None:
        back_up(self.open, self.backups)

    def restored(self, home: Path, code: str = "", name: str = "") -> Restored:
        code = code or enrolment_code(self.centre.open, "D-0009", POINT).text()
        return restore(self.place, name, NAME, PASSWORD, NewPlace(home, code, 9))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Counter(tmp_path / "centre") as centre:
        import_point(centre.open, POINT, "示例街道服务站", REGION)
        home = tmp_path / "lost"
        begun = begin_desk(home, [NewAccount(NAME, PASSWORD, "陈示例", Role.ADMINISTRATOR)], training=centre.training)
        join_centre(begun, centre.url, enrolment_code(centre.open, "D-0001", POINT).text(), desk_no=1, window="1")
        (tmp_path / "disk").mkdir()
        made = Desk(centre, enter(home, NAME, PASSWORD), tmp_path / "disk", {})
        yield made
        made.open.store.close()


def applications_of(home: Path, keys: dict[str, str]) -> set[str]:
    """Return which of these a data folder knows, with its picture."""
    opened_desk = enter(home, NAME, PASSWORD)
    try:
        found = set()
        for name, key in keys.items():
            try:
                standing = opened_desk.store.application(ApplicationId(key))
            except Exception:  # noqa: BLE001, S112 - not known is what is asked
                continue
            assert standing.photo is not None
            assert opened_desk.store.blob(standing.photo) == PORTRAIT + name.encode()
            found.add(name)
        return found
    finally:
        opened_desk.store.close()


def test_what_only_the_backup_had_is_sent_in_the_old_name_and_a_new_journal_begins(desk: Desk, tmp_path: Path) -> None:
    desk.act("a", 1)
    desk.sync()
    desk.act("b", 2)
    desk.open.store.keep_draft(ApplicationId(desk.done["b"]), {"phone": "139"}, "phone")
    desk.back_up()
    desk.act("lost", 3)
    done = desk.restored(tmp_path / "new")
    assert (done.backup.seq, done.ended.seq, done.sent, done.blobs_sent, done.lost_from) == (4, 4, 2, 1, 5)
    assert (done.report.proved, done.drafts, done.set_aside) == (True, 1, ())
    assert applications_of(tmp_path / "new", desk.done) == {"a", "b"}
    again = enter(tmp_path / "new", NAME, PASSWORD)
    try:
        assert again.store.desk == "D-0009"
        assert again.store.head()[0] == 0  # its own journal begins
        draft = again.store.draft(ApplicationId(desk.done["b"]))
        assert draft is not None
        assert draft.values == {"phone": "139"}
        assert again.store.verify().sound
    finally:
        again.store.close()
    assert (tmp_path / "new" / ENDED / "D-0001" / DATABASE).is_file()


def test_what_the_centre_got_after_the_backup_comes_back_from_there(desk: Desk, tmp_path: Path) -> None:
    desk.act("a", 1)
    desk.back_up()
    desk.act("b", 2)
    desk.sync()
    desk.act("lost", 3)
    done = desk.restored(tmp_path / "new")
    assert (done.backup.seq, done.ended.seq, done.lost_from, done.lost_to) == (2, 4, 5, None)
    assert applications_of(tmp_path / "new", desk.done) == {"a", "b"}


def test_what_only_the_dead_disk_had_is_named_as_far_as_the_desk_had_told_the_centre(
    desk: Desk, tmp_path: Path
) -> None:
    desk.act("a", 1)
    desk.sync()
    desk.back_up()
    desk.act("greeted", 2)
    with HttpCentre(desk.open.identity()) as line:
        line.hello(desk.open.store.head()[0])  # the line broke after the greeting
    desk.act("untold", 3)
    with pytest.raises(EnrolmentCodeWrong):
        desk.restored(tmp_path / "new", code="SSC1-WRONG")  # called again below: the old desk is ended by then
    done = desk.restored(tmp_path / "new")
    assert (done.backup.seq, done.ended.seq, done.lost_from, done.lost_to) == (2, 2, 3, 4)


def test_the_lost_computer_that_turns_up_is_told_that_it_was_ended(desk: Desk, tmp_path: Path) -> None:
    desk.back_up()
    desk.restored(tmp_path / "new")
    desk.act("late", 4)
    with pytest.raises(DeskEnded):
        desk.sync()
    assert desk.open.store.unsent() == 2
    assert applications_of(tmp_path / "new", desk.done) == set()


def test_a_restore_that_broke_off_is_called_again(desk: Desk, tmp_path: Path) -> None:
    desk.act("a", 1)
    desk.back_up()
    with pytest.raises(EnrolmentCodeWrong):
        desk.restored(tmp_path / "new", code="SSC1-WRONG")  # after the old desk was ended
    desk.centre.stop()
    with pytest.raises(CentreUnreachable):
        restore(desk.place, "", NAME, PASSWORD, NewPlace(tmp_path / "new", "SSC1-WRONG", 9))
    desk.centre.start()
    code = enrolment_code(desk.centre.open, "D-0009", POINT).text()
    where = NewPlace(tmp_path / "new", code, 9, url=desk.centre.url)  # it came back at another address
    done = restore(desk.place, "", NAME, PASSWORD, where)
    assert (done.ended.seq, done.lost_from, done.report.proved) == (2, 3, True)
    assert applications_of(tmp_path / "new", desk.done) == {"a"}
    with pytest.raises(FolderNotEmpty):
        restore(desk.place, "", NAME, PASSWORD, where)


def test_a_restore_that_broke_off_after_the_new_desk_was_enrolled_goes_on_and_nobody_works_there_before(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.act("a", 1)
    desk.open.store.keep_draft(ApplicationId(desk.done["a"]), {"phone": "139"}, "phone")
    desk.back_up()
    with monkeypatch.context() as broken:

        def stopped(_new: NewPlace, _key: bytes) -> PassReport:
            raise CentreUnreachable(waiting=0)

        broken.setattr("sscard_desk.bootstrap.restore._first_pass", stopped)
        with pytest.raises(CentreUnreachable):
            desk.restored(tmp_path / "new")
    with pytest.raises(RestoreUnfinished):
        enter(tmp_path / "new", NAME, PASSWORD)
    done = desk.restored(tmp_path / "new", code="SSC1-WRONG")  # the new desk is enrolled: no code is asked for
    assert (done.drafts, done.report.proved) == (1, True)
    assert applications_of(tmp_path / "new", desk.done) == {"a"}


def test_a_number_of_the_lost_desk_is_refused_before_anything_happens(desk: Desk, tmp_path: Path) -> None:
    desk.back_up()
    with pytest.raises(DeskNumberTaken):
        restore(desk.place, "", NAME, PASSWORD, NewPlace(tmp_path / "new", "SSC1-X", 1))
    desk.act("a", 1)
    desk.sync()  # it was not ended


def test_a_backup_is_made_while_the_desk_writes_and_holds_one_moment(desk: Desk) -> None:
    desk.act("a", 1)
    first = back_up(desk.open, desk.backups).backup
    desk.act("b", 2)
    place = backups_of(desk.open, desk.backups)
    found = place.verify(first.name)
    assert (found.sound, found.entries, found.blobs) == (True, 2, 1)
    assert first.missing == ()
    assert {each.name for each in place.backups()} == {first.name}


def test_a_backup_that_was_stopped_or_killed_counts_as_nothing_and_the_next_one_is_whole(desk: Desk) -> None:
    desk.act("a", 1)
    cancel = Cancel()
    cancel.set()
    with pytest.raises(Cancelled):
        back_up(desk.open, desk.backups, cancel.check)
    place = backups_of(desk.open, desk.backups)
    assert place.backups() == []
    done = back_up(desk.open, desk.backups).backup
    (place.path / done.name / MANIFEST).rename(place.path / "kept-manifest")  # killed before it was written
    assert place.backups() == []
    assert back_up(desk.open, desk.backups).removed == (done.name,) or place.backups()
    assert place.verify(place.backups()[-1].name).sound


@pytest.mark.parametrize("file", [MANIFEST, DATABASE, "key-slots.json"])
def test_a_backup_that_somebody_altered_is_refused_by_name(desk: Desk, tmp_path: Path, file: str) -> None:
    desk.act("a", 1)
    done = back_up(desk.open, desk.backups).backup
    altered = desk.place / done.name / file
    raw = bytearray(altered.read_bytes())
    if file == MANIFEST:
        told = json.loads(raw)
        told["seq"] += 1
        raw = bytearray(json.dumps(told).encode())
    else:
        raw[len(raw) // 2] ^= 1
    altered.write_bytes(raw)
    place = backups_of(desk.open, desk.backups)
    with pytest.raises(BackupDamaged):
        place.verify(done.name)
    with pytest.raises(Exception) as caught:
        desk.restored(tmp_path / "new", name=done.name)
    assert getattr(caught.value, "code", "")
    assert not (tmp_path / "new" / "folder.json").exists()


def test_a_missing_or_changed_picture_is_named_and_the_rest_is_there(desk: Desk, tmp_path: Path) -> None:
    desk.act("a", 1)
    desk.sync()
    done = back_up(desk.open, desk.backups).backup
    (only,) = done.blobs
    (desk.place / "blobs" / only).write_bytes(b"noise")
    found = backups_of(desk.open, desk.backups).verify(done.name)
    assert (len(found.blobs_damaged), found.chain_ok, found.sound) == (1, True, False)
    assert applications_of_restored(desk, tmp_path) == {"a"}  # the centre has it


def applications_of_restored(desk: Desk, tmp_path: Path) -> set[str]:
    desk.restored(tmp_path / "new")
    return applications_of(tmp_path / "new", desk.done)


def test_no_place_no_backup_and_nothing_readable_in_one(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(BackupPlaceMissing):
        back_up(desk.open)
    with pytest.raises(BackupPlaceMissing):
        back_up(desk.open, tmp_path / "not-plugged-in")
    with pytest.raises(NoBackup):
        desk.restored(tmp_path / "new")
    desk.act("a", 1)
    desk.back_up()
    held = b"".join(path.read_bytes() for path in desk.backups.rglob("*") if path.is_file())
    assert "训练1".encode() not in held
    assert PORTRAIT[:64] not in held
    assert (desk.place / "blobs").stat().st_mode & 0o077 == 0


def test_pictures_lie_there_once_for_all_backups_and_go_with_the_last_that_names_them(desk: Desk) -> None:
    desk.act("a", 1)
    first = back_up(desk.open, desk.backups).backup
    before = (desk.place / "blobs" / first.blobs[0]).stat().st_mtime_ns
    desk.act("b", 2)
    desk.back_up()
    assert (desk.place / "blobs" / first.blobs[0]).stat().st_mtime_ns == before
    place = backups_of(desk.open, desk.backups)
    for each in place.backups():
        shutil.rmtree(desk.place / each.name)
    (desk.place / "blobs" / "stray").write_bytes(b"x")
    place.prune(lambda _whole: set())
    assert list((desk.place / "blobs").iterdir()) == []


@dataclass(frozen=True)
class Made:
    name: str
    made_at: datetime


def test_of_many_backups_the_rule_keeps_recent_ones_days_and_weeks() -> None:
    now = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
    made = [Made(str(hours), now - timedelta(hours=hours)) for hours in range(0, 24 * 90, 4)]
    kept = KeepRule(hours=4, days=7, weeks=5).kept(made, now)
    ages = sorted(int(name) / 24 for name in kept)
    assert {str(hours) for hours in range(0, 48, 4)} <= kept
    assert len(kept) < 12 + 7 + 5 + 1
    assert max(ages) > 20
    assert KeepRule(days=1, weeks=0).kept(made[::-1], now) >= {"0"}


@pytest.mark.parametrize(
    ("hours", "ago", "due"), [(4, None, True), (4, 3.9, False), (4, 4.1, True), (4, -1, True), (0, None, False)]
)
def test_when_a_backup_is_due(hours: int, ago: float | None, *, due: bool) -> None:
    now = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
    last = None if ago is None else now - timedelta(hours=ago)
    assert KeepRule(hours=hours).due(last, now) is due


def with_place(desk: Desk, hours: int = 4) -> OpenDesk:
    """Return the open desk with settings that name its place."""
    settings = replace(desk.open.settings, backup=BackupSettings(folder=str(desk.backups), hours=hours))
    return replace(desk.open, settings=settings)


def test_the_program_backs_up_by_itself_when_it_is_due_and_when_the_disk_is_back(desk: Desk) -> None:
    desk.act("a", 1)
    agent = BackupAgent(with_place(desk))
    moved = desk.backups.rename(desk.backups.with_name("unplugged"))
    assert agent.look() is False
    assert isinstance(agent.trouble, BackupPlaceMissing)
    moved.rename(desk.backups)
    assert agent.look() is True
    assert agent.trouble is None
    assert agent.look() is False  # not due again
    assert len(backups_of(with_place(desk)).backups()) == 1
    assert BackupAgent(with_place(desk, hours=0)).wanted is False


def test_a_database_that_cannot_be_read_for_a_moment_is_trouble_and_the_next_look_backs_up(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_since: datetime) -> bool:
        raise DiskTrouble(reason="away")

    agent = BackupAgent(with_place(desk))
    assert agent.look() is True
    with monkeypatch.context() as broken:
        broken.setattr(desk.open.store, "erased_since", away)
        assert agent.look() is False
    assert isinstance(agent.trouble, DiskTrouble)
    monkeypatch.setattr(desk.open.store, "erased_since", lambda _since: True)
    assert agent.look() is True
    assert agent.trouble is None


def test_the_thread_ends_with_the_program_and_nobody_is_told_before_it_is_too_long_ago(desk: Desk) -> None:
    desk.act("a", 1)
    open_desk = with_place(desk)
    agent = BackupAgent(open_desk, look_s=0.01)
    agent.start()
    end = time.monotonic() + 20
    while agent.last() is None:
        assert time.monotonic() < end
        time.sleep(0.01)
    agent.stop()
    assert agent.overdue() is None
    days_ago = open_desk.store.clock.now() - timedelta(days=3)
    open_desk.store.set_setting(LAST_BACKUP, str(int(days_ago.timestamp() * 1000)).encode())
    told = agent.overdue()
    assert told is not None
    assert told.days == 3
