"""Ways in at a real desk of a real centre: given without a line, closed with the next exchange, the key changed."""

import gc
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from sscard_desk.bootstrap import key_slots
from sscard_desk.bootstrap.backups import back_up, backups_of
from sscard_desk.bootstrap.desk import OpenDesk, enter
from sscard_desk.bootstrap.enrolment import NewAccount, begin_desk, join_centre
from sscard_desk.central.imports import StaffMember, enrolment_code, import_persons, import_point, import_staff
from sscard_desk.central.staff import accounts_of, end_account
from sscard_desk.domain.errors.operator import (
    AccountExists,
    AccountUnknown,
    PasswordTooShort,
    PasswordWrong,
    RoleMissing,
)
from sscard_desk.domain.errors.staff import AccountEnded, AccountNotListed
from sscard_desk.domain.errors.store import DatabaseKeyWrong
from sscard_desk.domain.events import SlotGiven
from sscard_desk.domain.ids import AccountId, Role
from sscard_desk.security.slots import SLOTS
from sscard_desk.store.engine import open_engine, reading
from sscard_desk.store.opening import open_desk
from sscard_desk.sync.client import HttpCentre
from sscard_desk.sync.passes import PassReport, run_pass
from sscard_desk.wire.staff import key_bytes
from tests.machines.counter import REGION, Counter, opened, person, subject

POINT = "0231"
CHEN, WANG, LI = "c" * 32, "a" * 32, "b" * 32
PASSWORD = "correct horse battery"
FIRST = "my own first one"


@dataclass
class Desk:
    """A desk whose administrator is signed in; the centre lists a clerk and a supervisor beside."""

    centre: Counter
    home: Path
    open: OpenDesk

    def sync(self) -> PassReport:
        with HttpCentre(self.open.identity()) as line:
            report = run_pass(self.open.store, line)
        key_slots.follow(self.open.store, self.open.slots)
        return report

    def kinds(self) -> list[str]:
        lines = [line for each in (WANG, LI, self.open.store.desk) for line in self.open.store.history(each)]
        return [line.kind for line in lines]

    def again(self, login: str, password: str) -> OpenDesk:
        self.open.store.close()
        self.open = enter(self.home, login, password)
        return self.open


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Counter(tmp_path / "centre") as centre:
        import_point(centre.open, POINT, "示例街道服务站", REGION)
        import_persons(centre.open, REGION, [person(n) for n in range(20)])
        home = tmp_path / "desk"
        begun = begin_desk(home, [NewAccount("chen", PASSWORD, "陈示例", Role.ADMINISTRATOR)], training=centre.training)
        join_centre(begun, centre.url, enrolment_code(centre.open, "D-0001", POINT).text(), desk_no=1, window="1")
        first = begun.accounts[0]
        import_staff(
            centre.open,
            POINT,
            [
                StaffMember(first.account, "陈示例", "administrator", first.public_key),
                StaffMember(WANG, "王丽", "clerk", login="wang"),
                StaffMember(LI, "李静", "supervisor", login="li"),
            ],
        )
        made = Desk(centre, home, enter(home, "chen", PASSWORD))
        assert made.sync().proved
        yield made
        made.open.store.close()


def test_a_first_password_is_given_without_a_line_and_the_centre_takes_the_key_later(desk: Desk) -> None:
    desk.centre.stop()
    key_slots.give_password(desk.open, WANG, "", FIRST)
    wang = desk.again("wang", FIRST)
    assert (wang.session.account, wang.session.role, wang.session.display_name) == (WANG, Role.CLERK, "王丽")
    desk.centre.centre = None
    desk.centre.start()
    line = replace(wang.identity(), url=desk.centre.url)
    with HttpCentre(line) as centre:
        assert run_pass(wang.store, centre).set_aside == 0
    known = {each.account: each.public_keys for each in accounts_of(desk.centre.open, POINT)}
    assert known[WANG] == (wang.session.public_key,)
    assert [row["public_key"] for row in wang.store.reference("staff") if row["id"] == WANG] == [
        wang.session.public_key.hex()
    ]
    assert wang.store.verify().sound


def test_a_new_password_takes_the_place_of_the_old_one_and_of_its_key(desk: Desk) -> None:
    for password in (FIRST, "another of my own"):
        key_slots.give_password(desk.open, WANG, "", password)
        assert desk.sync().set_aside == 0
    with pytest.raises(PasswordWrong):
        enter(desk.home, "wang", FIRST)
    wang = desk.again("wang", "another of my own")
    known = {each.account: each.public_keys for each in accounts_of(desk.centre.open, POINT)}
    assert known[WANG] == (wang.session.public_key,)


def test_nobody_gives_to_themselves_or_to_a_higher_role(desk: Desk) -> None:
    key_slots.give_password(desk.open, LI, "", FIRST)
    key_slots.give_password(desk.open, WANG, "", FIRST)
    chen = desk.open.session.account
    with pytest.raises(RoleMissing):
        key_slots.give_password(desk.open, chen, "", FIRST)
    desk.again("li", FIRST)
    with pytest.raises(RoleMissing):
        key_slots.give_password(desk.open, chen, "", FIRST)
    desk.again("wang", FIRST)
    with pytest.raises(RoleMissing):
        key_slots.give_password(desk.open, LI, "", FIRST)


def test_who_is_not_on_the_signed_list_gets_no_password(desk: Desk) -> None:
    stranger = {"account": "e" * 32, "name": "某人", "role": "clerk", "public_key": ""}
    desk.open.store.keep_local_reference("staff", "e" * 32, stranger)
    for account in ("e" * 32, "f" * 32):
        with pytest.raises(AccountNotListed):
            key_slots.give_password(desk.open, account, "someone", FIRST)


def test_a_name_that_somebody_else_signs_in_with_is_not_given_again(desk: Desk) -> None:
    import_staff(desk.centre.open, POINT, [StaffMember(WANG, "王丽", "clerk")])
    desk.sync()
    with pytest.raises(AccountExists):
        key_slots.give_password(desk.open, WANG, "chen", FIRST)


def test_a_short_password_is_refused_and_nothing_stands_in_the_journal(desk: Desk) -> None:
    object.__setattr__(desk.open, "slots", type(desk.open.slots)(desk.home, training=False))
    with pytest.raises(PasswordTooShort):
        key_slots.give_password(desk.open, WANG, "", "short")
    assert "slot.given" not in desk.kinds()


def test_an_account_that_the_centre_ends_is_shut_out_and_the_key_changes_with_the_next_exchange(desk: Desk) -> None:
    key_slots.give_password(desk.open, WANG, "", FIRST)
    key_slots.give_password(desk.open, LI, "", FIRST)
    old_slots, old_key = (desk.home / SLOTS).read_bytes(), desk.open.store.key
    end_account(desk.centre.open, WANG)
    desk.sync()
    assert desk.open.store.key != old_key
    assert desk.kinds() == ["slot.given", "slot.removed", "slot.given", "desk.rekeyed"]
    with pytest.raises(AccountUnknown):
        enter(desk.home, "wang", FIRST)
    assert desk.again("li", FIRST).store.persons.count() == 20
    desk.again("chen", PASSWORD)
    assert desk.sync().up_to_date
    assert desk.open.store.verify().sound
    desk.open.store.close()
    (desk.home / SLOTS).write_bytes(old_slots)  # a copy of the old file still opens for the old password, and no more
    with pytest.raises(DatabaseKeyWrong):
        enter(desk.home, "wang", FIRST)
    for file in (desk.home / "desk.db", *desk.home.glob("persons-*.db")):
        engine = open_engine(file, old_key)
        with pytest.raises(DatabaseKeyWrong), reading(engine):
            pass
        engine.dispose()
    with pytest.raises(DatabaseKeyWrong):
        open_desk(desk.home, old_key)
    desk.open = replace(desk.open, store=open_desk(desk.home, desk.open.store.key))


def test_the_centre_takes_keys_under_the_seal_of_somebody_who_may_give_them_alone(desk: Desk) -> None:
    store, chen = desk.open.store, desk.open.session
    key = "ab" * 32
    good = chen.sign(key_bytes(WANG, store.desk, key, ""))
    for actor, account, seal, code in (
        (chen.account, WANG, b"s" * 64, "seal-wrong"),
        (chen.account, chen.account, chen.sign(key_bytes(chen.account, store.desk, key, "")), "not-supervisor"),
        (AccountId(LI), WANG, good, "not-supervisor"),
        (chen.account, "f" * 32, good, "account-unknown"),
    ):
        with store.work(actor) as work:
            work.record(SlotGiven(key, "", seal), subject=account)
        desk.sync()
        assert store.set_aside()[-1][1] == code
    with store.work(chen.account) as work:
        work.record(SlotGiven(key, "", good), subject=WANG)
    assert desk.sync().set_aside == 0
    assert {each.account: each.public_keys for each in accounts_of(desk.centre.open, POINT)}[WANG] == (
        bytes.fromhex(key),
    )


def test_a_supervisor_closes_a_way_in_here_and_the_key_changes(desk: Desk) -> None:
    key_slots.give_password(desk.open, WANG, "", FIRST)
    before = desk.open.store.key
    key_slots.close_way_in(desk.open, WANG)
    assert desk.open.store.key != before
    with pytest.raises(AccountUnknown):
        enter(desk.home, "wang", FIRST)
    with pytest.raises(RoleMissing):
        key_slots.close_way_in(desk.open, desk.open.session.account)


def test_an_ended_account_cannot_sign_in_even_before_its_slot_is_closed(desk: Desk) -> None:
    key_slots.give_password(desk.open, WANG, "", FIRST)
    kept = (desk.home / SLOTS).read_bytes()
    end_account(desk.centre.open, WANG)
    with HttpCentre(desk.open.identity()) as line:
        run_pass(desk.open.store, line)
    assert (desk.home / SLOTS).read_bytes() == kept
    with pytest.raises(AccountEnded):
        enter(desk.home, "wang", FIRST)


def test_a_changed_password_opens_after_a_change_of_key(desk: Desk) -> None:
    key_slots.change_password(desk.open, "chen", PASSWORD, "a better one of mine")
    key_slots.give_password(desk.open, WANG, "", FIRST)
    key_slots.close_way_in(desk.open, WANG)
    with pytest.raises(PasswordWrong):
        enter(desk.home, "chen", PASSWORD)
    assert desk.again("chen", "a better one of mine").session.role is Role.ADMINISTRATOR


def test_a_public_key_that_somebody_wrote_into_the_open_file_is_given_no_key(desk: Desk) -> None:
    key_slots.give_password(desk.open, WANG, "", FIRST)
    key_slots.give_password(desk.open, LI, "", FIRST)
    table = json.loads((desk.home / SLOTS).read_text())
    chen = desk.open.store.slot_book().slots
    li = next(each.id for each in chen.values() if each.account == LI)
    for slot in table["slots"]:
        if slot["id"] == li:
            slot["public"] = "A" * 43 + "="
    (desk.home / SLOTS).write_text(json.dumps(table))
    key_slots.close_way_in(desk.open, WANG)
    assert {slot["id"] for slot in json.loads((desk.home / SLOTS).read_text())["slots"]} == {
        each.id for each in chen.values() if each.account not in {LI, WANG}
    }


def test_backups_made_before_a_change_of_key_still_open_here(desk: Desk, tmp_path: Path) -> None:
    key_slots.give_password(desk.open, WANG, "", FIRST)
    (tmp_path / "disk").mkdir()
    back_up(desk.open, tmp_path / "disk")
    key_slots.close_way_in(desk.open, WANG)
    place = backups_of(desk.open, tmp_path / "disk")
    (older,) = place.backups()
    assert place.verify(older.name).sound


def test_nothing_that_opens_the_line_lies_outside_the_database(desk: Desk) -> None:
    identity = desk.open.identity()
    desk.open.store.close()
    wanted = [identity.key, identity.key.hex().encode(), b"PRIVATE KEY", identity.authority[40:90]]
    for file in (file for file in desk.home.rglob("*") if file.is_file()):
        data = file.read_bytes()
        assert [each for each in wanted if each in data] == [], file.name
    desk.open = enter(desk.home, "chen", PASSWORD)


def test_work_goes_on_from_other_threads_while_the_key_changes(desk: Desk) -> None:
    from concurrent.futures import ThreadPoolExecutor

    key_slots.give_password(desk.open, WANG, "", FIRST)
    store, account = desk.open.store, desk.open.session.account

    def act(running: int) -> None:
        with store.work(account) as work:
            work.record(opened(running), subject=subject())

    with ThreadPoolExecutor(4) as pool:
        acts = [pool.submit(act, running) for running in range(60)]
        key_slots.close_way_in(desk.open, WANG)
        for each in acts:
            each.result()
    for _ in range(100):  # while somebody reads, the change waits, at the latest for the next sign-in
        gc.collect()
        if key_slots.follow(store, desk.open.slots):
            break
        time.sleep(0.02)
    desk.again("chen", PASSWORD)
    found = desk.open.store.verify()
    assert (found.sound, found.entries) == (True, 1 + 1 + 60 + 1)
