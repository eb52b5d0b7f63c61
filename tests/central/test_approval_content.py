"""An approval is of what was approved, and counts once; over both databases."""

import secrets
from dataclasses import replace

import pytest

from sscard_desk.central.card_keys import approved
from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.store import applications
from sscard_desk.central.store.applications import Standing
from sscard_desk.domain import events, seals
from sscard_desk.domain.ids import ApplicationId
from sscard_desk.domain.steps import Step
from tests.machines.counter import bank_confirmed
from tests.machines.model_desk import ModelDesk

from ._journal import outcomes, receive
from .test_four_eyes import CLERK, SUPERVISOR, Keys, checked, say, sealed, sign, step
from .test_four_eyes import keys as keys  # noqa: PLC0414 - a fixture

CHANGED = (
    events.SignaturesVoided("changed"),
    bank_confirmed("99999"),
    events.FormReturned(answers={"name": "somebody else"}, changes=(), digest="d2"),
    events.MaterialsChecked(materials=()),
)


def at_signed(centre: OpenCentre, desk: ModelDesk, keys: Keys) -> str:
    about = checked(centre, desk)
    sign(centre, desk, about, CLERK, b"", "applicant")
    sign(centre, desk, about, CLERK, sealed(keys, CLERK, seals.SIGNED, about))
    return about


def change(centre: OpenCentre, desk: ModelDesk, keys: Keys, about: str) -> None:
    """What a clerk's desk does alone: other contents, the same digest, signed anew."""
    for event in CHANGED:
        assert say(centre, desk, about, event, CLERK) == ("stored", "")
    sign(centre, desk, about, CLERK, b"", "applicant")
    sign(centre, desk, about, CLERK, sealed(keys, CLERK, seals.SIGNED, about))


def held(centre: OpenCentre, about: str) -> Standing:
    with centre.database.writing() as connection:
        return applications.find_all(connection, [about])[about]


def why_not(centre: OpenCentre, standing: Standing) -> str:
    with centre.database.writing() as connection:
        return approved.why_not(connection, standing)


def old_form(keys: Keys, about: str) -> events.Approved:
    return events.Approved("d2", sealed(keys, SUPERVISOR, seals.APPROVED, about))


def new_form(centre: OpenCentre, keys: Keys, about: str) -> events.Approved:
    content, nonce = seals.content_of(held(centre, about).state), secrets.token_hex(16)
    seal = keys[SUPERVISOR].sign(seals.approval_bytes(ApplicationId(about), "d2", content, nonce))
    return replace(old_form(keys, about), content=content, nonce=nonce, content_seal=seal)


def test_an_approval_of_before_is_not_taken_for_other_contents_under_the_same_digest(
    centre: OpenCentre, keys: Keys
) -> None:
    desk = ModelDesk("D-0001")
    about = at_signed(centre, desk, keys)
    assert say(centre, desk, about, old_form(keys, about), SUPERVISOR) == ("stored", "")
    assert why_not(centre, held(centre, about)) == ""
    change(centre, desk, keys, about)
    assert say(centre, desk, about, old_form(keys, about), SUPERVISOR) == ("refused", "approval-used")
    assert step(centre, about) is Step.SIGNED
    assert say(centre, desk, about, new_form(centre, keys, about), SUPERVISOR) == ("stored", "")
    assert why_not(centre, held(centre, about)) == ""


def test_nor_within_one_batch(centre: OpenCentre, keys: Keys) -> None:
    desk = ModelDesk("D-0001")
    about = at_signed(centre, desk, keys)
    clerks = events.Signed("clerk", "strokes", "d2", None, seal=sealed(keys, CLERK, seals.SIGNED, about))
    acts = [(old_form(keys, about), SUPERVISOR), *((each, CLERK) for each in CHANGED)]
    acts += [(events.Signed("applicant", "strokes", "d2", None), CLERK), (clerks, CLERK)]
    batch = [desk.record(event, about, actor=actor) for event, actor in [*acts, (old_form(keys, about), SUPERVISOR)]]
    said = outcomes(receive(centre, desk.desk, batch))
    assert said == [("stored", "")] * 7 + [("refused", "approval-used")]


def test_an_approval_that_names_its_content_is_of_that_content_and_counts_once(centre: OpenCentre, keys: Keys) -> None:
    desk = ModelDesk("D-0001")
    about = at_signed(centre, desk, keys)
    first = new_form(centre, keys, about)
    assert say(centre, desk, about, first, SUPERVISOR) == ("stored", "")
    change(centre, desk, keys, about)
    void, used = ("refused", "signature-void"), ("refused", "approval-used")
    now = seals.content_of(held(centre, about).state)
    assert say(centre, desk, about, first, SUPERVISOR) == void
    assert say(centre, desk, about, replace(first, content=now), SUPERVISOR) == ("refused", "seal-wrong")
    assert say(centre, desk, about, replace(first, content="", nonce=""), SUPERVISOR) == ("refused", "seal-wrong")
    # taken apart to what programs of before send
    assert say(centre, desk, about, old_form(keys, about), SUPERVISOR) == used
    second = new_form(centre, keys, about)
    assert say(centre, desk, about, second, SUPERVISOR) == ("stored", "")
    for event in (events.SignaturesVoided("looked at again"), *CHANGED[2:]):
        assert say(centre, desk, about, event, CLERK) == ("stored", "")
    sign(centre, desk, about, CLERK, b"", "applicant")
    sign(centre, desk, about, CLERK, sealed(keys, CLERK, seals.SIGNED, about))
    assert seals.content_of(held(centre, about).state) == second.content
    assert say(centre, desk, about, second, SUPERVISOR) == void


def test_what_was_approved_before_the_centre_kept_marks_is_known_by_its_entries(centre: OpenCentre, keys: Keys) -> None:
    desk = ModelDesk("D-0001")
    about = at_signed(centre, desk, keys)
    assert say(centre, desk, about, old_form(keys, about), SUPERVISOR) == ("stored", "")
    change(centre, desk, keys, about)
    with centre.database.writing() as connection:
        standing = applications.find_all(connection, [about])[about]
        before = replace(standing, state=replace(standing.state, approval_marks=()))
        applications.keep_all(connection, [before], set())
    assert say(centre, desk, about, old_form(keys, about), SUPERVISOR) == ("refused", "approval-used")


@pytest.mark.parametrize("changes", [{"bank": "99999"}, {"answers": {"name": "x"}}, {"photo": "ab" * 32}])
def test_no_key_is_given_for_other_contents_than_the_approved(
    centre: OpenCentre, keys: Keys, changes: dict[str, object]
) -> None:
    desk = ModelDesk("D-0001")
    about = at_signed(centre, desk, keys)
    assert say(centre, desk, about, new_form(centre, keys, about), SUPERVISOR) == ("stored", "")
    standing = held(centre, about)
    assert why_not(centre, standing) == ""
    assert why_not(centre, replace(standing, state=replace(standing.state, **changes))) == "seal"
