"""What the centre did not take, put right at real desks: nothing typed is lost, and all desks come to the same."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from sscard_desk.central import corrections, imports
from sscard_desk.domain import events
from sscard_desk.domain.errors.conflicts import ApplicationElsewhere, MendNotPossible
from sscard_desk.domain.errors.operator import ReasonMissing
from sscard_desk.domain.ids import AccountId, ApplicationId, BlobId, PersonKey, Role
from sscard_desk.domain.steps import Step
from sscard_desk.store import applications
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.store.engine import writing
from sscard_desk.store.opening import create_folder, open_desk
from sscard_desk.sync.client import HttpCentre
from sscard_desk.sync.identity import DeskIdentity
from sscard_desk.sync.passes import PassReport, run_pass
from sscard_desk.usecases import settle_conflict as settling
from sscard_desk.usecases import transfer_application as transfers
from sscard_desk.usecases.mending import Mend, Trouble, troubles
from sscard_desk.usecases.recording import Exemption
from tests.domain.standing import AT, DIGEST, standing_at
from tests.machines.counter import REGION, Counter, bank_confirmed, opened, subject
from tests.machines.training_desk import Person

KEY = bytes(range(32))
HERE, THERE = "4201", "4202"
CLERK = Person(AccountId("c" * 32), "王丽", Role.CLERK)
SUPERVISOR = Person(AccountId("5" * 32), "陈静", Role.SUPERVISOR)
ELSEWHERE_LEADER = Person(AccountId("6" * 32), "周敏", Role.SUPERVISOR)


class Desks:
    """Two desks of one service point and one of another."""

    def __init__(self, folder: Path, counter: Counter) -> None:
        self.counter = counter
        for code, name, leader in ((HERE, "城关服务点", SUPERVISOR), (THERE, "城东服务点", ELSEWHERE_LEADER)):
            imports.import_point(counter.open, code, name, REGION)
            key = leader.key.public_key().public_bytes_raw()
            imports.import_staff(
                counter.open, code, [imports.StaffMember(leader.account, leader.display_name, leader.role.value, key)]
            )
        self.first = self._desk(folder, "D-0001", 1, HERE)
        self.second = self._desk(folder, "D-0002", 2, HERE)
        self.away = self._desk(folder, "D-0009", 1, THERE)

    def _desk(self, folder: Path, name: str, number: int, point: str) -> DeskStore:
        create_folder(folder / name, desk_id=name, service_point=point, desk_no=number, training=True, database_key=KEY)
        desk = open_desk(folder / name, KEY)
        self.counter.identity(name, point).keep(desk)
        return desk

    def close(self) -> None:
        for desk in (self.first, self.second, self.away):
            desk.close()


@pytest.fixture
def desks(tmp_path: Path, counter: Counter) -> Iterator[Desks]:
    made = Desks(tmp_path, counter)
    yield made
    made.close()


def exchange(*desks: DeskStore) -> PassReport:
    for desk in desks:
        with HttpCentre(DeskIdentity.load(desk, desk.desk, training=True)) as line:
            report = run_pass(desk, line)
    return report


def point(desk: DeskStore, code: str) -> transfers.Point:
    return next(each for each in transfers.points(desk) if each.code == code)


def record(desk: DeskStore, event: events.Event, key: str) -> None:
    with desk.work(CLERK.account) as work:
        work.record(event, subject=key)


def only(desk: DeskStore) -> Trouble:
    (trouble,) = troubles(desk)
    return trouble


def two_opened(desks: Desks, second: DeskStore) -> tuple[str, str]:
    """One person opens at the first desk and, offline, at another one."""
    one, two = subject(), subject()
    record(desks.first, opened(1), one)
    record(second, replace(opened(1), answers={"phone": "13900000000", "address": "新地址"}), two)
    record(second, bank_confirmed(), two)
    exchange(desks.first, second)
    return one, two


def test_the_second_desk_sees_one_trouble_with_the_first_application_and_the_ways_out(desks: Desks) -> None:
    one, two = two_opened(desks, desks.away)
    trouble = only(desks.away)
    assert (trouble.subject, trouble.code, len(trouble.entries), trouble.decided) == (two, "already-open", 2, False)
    assert trouble.other is not None
    assert (trouble.other.key, trouble.other.point, trouble.other.step) == (one, HERE, "opened")
    assert trouble.other.here is None
    assert trouble.mends == (Mend.COMPARE, Mend.WITHDRAW, Mend.KEEP_BOTH, Mend.AGAIN)


def test_the_first_desk_hears_of_the_second_application_too(desks: Desks) -> None:
    one, two = two_opened(desks, desks.away)
    exchange(desks.first)
    (row,) = desks.first.reference("conflict")
    assert (row["id"], row["first_key"], row["point_name"], row["outcome"]) == (two, one, "城东服务点", "")


def test_a_withdrawn_second_application_leaves_nothing_unsent_and_nothing_typed_is_lost(desks: Desks) -> None:
    one, two = two_opened(desks, desks.second)
    exchange(desks.second)
    settling.withdraw_mine(desks.second, CLERK, only(desks.second), "开重了", ("address",))
    assert only(desks.second).decided
    assert only(desks.second).mends == ()
    done = exchange(desks.second)
    assert (done.up_to_date, troubles(desks.second)) == (True, ())
    ended = desks.second.application(ApplicationId(two))
    assert (ended.step, ended.closed_reason, ended.answers["address"]) == (Step.WITHDRAWN, "开重了", "新地址")
    carried = desks.second.draft(ApplicationId(one))
    assert carried is not None
    assert dict(carried.values) == {"address": "新地址"}
    exchange(desks.first)
    assert desks.first.reference("conflict")[0]["outcome"] == "withdrawn"
    assert desks.second.verify().sound
    assert desks.first.conflicts() == []


def test_both_are_kept_by_a_supervisor_and_every_desk_comes_to_the_same(desks: Desks) -> None:
    _, two = two_opened(desks, desks.second)
    exemption = Exemption("旧申领的材料遗失", SUPERVISOR)
    settling.keep_both(desks.second, CLERK, only(desks.second), exemption)
    assert exchange(desks.second).up_to_date
    exchange(desks.first)
    here, there = (desk.application(ApplicationId(two)) for desk in (desks.second, desks.first))
    assert (there.second_exception, there.second_exempted_by) == ("旧申领的材料遗失", SUPERVISOR.account)
    assert (here.step, there.step, here.bank) == (Step.BANK_CONFIRMED, Step.BANK_CONFIRMED, there.bank)
    assert troubles(desks.second) == ()
    assert desks.first.conflicts() == []


def test_a_second_application_with_a_card_can_only_be_kept(desks: Desks) -> None:
    key = subject()
    record(desks.first, opened(1), subject())
    with desks.away.work(CLERK.account) as work:
        work.record(opened(1), subject=key)
    # the way to the card is in tests/usecases; here it stands at its end
    _stands(desks.away, key)
    record(desks.away, AT.intended, key)
    record(desks.away, events.CardWritten(AT.code, DIGEST, 40, ("08",)), key)
    exchange(desks.first, desks.away)
    trouble = only(desks.away)
    assert (trouble.code, trouble.card) == ("already-open", "written")
    assert Mend.WITHDRAW not in trouble.mends
    with pytest.raises(MendNotPossible):
        settling.withdraw_mine(desks.away, CLERK, trouble, "开重了")
    record(desks.away, events.CardSpoiled(AT.code, "开重了"), key)
    settling.withdraw_mine(desks.away, CLERK, only(desks.away), "开重了")
    exchange(desks.away)
    exchange(desks.away)
    assert exchange(desks.away).unsent >= 0
    assert desks.away.application(ApplicationId(key)).step is Step.WITHDRAWN


def _stands(desk: DeskStore, key: str) -> None:
    """Let an application be approved, without the way there."""
    now = replace(standing_at(Step.APPROVED), id=ApplicationId(key))
    with writing(desk._engine) as connection:
        applications.keep(connection, now, 1, desk.service_point)


def changed_side_by_side(desks: Desks) -> str:
    """Both desks know an application and choose another bank, one while it is offline."""
    key = subject()
    record(desks.first, opened(1), key)
    exchange(desks.first, desks.second)
    record(desks.first, bank_confirmed("95588"), key)
    record(desks.second, bank_confirmed("95566"), key)
    exchange(desks.first, desks.second)
    return key


def test_the_three_sides_of_contents_that_were_changed_side_by_side(desks: Desks) -> None:
    changed_side_by_side(desks)
    trouble = only(desks.second)
    assert (trouble.code, trouble.mends) == ("changed-elsewhere", (Mend.COMPARE, Mend.DROP))
    sides = settling.three_way_of(desks.second, trouble)
    assert (sides.base and sides.base.bank, sides.mine and sides.mine.bank, sides.theirs and sides.theirs.bank) == (
        "",
        "95566",
        "95588",
    )
    assert "bank" in settling.compared(desks.second, desks.second.persons, trouble).differing()


@pytest.mark.parametrize(("mine", "bank"), [((), "95588"), (("bank",), "95566")])
def test_a_merge_ends_the_same_at_every_desk(desks: Desks, mine: tuple[str, ...], bank: str) -> None:
    key = changed_side_by_side(desks)
    settling.merge(desks.second, CLERK, only(desks.second), mine)
    assert desks.second.application(ApplicationId(key)).bank == bank
    assert exchange(desks.second).up_to_date
    exchange(desks.first)
    first, second = (desk.application(ApplicationId(key)) for desk in (desks.first, desks.second))
    assert (first.bank, second.bank, first.version, first.step) == (bank, bank, second.version, second.step)
    assert desks.first.conflicts() == []
    assert troubles(desks.second) == ()
    assert desks.second.verify().sound


def test_answers_that_were_taken_from_this_side_wait_in_the_form(desks: Desks) -> None:
    key = subject()
    record(desks.first, opened(1), key)
    exchange(desks.first, desks.second)
    said = {first: events.Difference("address", "旧", first, taken=True, source="id_card") for first in ("甲", "乙")}
    record(desks.first, events.IdentityDecided((said["甲"],)), key)
    record(desks.second, events.IdentityDecided((said["乙"],)), key)
    exchange(desks.first, desks.second)
    settling.merge(desks.second, CLERK, only(desks.second), ("address",))
    assert desks.second.application(ApplicationId(key)).answers["address"] == "甲"
    draft = desks.second.draft(ApplicationId(key))
    assert draft is not None
    assert draft.values["address"] == "乙"


def test_what_does_not_fit_any_more_is_dropped_and_the_desk_follows_the_centre(desks: Desks) -> None:
    key = subject()
    record(desks.first, opened(1), key)
    exchange(desks.first, desks.second)
    record(desks.first, events.Withdrawn("asked"), key)
    exchange(desks.first)
    record(desks.second, events.DocumentKept("household_register", "pages", BlobId("ab" * 32), 1, 9), key)
    exchange(desks.second)
    assert only(desks.second).code == "step-not-allowed"
    settling.drop(desks.second, CLERK, only(desks.second))
    assert exchange(desks.second).up_to_date
    now = desks.second.application(ApplicationId(key))
    assert (now.step, now.documents) == (Step.WITHDRAWN, ())
    assert desks.second.conflicts() == []


def test_a_decision_is_made_once_and_with_a_reason(desks: Desks) -> None:
    two_opened(desks, desks.away)
    trouble = only(desks.away)
    with pytest.raises(ReasonMissing):
        settling.withdraw_mine(desks.away, CLERK, trouble, "  ")
    with pytest.raises(MendNotPossible):
        settling.renumber(desks.away, CLERK, trouble)
    settling.withdraw_mine(desks.away, CLERK, trouble, "开重了")
    with pytest.raises(MendNotPossible):
        settling.withdraw_mine(desks.away, CLERK, trouble, "开重了")


def test_a_decision_that_the_centre_does_not_take_leaves_the_conflict_open(desks: Desks) -> None:
    two_opened(desks, desks.away)
    nobody = Person(AccountId("9" * 32), "无名", Role.SUPERVISOR)
    settling.keep_both(desks.away, CLERK, only(desks.away), Exemption("x", nobody))
    exchange(desks.away)
    trouble = only(desks.away)
    assert not trouble.decided
    assert [each.code for each in trouble.entries] == ["already-open", "application-unknown", "not-supervisor"]
    settling.withdraw_mine(desks.away, CLERK, trouble, "开重了")
    assert exchange(desks.away).up_to_date


def test_an_application_whose_number_another_one_has_gets_a_new_one(desks: Desks) -> None:
    one = opened(1)
    record(desks.first, one, subject())
    key = subject()
    record(desks.second, replace(opened(2), number=one.number), key)
    exchange(desks.first, desks.second)
    after = settling.renumber(desks.second, CLERK, only(desks.second))
    assert after is not None
    assert after.number != one.number
    assert exchange(desks.second).up_to_date
    exchange(desks.first)
    assert desks.first.application(ApplicationId(key)).number == after.number


def test_a_transfer_brings_the_whole_application_to_the_other_point(desks: Desks) -> None:
    key = subject()
    record(desks.first, opened(1), key)
    record(desks.first, bank_confirmed(), key)
    with desks.first.work(CLERK.account) as work:
        photo = work.put_blob(b"\xff\xd8portrait" * 900)
        work.record(events.PhotoAttached(photo=photo, source="camera", size=9_000), subject=key)
    exchange(desks.first, desks.second, desks.away)
    to = point(desks.first, THERE)
    assert to.name == "城东服务点"
    transfers.give(desks.first, CLERK, desks.first.application(ApplicationId(key)), to, "搬家")
    with pytest.raises(ApplicationElsewhere):
        record(desks.first, bank_confirmed("95566"), key)
    assert exchange(desks.first).up_to_date
    assert exchange(desks.away).up_to_date
    exchange(desks.second)
    there = desks.away.application(ApplicationId(key))
    assert (there.point, there.step, desks.away.blob(photo)[:2]) == (THERE, Step.BANK_CONFIRMED, b"\xff\xd8")
    assert [each.id for each in desks.away.in_work()] == [key]
    assert desks.first.in_work() == []
    assert desks.second.in_work() == []
    record(desks.away, bank_confirmed("95566"), key)
    assert exchange(desks.away).up_to_date
    for desk in (desks.first, desks.second, desks.away):
        assert exchange(desk).up_to_date
        assert desk.verify().sound
        assert desk.conflicts() == []


def test_what_another_desk_had_not_sent_yet_is_answered_with_words_and_dropped(desks: Desks) -> None:
    key = subject()
    record(desks.first, opened(1), key)
    exchange(desks.first, desks.second)
    record(desks.second, bank_confirmed("95566"), key)
    to = point(desks.first, THERE)
    transfers.give(desks.first, CLERK, desks.first.application(ApplicationId(key)), to, "搬家")
    exchange(desks.first, desks.second)
    trouble = only(desks.second)
    assert (trouble.code, trouble.reason, trouble.mends) == ("transferred", "城东服务点", (Mend.DROP,))
    settling.drop(desks.second, CLERK, trouble)
    assert exchange(desks.second).up_to_date


def test_an_application_comes_back_whole(desks: Desks) -> None:
    key = subject()
    record(desks.first, opened(1), key)
    exchange(desks.first, desks.second, desks.away)
    transfers.give(desks.first, CLERK, desks.first.application(ApplicationId(key)), point(desks.first, THERE), "搬家")
    exchange(desks.first, desks.away, desks.second)
    record(desks.away, bank_confirmed("95566"), key)
    back = desks.away.application(ApplicationId(key))
    transfers.give(desks.away, CLERK, back, point(desks.away, HERE), "又搬回来")
    exchange(desks.away)
    for desk in (desks.first, desks.second):
        assert exchange(desk).up_to_date
        now = desk.application(ApplicationId(key))
        assert (now.bank, now.point, [each.id for each in desk.in_work()]) == ("95566", HERE, [key])
    record(desks.second, bank_confirmed("95588"), key)
    assert exchange(desks.second).up_to_date


def test_a_point_asks_for_an_application_and_its_owner_gives_it(desks: Desks) -> None:
    one, _ = two_opened(desks, desks.away)
    other = only(desks.away).other
    assert other is not None
    transfers.ask_for(desks.away, CLERK, other.key, other.number, "人在本网点")
    settling.withdraw_mine(desks.away, CLERK, only(desks.away), "开重了")
    exchange(desks.away, desks.first)
    (question,) = transfers.questions(desks.first)
    assert (question.ours, question.to_name, question.reason) == (True, "城东服务点", "人在本网点")
    assert [each.ours for each in transfers.questions(desks.away)] == [False]
    transfers.grant(desks.first, CLERK, question)
    assert transfers.questions(desks.first) == ()
    exchange(desks.first, desks.away)
    assert desks.away.application(ApplicationId(one)).point == THERE
    assert transfers.questions(desks.away) == ()


def test_an_owner_declines_with_a_reason_that_the_asking_point_reads(desks: Desks) -> None:
    one, _ = two_opened(desks, desks.away)
    transfers.ask_for(desks.away, CLERK, ApplicationId(one), "N", "人在本网点")
    exchange(desks.away, desks.first)
    transfers.decline(desks.first, CLERK, transfers.questions(desks.first)[0], "材料都在这里")
    assert transfers.questions(desks.first) == ()
    exchange(desks.first, desks.away)
    (row,) = desks.away.reference("transfer")
    assert (row["state"], row["answer"]) == ("declined", "材料都在这里")


def test_a_correction_request_is_seen_at_every_desk_with_its_answer(desks: Desks) -> None:
    key = subject()
    record(desks.first, opened(1), key)
    said = events.Difference("name", "登记名", "证件名", taken=False, source="id_card")
    record(desks.first, events.CorrectionRequested((said,), PersonKey("7" * 32)), key)
    (mine,) = desks.first.corrections(ApplicationId(key))
    assert (mine.fields, mine.state, mine.sent) == (("name",), "requested", False)
    exchange(desks.first, desks.second)
    with desks.counter.open.database.reading() as connection:
        (asked,) = corrections.requests(connection)
    corrections.answer(desks.counter.open, asked.entry_id, corrections.DECLINED, "op-1")
    for desk in (desks.first, desks.second):
        exchange(desk)
        (told,) = desk.corrections(ApplicationId(key))
        assert (told.fields, told.state, told.sent) == (("name",), "declined", True)
