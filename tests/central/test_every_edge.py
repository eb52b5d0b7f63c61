"""Every (step, event) pair through the centre: what is a legal edge is stored, what is not is not, on both stores."""

import itertools
from dataclasses import replace

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sscard_desk.central import imports
from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.store import applications
from sscard_desk.central.store.applications import Standing
from sscard_desk.domain import events, seals
from sscard_desk.domain.application import Application
from sscard_desk.domain.conflicts.table import RULES, Rule
from sscard_desk.domain.errors.operator import StepNotAllowed
from sscard_desk.domain.events import Event
from sscard_desk.domain.folding import apply
from sscard_desk.domain.steps import FROM, Step
from tests.central._journal import outcomes, receive
from tests.domain.standing import AT, CLERK, DIGEST, SUPERVISOR, At, events_at, standing_at
from tests.machines.counter import POINT
from tests.machines.model_desk import ModelDesk


def pairs() -> list[tuple[Application, Event]]:
    """Each step with each event, every pair with an application and a card of its own."""
    found = []
    kinds = len(events_at(standing_at(Step.OPENED)))
    for running, (step, at) in enumerate(itertools.product(Step, range(kinds)), 1):
        card = At(f"{running:032X}", f"B{running:08d}")
        application = standing_at(step, number=f"N-{running}", running=running, at=card)
        event = events_at(application, card)[at]
        found.append((application, event))
    return found


def is_legal(application: Application, event: Event) -> bool:
    """What the domain says, asked without the centre."""
    try:
        apply(application, event, SUPERVISOR)
    except StepNotAllowed:
        return False
    return True


def sealed(application: Application, clerk: Ed25519PrivateKey) -> Application:
    """The same with the clerk's seal under each signature."""
    seal = clerk.sign(seals.sealed_bytes(seals.SIGNED, application.id, DIGEST))
    return replace(application, signatures=tuple(replace(each, seal=seal) for each in application.signatures))


def test_the_walk_has_every_kind_that_moves_an_application() -> None:
    # a document is taken back only where it was kept; its edge is walked in tests/domain
    assert {event.kind for _, event in pairs()} == set(FROM) - {"document.taken_back"}


def test_legal_edges_are_stored_and_all_others_are_not(centre: OpenCentre) -> None:
    key, clerk = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    staff = [
        imports.StaffMember(account, "训练", role, made.public_key().public_bytes_raw())
        for account, role, made in ((SUPERVISOR, "supervisor", key), (CLERK, "clerk", clerk))
    ]
    imports.import_staff(centre, POINT, staff)
    walked = pairs()
    with centre.database.writing() as connection:
        standings = [Standing(sealed(each, clerk), POINT, "D-0001", 0, "D-0001", second=True) for each, _ in walked]
        applications.keep_all(connection, standings, {each.id for each, _ in walked})
    desk = ModelDesk("D-0001")
    for application, event in walked:
        said = event
        if isinstance(event, events.Approved):
            said = events.Approved(DIGEST, key.sign(seals.sealed_bytes(seals.APPROVED, application.id, DIGEST)))
        desk.record(said, application.id, actor=SUPERVISOR, base_version=application.version)
    answers = [
        answer
        for first in range(0, len(desk.entries), 400)
        for answer in receive(centre, "D-0001", desk.entries[first : first + 400])
    ]
    wrong = []
    for (application, event), (outcome, code) in zip(walked, outcomes(answers), strict=True):
        expected = ("stored", "")
        if not is_legal(application, event):
            card = RULES[event.kind] is Rule.CARD
            expected = ("conflict", "card-outside") if card else ("refused", "step-not-allowed")
        if (outcome, code) != expected:
            wrong.append((application.step.value, event.kind, outcome, code, expected))
    assert wrong == []
    stored = sum(outcome == "stored" for outcome, _ in outcomes(answers))
    assert 100 < stored < len(walked) - 100


def test_the_centre_keeps_where_each_application_stands_after_a_legal_edge(centre: OpenCentre) -> None:
    application = standing_at(Step.MATERIALS_CHECKED)
    with centre.database.writing() as connection:
        applications.keep_all(connection, [Standing(application, POINT, "D-0001", 0, "D-0001")], {application.id})
    desk = ModelDesk("D-0001")
    desk.record(events.Withdrawn("asked"), application.id, actor=CLERK)
    desk.record(AT.intended, application.id, actor=CLERK)
    assert outcomes(receive(centre, "D-0001", desk.entries)) == [("stored", ""), ("conflict", "card-outside")]
    with centre.database.writing() as connection:
        now = applications.find_all(connection, {application.id})[application.id].state
    assert (now.step, now.card, now.version) == (Step.WITHDRAWN, None, application.version + 1)
