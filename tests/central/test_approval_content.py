"""An approval is of what was approved, and counts once; over both databases."""

import secrets
from dataclasses import replace

import pytest

from sscard_desk.central.card_keys import approved
from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.store import applications
from sscard_desk.central.store.applications import Standing
from sscard_desk.domain import events, seals
from sscard_desk.domain.application import Application
from sscard_desk.domain.folding import apply
from sscard_desk.domain.ids import AccountId, ApplicationId
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
    assert say(centre, desk, about, clerks(keys, held(centre, about).state), CLERK) == ("stored", "")


def clerks(keys: Keys, state: Application) -> events.Signed:
    """A clerk's signature of what an application says, as today's program makes it."""
    content, nonce = seals.shown_of(state), secrets.token_hex(16)
    named = keys[CLERK].sign(seals.signature_bytes(seals.SIGNED, state.id, "d2", content, nonce))
    seal = sealed(keys, CLERK, seals.SIGNED, state.id)
    return events.Signed("clerk", "strokes", "d2", None, None, seal, None, content, nonce, named)


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
    after = held(centre, about).state
    for event in CHANGED:
        after = apply(after, event, AccountId(CLERK))
    acts = [(old_form(keys, about), SUPERVISOR), *((each, CLERK) for each in CHANGED)]
    acts += [(events.Signed("applicant", "strokes", "d2", None), CLERK), (clerks(keys, after), CLERK)]
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
    before = held(centre, about).state.signatures
    for event in (events.SignaturesVoided("looked at again"), *CHANGED[2:]):
        assert say(centre, desk, about, event, CLERK) == ("stored", "")
    with centre.database.writing() as connection:  # the very same signatures, which no desk can make again
        standing = applications.find_all(connection, [about])[about]
        again = replace(standing.state, step=Step.SIGNED, signatures=before)
        applications.keep_all(connection, [replace(standing, state=again)], set())
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


def test_a_clerks_seal_of_before_is_no_second_persons_word_for_other_contents(centre: OpenCentre, keys: Keys) -> None:
    desk = ModelDesk("D-0001")
    about = checked(centre, desk)
    sign(centre, desk, about, CLERK, b"", "applicant")
    first = clerks(keys, held(centre, about).state)
    old = replace(first, content="", nonce="", content_seal=b"")
    void = ("refused", "signature-void")
    assert say(centre, desk, about, first, CLERK) == ("stored", "")
    assert say(centre, desk, about, old, CLERK) == ("stored", "")  # of the same content: a program of before signs anew
    for event in CHANGED:
        assert say(centre, desk, about, event, CLERK) == ("stored", "")
    sign(centre, desk, about, CLERK, b"", "applicant")
    now = seals.shown_of(held(centre, about).state)
    assert say(centre, desk, about, first, CLERK) == void
    assert say(centre, desk, about, replace(first, content=now), CLERK) == ("refused", "seal-wrong")
    assert say(centre, desk, about, old, CLERK) == void
    assert say(centre, desk, about, new_form(centre, keys, about), SUPERVISOR) == ("refused", "step-not-allowed")
    assert say(centre, desk, about, clerks(keys, held(centre, about).state), CLERK) == ("stored", "")
    assert say(centre, desk, about, new_form(centre, keys, about), SUPERVISOR) == ("stored", "")
    assert why_not(centre, held(centre, about)) == ""


def test_no_key_is_given_where_the_clerk_signed_other_contents(centre: OpenCentre, keys: Keys) -> None:
    desk = ModelDesk("D-0001")
    about = checked(centre, desk)
    sign(centre, desk, about, CLERK, b"", "applicant")
    assert say(centre, desk, about, clerks(keys, held(centre, about).state), CLERK) == ("stored", "")
    assert say(centre, desk, about, old_form(keys, about), SUPERVISOR) == ("stored", "")
    standing = held(centre, about)
    assert why_not(centre, standing) == ""
    assert why_not(centre, replace(standing, state=replace(standing.state, bank="99999"))) == "seal"
