"""Every kind of entry has a row in the table of conflicts, and the table says what the centre does."""

import pytest

from sscard_desk.domain import events
from sscard_desk.domain.conflicts.outcomes import Settlement, outcomes_of_second
from sscard_desk.domain.conflicts.table import CARD, CONTENT, RULES, Rule, read_only
from sscard_desk.domain.errors.operator import StepNotAllowed
from sscard_desk.domain.folding import apply
from sscard_desk.domain.ids import AccountId
from sscard_desk.domain.steps import FROM, Step
from tests.domain.standing import AT, standing_at

SUPERVISOR = AccountId("5b" * 16)


def test_every_kind_of_entry_has_a_rule_and_no_rule_is_about_a_kind_that_is_not() -> None:
    assert sorted(RULES) == sorted(events.KINDS)


def test_only_what_moves_an_application_is_ruled_by_steps_answers_identity_or_cards() -> None:
    moving = {kind for kind, rule in RULES.items() if rule in {Rule.STEP, Rule.ANSWERS, Rule.IDENTITY, Rule.CARD}}
    beside = {"application.opened", "transfer.asked", "transfer.declined"}
    assert moving - beside == set(FROM) - {"conflict.settled"}


def test_contents_are_what_two_desks_may_not_change_side_by_side() -> None:
    assert {"identity.decided", "bank.confirmed", "form.returned", "photo.attached"} <= CONTENT
    assert not CONTENT & CARD


@pytest.mark.parametrize("kind", ["person", "bank", "staff", "notice", "range", "form_edition", "a_later_kind"])
def test_reference_rows_are_read_only_and_no_entry_is_of_their_kind(kind: str) -> None:
    assert read_only(kind)
    assert kind not in RULES


def test_a_second_application_is_withdrawn_or_kept_while_it_has_no_card() -> None:
    assert outcomes_of_second(standing_at(Step.APPROVED)) == (Settlement.WITHDRAWN, Settlement.KEPT_BOTH)


@pytest.mark.parametrize("step", [Step.CARD_WRITTEN, Step.HANDED_OVER])
def test_a_second_application_whose_card_was_written_can_only_be_kept(step: Step) -> None:
    second = standing_at(step)
    assert outcomes_of_second(second) == (Settlement.KEPT_BOTH,)
    with pytest.raises(StepNotAllowed):
        apply(second, events.ConflictSettled(("e" * 32,), Settlement.WITHDRAWN), SUPERVISOR)


def test_once_its_card_is_spoiled_a_second_application_can_be_withdrawn() -> None:
    second = apply(standing_at(Step.CARD_WRITTEN), events.CardSpoiled(AT.code, "second application"), SUPERVISOR)
    assert Settlement.WITHDRAWN in outcomes_of_second(second)
    ended = apply(second, events.ConflictSettled(("e" * 32,), Settlement.WITHDRAWN, "two opened"), SUPERVISOR)
    assert (ended.step, ended.closed_reason) == (Step.WITHDRAWN, "two opened")


def test_both_are_kept_only_under_a_reason_that_a_supervisor_gave() -> None:
    second = standing_at(Step.SIGNED)
    with pytest.raises(StepNotAllowed):
        apply(second, events.ConflictSettled(("e" * 32,), Settlement.KEPT_BOTH), SUPERVISOR)
    kept = apply(
        second,
        events.ConflictSettled(("e" * 32,), Settlement.KEPT_BOTH, exception="lost", exempted_by=SUPERVISOR),
        SUPERVISOR,
    )
    assert (kept.second_exception, kept.second_exempted_by, kept.step) == ("lost", SUPERVISOR, Step.SIGNED)


@pytest.mark.parametrize("step", list(Step))
def test_a_transfer_is_possible_before_a_card_and_takes_the_approval_off(step: Step) -> None:
    before = standing_at(step)
    allowed = step in FROM["application.transferred"] and before.card is None
    if not allowed:
        with pytest.raises(StepNotAllowed):
            apply(before, events.Transferred("4202"), SUPERVISOR)
        return
    after = apply(before, events.Transferred("4202", "城东服务点"), SUPERVISOR)
    assert (after.point, after.approval) == ("4202", None)
    assert after.step is (Step.SIGNED if step in {Step.APPROVED, Step.APPROVAL_DEFERRED} else step)
    assert after.signatures == before.signatures


def test_an_application_with_a_card_begun_cannot_be_transferred() -> None:
    begun = apply(standing_at(Step.APPROVED), AT.intended, SUPERVISOR)
    with pytest.raises(StepNotAllowed):
        apply(begun, events.Transferred("4202"), SUPERVISOR)
