"""A backup brings nobody back who was erased: older ones end, and a restore carries every erasure out first."""

import json
import time
from datetime import timedelta
from pathlib import Path

import pytest

from sscard_desk.bootstrap.backup_agent import BackupAgent
from sscard_desk.bootstrap.backups import back_up, backups_of
from sscard_desk.bootstrap.desk import enter
from sscard_desk.bootstrap.erased_backups import note_if_new
from sscard_desk.central.erasing import Reason, erase
from sscard_desk.domain import events
from sscard_desk.domain.erasure import Erasure, Why
from sscard_desk.store.backup import DATABASE, ERASED
from tests.bootstrap.test_backup import NAME, PASSWORD, Desk, applications_of, desk, with_place  # noqa: F401 - a fixture
from tests.machines.counter import citizen_number
from tests.store._pages import decrypted

ORDERED = Reason(Why.REQUEST, "asked", "operator", open_too=True)


def ordered(desk: Desk, name: str) -> None:  # noqa: F811 - the fixture's value
    assert erase(desk.centre.open, [desk.done[name]], ORDERED).subjects == (desk.done[name],)


def test_a_restore_from_before_an_erasure_does_not_bring_anybody_back(desk: Desk, tmp_path: Path) -> None:  # noqa: F811 - the fixture
    desk.act("gone", 1)
    desk.act("stays", 2)
    desk.sync()
    desk.open.store.keep_draft(desk.done["gone"], {"phone": "13900000009"}, "phone")  # type: ignore[arg-type] # as good as one here
    desk.back_up()
    desk.act("only here", 3)  # after the backup, and sent
    desk.sync()
    ordered(desk, "gone")  # the lost desk never hears of it
    done = desk.restored(tmp_path / "new")
    assert (done.erased, done.drafts) == (1, 0)
    assert applications_of(tmp_path / "new", desk.done) == {"stays", "only here"}
    key = desk.open.store._key
    held = decrypted(tmp_path / "new" / DATABASE, key)
    old = decrypted(tmp_path / "new" / "ended" / "D-0001" / DATABASE, key)
    for needle in (citizen_number(1).encode(), "训练1".encode(), b"13900000009"):
        assert needle not in held
        assert needle not in old
    assert citizen_number(2).encode() in old
    again = enter(tmp_path / "new", NAME, PASSWORD)
    assert again.store.verify().sound
    again.store.close()


def test_what_only_the_backup_had_of_somebody_erased_is_received_and_goes_too(
    desk: Desk,  # noqa: F811 - the fixture
    tmp_path: Path,
) -> None:
    desk.act("gone", 1)
    desk.sync()
    with desk.open.store.work(desk.open.session.account) as work:
        work.record(events.Withdrawn("unsent"), subject=desk.done["gone"])
    desk.back_up()
    ordered(desk, "gone")
    done = desk.restored(tmp_path / "new")
    assert (done.sent, done.set_aside, done.erased) == (1, (), 1)
    assert applications_of(tmp_path / "new", desk.done) == set()


def forgotten_here(desk: Desk, name: str) -> None:  # noqa: F811 - the fixture's value
    """The desk alone forgets an application that ended, as its rule of days would let it."""
    store = desk.open.store
    store.ask_erasures([Erasure(desk.done[name], Why.DESK_DAYS, "60 days", store.clock.now())])
    assert list(store.carry_out_erasures()) == [desk.done[name]]


def test_what_the_lost_desk_alone_had_forgotten_stays_forgotten(desk: Desk, tmp_path: Path) -> None:  # noqa: F811 - the fixture
    desk.act("gone", 1)
    desk.act("stays", 2)
    desk.sync()
    desk.back_up()
    forgotten_here(desk, "gone")
    note_if_new(with_place(desk))
    done = desk.restored(tmp_path / "new")
    assert (done.erased, done.strange_erasures) == (1, False)
    assert applications_of(tmp_path / "new", desk.done) == {"stays"}


def test_a_list_of_erasures_that_fits_no_key_is_told_and_the_restore_is_whole(desk: Desk, tmp_path: Path) -> None:  # noqa: F811 - the fixture
    desk.act("gone", 1)
    desk.sync()
    desk.back_up()
    forgotten_here(desk, "gone")
    note_if_new(with_place(desk))
    told = json.loads((desk.place / ERASED).read_bytes())
    told["erasures"] = []
    (desk.place / ERASED).write_text(json.dumps(told), encoding="utf-8")
    done = desk.restored(tmp_path / "new")
    assert (done.erased, done.strange_erasures) == (0, True)
    assert applications_of(tmp_path / "new", desk.done) == {"gone"}


def test_the_list_beside_the_backups_is_sealed_and_names_keys_alone(desk: Desk) -> None:  # noqa: F811 - the fixture
    desk.act("gone", 1)
    desk.sync()
    ordered(desk, "gone")
    desk.sync()
    desk.back_up()
    place = backups_of(desk.open, desk.backups)
    assert [(one.subject, one.why) for one in place.erasures()] == [(desk.done["gone"], Why.REQUEST)]
    told = json.loads((place.path / ERASED).read_bytes())
    told["erasures"] = []
    (place.path / ERASED).write_text(json.dumps(told), encoding="utf-8")
    assert list(place.erasures()) == []
    desk.back_up()
    assert len(place.erasures()) == 1  # the desk knows it still


def test_after_an_order_of_the_centre_older_backups_end_with_the_next_whole_one(desk: Desk) -> None:  # noqa: F811 - the fixture
    desk.act("gone", 1)
    desk.sync()
    first = back_up(desk.open, desk.backups).backup
    agent = BackupAgent(with_place(desk))
    assert agent.look() is False
    ordered(desk, "gone")
    desk.sync()
    time.sleep(1.1)  # names of backups have seconds
    assert agent.look() is True
    assert [each.name for each in backups_of(with_place(desk)).backups()] != [first.name]
    assert first.name not in {each.name for each in backups_of(with_place(desk)).backups()}
    assert list((desk.place / "blobs").iterdir()) == []
    assert agent.look() is False


def test_a_backup_from_before_the_desks_own_erasures_ends_after_the_days_of_the_rule(
    desk: Desk,  # noqa: F811 - the fixture
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk.act("gone", 1)
    desk.sync()
    first = back_up(desk.open, desk.backups).backup
    forgotten_here(desk, "gone")
    time.sleep(1.1)
    assert first.name not in back_up(desk.open, desk.backups).removed
    now = desk.open.store.clock.now
    monkeypatch.setattr(desk.open.store.clock, "now", lambda: now() + timedelta(days=31))
    assert first.name in back_up(desk.open, desk.backups).removed
