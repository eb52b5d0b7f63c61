"""Card numbers that an application keeps without having the card: seen, and let go where nobody began the card."""

import dataclasses

import pytest

from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.erasing import Reason, erase
from sscard_desk.central.kept_cards import let_go
from sscard_desk.central.store import applications, card_keys, kept_cards
from sscard_desk.central.store.kept_cards import KeptCard
from sscard_desk.domain import events
from sscard_desk.domain.erasure import Why
from sscard_desk.domain.errors.conflicts import KeptCardBegun, KeptCardKeyGiven, KeptCardUnknown
from sscard_desk.domain.events import Event
from sscard_desk.domain.steps import Step
from tests.central._journal import outcomes, receive
from tests.domain.standing import AT, DIGEST, standing_at
from tests.machines.counter import opened, subject
from tests.machines.model_desk import ModelDesk

WHY = "the blank was found unwritten in the drawer"


def outside(centre: OpenCentre, *more: Event) -> str:
    """Let a desk mean to write a card for an application that another one withdrew; return its key."""
    first, other, about = ModelDesk("D-0001"), ModelDesk("D-0002"), subject()
    receive(centre, "D-0001", [first.record(opened(1), about), first.record(events.Withdrawn("asked"), about)])
    answers = receive(centre, "D-0002", [other.record(event, about) for event in (AT.intended, *more)])
    assert outcomes(answers) == [("conflict", "card-outside")] * (1 + len(more))
    return about


def kept(centre: OpenCentre) -> list[KeptCard]:
    with centre.database.reading() as connection:
        return kept_cards.kept_cards(connection)


def test_a_number_that_was_let_go_can_be_given_and_who_let_it_go_stands_beside_it(centre: OpenCentre) -> None:
    about = outside(centre)
    (found,) = kept(centre)
    assert (found.identification_code, found.card_number, found.subject) == (AT.code, AT.card_number, about)
    assert (found.desk, found.did, found.outcome, found.may_go) == ("D-0002", "intended", "", True)
    third, other = ModelDesk("D-0009"), subject()
    receive(centre, "D-0009", [third.record(opened(2), other)])
    assert outcomes(receive(centre, "D-0009", [third.record(AT.intended, other)])) == [("refused", "card-taken")]
    let_go(centre, AT.code, "li.ming", WHY)
    assert kept(centre) == []
    with centre.database.reading() as connection:
        (released,) = kept_cards.released_cards(connection)
    assert (released.subject, released.operator, released.reason) == (about, "li.ming", WHY)
    answers = receive(centre, "D-0009", [third.record(AT.intended, other)])
    assert answers[0].code != "card-taken"
    with pytest.raises(KeptCardUnknown):
        let_go(centre, "44" * 16, "li.ming", WHY)


@pytest.mark.parametrize(
    ("did", "more"),
    [
        ("written", (events.CardWritten(AT.code, DIGEST, 40, ("08",)),)),
        (
            "spoiled",
            (events.CardSpoiled(AT.code, "torn"), dataclasses.replace(AT.intended, identification_code="55" * 16)),
        ),
        ("handed_over", (events.CardWritten(AT.code, DIGEST, 40, ("08",)), events.HandedOver())),
    ],
)
def test_a_card_that_a_desk_began_keeps_its_number(centre: OpenCentre, did: str, more: tuple[Event, ...]) -> None:
    outside(centre, *more)
    assert {one.identification_code: one.did for one in kept(centre)}[AT.code] == did
    with pytest.raises(KeptCardBegun):
        let_go(centre, AT.code, "li.ming", WHY)


def test_a_card_whose_key_for_writing_was_given_or_of_which_all_was_erased_keeps_its_number(
    centre: OpenCentre,
) -> None:
    about = outside(centre)
    with centre.database.writing() as connection:
        card_keys.grant(connection, about, AT.code, "D-0002", 1, "")
    with pytest.raises(KeptCardKeyGiven):
        let_go(centre, AT.code, "li.ming", WHY)
    erase(centre, [about], Reason(Why.REQUEST, "asked"))
    assert [one.did for one in kept(centre)] == ["erased"]
    with pytest.raises(KeptCardBegun):
        let_go(centre, AT.code, "li.ming", WHY)


def test_an_application_that_has_its_card_after_all_keeps_nothing(centre: OpenCentre) -> None:
    about = outside(centre)
    assert len(kept(centre)) == 1
    run = standing_at(Step.CARD_WRITTEN).card
    with centre.database.writing() as connection:
        standing = applications.find_all(connection, [about])[about]
        has = dataclasses.replace(standing, state=dataclasses.replace(standing.state, card=run))
        applications.keep_all(connection, [has], set())
    assert kept(centre) == []
    with pytest.raises(KeptCardUnknown):
        let_go(centre, AT.code, "li.ming", WHY)
