from pathlib import Path

import pytest

from sscard_desk.domain import events
from sscard_desk.domain.errors.operator import ApplicationUnknown, OwnApplication, StepNotAllowed
from sscard_desk.domain.numbers.application_number import parse_application_number
from sscard_desk.domain.steps import Step
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.store.opening import open_desk
from tests.store import _desk as a


def test_the_whole_way_of_an_application_is_kept_and_found_again_after_reopening(desk: DeskStore) -> None:
    subject = a.begin(desk)
    a.sign(desk, subject)
    for actor, event in ((a.SUPERVISOR, a.APPROVED), (a.CLERK, a.INTENDED), (a.CLERK, a.WRITTEN)):
        with desk.work(actor) as work:
            after = work.record(event, subject=subject)
    assert after is not None
    assert after.step is Step.CARD_WRITTEN
    folder = Path(desk._engine.connect().exec_driver_sql("PRAGMA database_list").all()[0][2]).parent
    again = open_desk(folder, a.KEY)
    try:
        assert again.application(subject) == after
        assert again.find_application(after.number) == after
        kinds = [line.kind for line in again.history(subject)]
        assert kinds == [
            "application.opened", *(e.kind for e in a.CLERKS_WAY),
            "application.approved", "card.intended", "card.written",
        ]  # fmt: skip
        assert not any(line.sent for line in again.history(subject))
        assert again.unsent() == len(kinds)
    finally:
        again.close()


def test_an_act_that_is_not_allowed_leaves_nothing_of_its_transaction(desk: DeskStore) -> None:
    subject = a.begin(desk)
    with pytest.raises(StepNotAllowed), desk.work(a.CLERK) as work:  # noqa: PT012 - the whole block is one act
        work.record(a.BANK, subject=subject)
        work.put_blob(b"picture")
        work.record(a.APPROVED, subject=subject)
    assert desk.application(subject).step is Step.OPENED
    assert desk.unsent() == 1
    assert desk._folder.files() == set()


def test_who_took_an_application_in_does_not_approve_it(desk: DeskStore) -> None:
    subject = a.begin(desk)
    a.sign(desk, subject)
    assert [waiting.id for waiting in desk.waiting_for_approval()] == [subject]
    with pytest.raises(OwnApplication), desk.work(a.CLERK) as work:
        work.record(a.APPROVED, subject=subject)
    with desk.work(a.SUPERVISOR) as work:
        work.record(a.APPROVED, subject=subject)
    assert desk.waiting_for_approval() == []


def test_an_application_is_open_for_its_person_until_it_ended(desk: DeskStore) -> None:
    subject = a.begin(desk)
    found = desk.open_for(a.ID_NUMBER)
    assert found is not None
    assert found.id == subject
    with desk.work(a.CLERK) as work:
        work.record(events.Withdrawn(reason="-"), subject=subject)
    assert desk.open_for(a.ID_NUMBER) is None
    assert [application.id for application in desk.recent()] == [subject]


def test_numbers_run_without_gap_and_have_the_desk_in_them(desk: DeskStore) -> None:
    numbers: list[str] = []
    for _ in range(3):
        with desk.work(a.CLERK) as work:
            numbers.append(work.next_application_number())
    parsed = [parse_application_number(number) for number in numbers]
    assert [number.running for number in parsed] == [1, 2, 3]
    assert {(number.point, number.desk) for number in parsed} == {("4201", 1)}


def test_a_session_is_noted_in_the_journal_under_its_account(desk: DeskStore) -> None:
    with desk.work(a.CLERK) as work:
        assert work.record(events.SessionNoted(act="signed_in"), subject=a.CLERK) is None
    assert [(line.kind, line.actor) for line in desk.history(a.CLERK)] == [("session.noted", a.CLERK)]


def test_acts_on_an_unknown_application_say_so(desk: DeskStore) -> None:
    with pytest.raises(ApplicationUnknown), desk.work(a.CLERK) as work:
        work.record(a.BANK, subject=a.new_subject())
    with pytest.raises(ApplicationUnknown):
        desk.application(a.new_subject())
    with pytest.raises(ApplicationUnknown):
        desk.find_application("4201-01-26-00001-1")


def test_an_application_is_opened_once(desk: DeskStore) -> None:
    subject = a.begin(desk)
    with pytest.raises(StepNotAllowed):
        a.begin(desk, subject)


def test_drafts_come_back_and_the_last_one_says_where_the_clerk_was(desk: DeskStore) -> None:
    first, second = a.new_subject(), a.new_subject()
    desk.keep_draft(first, {"phone": "138"}, "phone")
    kept_at = desk.keep_draft(second, {"phone": "139"}, "address")
    desk.keep_draft(second, {"phone": "1391"}, "address")
    last = desk.last_draft()
    assert last is not None
    assert (last.application, dict(last.values), last.field) == (second, {"phone": "1391"}, "address")
    assert last.kept_at >= kept_at.replace(microsecond=kept_at.microsecond // 1000 * 1000)
    with desk.work(a.CLERK) as work:
        work.drop_draft(second)
    assert desk.draft(second) is None
    last = desk.last_draft()
    assert last is not None
    assert last.application == first
