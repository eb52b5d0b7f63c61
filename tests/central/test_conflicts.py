"""Two open applications of one person, a card outside its application, and what somebody decides about them."""

import dataclasses

import msgspec
import pytest

from sscard_desk.central import corrections, imports
from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.store import feeds
from sscard_desk.domain import events
from sscard_desk.domain.conflicts.outcomes import Settlement
from sscard_desk.domain.ids import AccountId, PersonKey
from sscard_desk.wire.entry import Entry
from sscard_desk.wire.feed import point_scope, read_row
from sscard_desk.wire.messages import EntryAnswer, FeedItem
from tests.central._journal import outcomes, receive
from tests.domain.standing import AT, DIGEST
from tests.machines.counter import POINT, bank_confirmed, citizen_number, opened, subject
from tests.machines.model_desk import ModelDesk

SUPERVISOR = AccountId("5b" * 16)
ELSEWHERE = "P-02"


def rows(centre: OpenCentre, point: str, kind: str) -> dict[str, dict[str, str]]:
    """What desks of a service point are told, by id."""
    with centre.database.reading() as connection:
        items: list[FeedItem] = list(feeds.whole(connection, point_scope(point)))
    return {item.id: read_row(item.body) for item in items if item.kind == kind and not item.deleted}


def entries_of(centre: OpenCentre, point: str) -> list[str]:
    with centre.database.reading() as connection:
        return [item.id for item in feeds.whole(connection, point_scope(point)) if item.kind == "entry"]


def entry_id(entry: Entry) -> str:
    return entry.read_header().entry_id


def second_at(centre: OpenCentre, *, with_card: bool = False) -> tuple[ModelDesk, str, str, tuple[EntryAnswer, ...]]:
    """Let one person open at two service points; return the second desk, both keys and what it was answered."""
    first, second = ModelDesk("D-0001"), ModelDesk("D-0009")
    one, two = subject(), subject()
    receive(centre, "D-0001", [first.record(opened(1), one)])
    second.record(opened(1), two)
    second.record(bank_confirmed(), two)
    if with_card:
        second.record(AT.intended, two)
        second.record(events.CardWritten(AT.code, DIGEST, 40, ("08",)), two)
    return second, one, two, receive(centre, "D-0009", second.entries)


def test_the_second_application_is_a_conflict_that_names_the_first_and_nobody(centre: OpenCentre) -> None:
    _, one, _, (conflict, after) = second_at(centre)
    assert (conflict.outcome, conflict.code) == ("conflict", "already-open")
    assert (after.outcome, after.code) == ("refused", "application-unknown")
    current = msgspec.msgpack.decode(conflict.current)
    assert (current["application"], current["point"], current["step"]) == (one, POINT, "opened")
    assert citizen_number(1).encode() not in conflict.current
    assert "训练".encode() not in conflict.current


def test_both_service_points_are_told_of_the_conflict_and_of_nobody(centre: OpenCentre) -> None:
    _, one, two, (conflict, _) = second_at(centre)
    here, there = rows(centre, POINT, "conflict"), rows(centre, ELSEWHERE, "conflict")
    assert here == there
    told = here[two]
    assert (told["first_key"], told["first"], told["first_point"]) == (one, conflict.reason, POINT)
    assert (told["what"], told["point"], told["desk"], told["outcome"]) == ("already-open", ELSEWHERE, "D-0009", "")
    assert told["point_name"] == "另一个服务站"
    assert citizen_number(1) not in str(told)


def test_an_application_that_is_withdrawn_is_held_and_its_entries_get_their_receipts(centre: OpenCentre) -> None:
    second, _, two, _ = second_at(centre)
    aside = tuple(entry_id(entry) for entry in second.entries)
    decided = second.record(events.ConflictSettled(aside, Settlement.WITHDRAWN, "opened twice"), two)
    assert outcomes(receive(centre, "D-0009", [decided])) == [("stored", "")]
    assert outcomes(receive(centre, "D-0009", second.entries)) == [("already-stored", "")] * 3
    assert rows(centre, POINT, "conflict")[two]["outcome"] == "withdrawn"
    assert entries_of(centre, ELSEWHERE) == [entry_id(decided)]


def test_with_a_supervisors_reason_both_are_kept_and_the_second_goes_on(centre: OpenCentre) -> None:
    second, one, two, _ = second_at(centre)
    aside = tuple(entry_id(entry) for entry in second.entries)
    allowed = events.ConflictSettled(aside, Settlement.KEPT_BOTH, exception="lost papers", exempted_by=SUPERVISOR)
    assert outcomes(receive(centre, "D-0009", [second.record(allowed, two)])) == [("refused", "not-supervisor")]
    imports.import_staff(centre, ELSEWHERE, [imports.StaffMember(SUPERVISOR, "训练", "supervisor", bytes(32))])
    assert outcomes(receive(centre, "D-0009", [second.record(allowed, two)])) == [("stored", "")]
    again = receive(centre, "D-0009", second.entries[:2])
    assert outcomes(again) == [("already-stored", ""), ("stored", "")]
    opener, decision, bank = entries_of(centre, ELSEWHERE)
    assert (opener, bank) == (aside[0], aside[1])
    assert decision == entry_id(second.entries[-1])
    # the first still holds its person: a third is a conflict with it
    third = ModelDesk("D-0002")
    assert outcomes(receive(centre, "D-0002", [third.record(opened(1), subject())])) == [("conflict", "already-open")]
    assert rows(centre, POINT, "conflict")[two]["first_key"] == one


def test_a_card_written_before_the_conflict_was_known_does_not_vanish(centre: OpenCentre) -> None:
    second, _, two, answers = second_at(centre, with_card=True)
    assert outcomes(answers)[2:] == [("conflict", "card-outside")] * 2
    told = rows(centre, ELSEWHERE, "conflict")[two]
    assert (told["what"], told["card"]) == ("already-open", "written")
    assert rows(centre, POINT, "conflict")[two]["card"] == "written"
    third, other = ModelDesk("D-0002"), subject()
    receive(centre, "D-0002", [third.record(opened(2), other)])
    used = receive(centre, "D-0002", [third.record(AT.intended, other)])
    assert outcomes(used) == [("refused", "card-taken")]
    # kept by a supervisor: what the desk sends again is taken, the card with it
    imports.import_staff(centre, ELSEWHERE, [imports.StaffMember(SUPERVISOR, "训练", "supervisor", bytes(32))])
    aside = tuple(entry_id(entry) for entry in second.entries)
    allowed = events.ConflictSettled(aside, Settlement.KEPT_BOTH, exception="lost", exempted_by=SUPERVISOR)
    receive(centre, "D-0009", [second.record(allowed, two)])
    assert outcomes(receive(centre, "D-0009", second.entries[:2])) == [("already-stored", ""), ("stored", "")]
    assert rows(centre, POINT, "conflict")[two]["outcome"] == "kept_both"


def test_a_card_of_a_withdrawn_application_is_told_to_its_own_point(centre: OpenCentre) -> None:
    first, other, about = ModelDesk("D-0001"), ModelDesk("D-0002"), subject()
    receive(centre, "D-0001", [first.record(opened(1), about), first.record(events.Withdrawn("asked"), about)])
    answers = receive(centre, "D-0002", [other.record(AT.intended, about)])
    assert outcomes(answers) == [("conflict", "card-outside")]
    told = rows(centre, POINT, "conflict")[about]
    assert (told["what"], told["card"], told["desk"]) == ("card-outside", "intended", "D-0002")


def test_what_was_dropped_stays_at_the_centre_and_changes_nothing(centre: OpenCentre) -> None:
    first, second, about = ModelDesk("D-0001"), ModelDesk("D-0002"), subject()
    first.record(opened(1), about)
    first.record(bank_confirmed("95588"), about, base_version=1)
    receive(centre, "D-0001", first.entries)
    mine = second.record(bank_confirmed("95566"), about, base_version=1)
    assert outcomes(receive(centre, "D-0002", [mine])) == [("conflict", "changed-elsewhere")]
    dropped = events.ConflictSettled((entry_id(mine),), Settlement.DROPPED)
    assert outcomes(receive(centre, "D-0002", [second.record(dropped, about, base_version=2)])) == [("stored", "")]
    assert outcomes(receive(centre, "D-0002", [mine])) == [("already-stored", "")]
    assert entry_id(mine) not in entries_of(centre, POINT)


def test_an_application_whose_number_was_taken_goes_on_under_a_new_one(centre: OpenCentre) -> None:
    first, second, about = ModelDesk("D-0001"), ModelDesk("D-0002"), subject()
    one = opened(1)
    receive(centre, "D-0001", [first.record(one, subject())])
    same = dataclasses.replace(opened(2), number=one.number)
    mine = second.record(same, about)
    assert outcomes(receive(centre, "D-0002", [mine])) == [("refused", "number-taken")]
    renumbered = events.ConflictSettled((entry_id(mine),), Settlement.RENUMBERED, number=opened(3).number)
    assert outcomes(receive(centre, "D-0002", [second.record(renumbered, about)])) == [("stored", "")]
    assert outcomes(receive(centre, "D-0002", [mine])) == [("already-stored", "")]


def test_a_decision_reaches_only_entries_of_its_own_desk(centre: OpenCentre) -> None:
    second, *_ = second_at(centre)
    stranger = ModelDesk("D-0002")
    decided = events.ConflictSettled((entry_id(second.entries[0]),), Settlement.WITHDRAWN)
    receive(centre, "D-0002", [stranger.record(decided, subject())])
    assert outcomes(receive(centre, "D-0009", second.entries[:1])) == [("conflict", "already-open")]


@pytest.mark.parametrize("known", [True, False])
def test_a_correction_is_kept_for_the_register_whatever_became_of_its_application(
    centre: OpenCentre, known: bool
) -> None:
    desk, about = ModelDesk("D-0001"), subject()
    if known:
        receive(centre, "D-0001", [desk.record(opened(1), about)])
    asked = events.CorrectionRequested(
        (events.Difference("name", "登记名", "证件名", taken=False, source="id_card"),), PersonKey("7" * 32)
    )
    entry = desk.record(asked, about)
    assert outcomes(receive(centre, "D-0001", [entry])) == [("stored", "")]
    with centre.database.reading() as connection:
        (request,) = corrections.requests(connection)
    assert (request.person, request.differences) == ("7" * 32, asked.differences)
    told = rows(centre, POINT, "correction")[entry_id(entry)]
    assert told == {"subject": about, "fields": "name", "state": "requested"}
    assert corrections.answer(centre, entry_id(entry), corrections.ACCEPTED, "op-1")
    assert rows(centre, POINT, "correction")[entry_id(entry)]["state"] == "accepted"
    with centre.database.reading() as connection:
        assert corrections.requests(connection) == []
        assert len(corrections.requests(connection, "")) == 1


def test_nobody_decides_about_a_conflict_of_another_service_point(centre: OpenCentre) -> None:
    second, _, two, _ = second_at(centre)
    stranger = ModelDesk("D-0002")
    stranger.record(opened(7), subject())
    receive(centre, "D-0002", stranger.entries)
    for outcome in (Settlement.WITHDRAWN, Settlement.DROPPED):
        ended = stranger.record(events.ConflictSettled((), outcome, "none of theirs"), two)
        assert outcomes(receive(centre, "D-0002", [ended])) == [("refused", "foreign-point")]
    assert rows(centre, ELSEWHERE, "conflict")[two]["outcome"] == ""
    aside = tuple(entry_id(entry) for entry in second.entries)
    own = second.record(events.ConflictSettled(aside, Settlement.WITHDRAWN, "opened twice"), two)
    assert outcomes(receive(centre, "D-0009", [own])) == [("stored", "")]


def test_a_new_number_is_no_way_round_the_supervisor(centre: OpenCentre) -> None:
    second, _, two, _ = second_at(centre)
    aside = (entry_id(second.entries[0]),)
    renumbered = events.ConflictSettled(
        aside, Settlement.RENUMBERED, number=opened(1).number, exception="because", exempted_by=SUPERVISOR
    )
    answers = receive(centre, "D-0009", [second.record(renumbered, two)])
    assert outcomes(answers) == [("conflict", "already-open")]
