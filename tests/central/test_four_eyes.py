"""No card is approved by one person alone, whatever a desk of one's own making writes; over both databases."""

import secrets
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sscard_desk.central import imports, staff
from sscard_desk.central.card_keys import approved
from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.store import applications
from sscard_desk.domain import events, seals
from sscard_desk.domain.application import Signature
from sscard_desk.domain.ids import AccountId, ApplicationId
from sscard_desk.domain.steps import Step
from tests.central._journal import outcomes, receive
from tests.machines.counter import POINT, REGION, bank_confirmed, opened, subject
from tests.machines.model_desk import ModelDesk

CLERK, SUPERVISOR, GHOST = "c1" * 16, "5b" * 16, "9f" * 16
Keys = dict[str, Ed25519PrivateKey]


@pytest.fixture
def keys(centre: OpenCentre) -> Keys:
    made = {account: Ed25519PrivateKey.generate() for account in (CLERK, SUPERVISOR, GHOST)}
    enter(centre, made, CLERK, "clerk")
    enter(centre, made, SUPERVISOR, "supervisor")
    return made


def enter(centre: OpenCentre, keys: Keys, account: str, role: str, point: str = POINT) -> None:
    public = keys[account].public_key().public_bytes_raw()
    imports.import_staff(centre, point, [imports.StaffMember(account, "训练", role, public)])


def sealed(keys: Keys, account: str, act: str, about: str) -> bytes:
    return keys[account].sign(seals.sealed_bytes(act, ApplicationId(about), "d2"))


def checked(centre: OpenCentre, desk: ModelDesk, opener: str = CLERK, **returned: object) -> str:
    about = subject()
    form = events.FormIssued(edition="1", serial="S", copy=1, answers={}, digest="d1", due=None)
    back = replace(events.FormReturned(answers={}, changes=(), digest="d2"), **returned)
    running = secrets.randbelow(30_000)
    recorded = (opened(running), bank_confirmed(), events.PhotoExempted("under 7"), form, back)
    for event in (*recorded, events.MaterialsChecked(materials=())):
        desk.record(event, about, actor=opener)
    assert {said for said, _ in outcomes(receive(centre, desk.desk, desk.entries[-6:]))} == {"stored"}
    return about


def say(centre: OpenCentre, desk: ModelDesk, about: str, event: events.Event, actor: str) -> tuple[str, str]:
    return outcomes(receive(centre, desk.desk, [desk.record(event, about, actor=actor)]))[0]


def sign(  # noqa: PLR0917 - a signature
    centre: OpenCentre, desk: ModelDesk, about: str, by: str, seal: bytes, party: str = "clerk"
) -> None:
    assert say(centre, desk, about, events.Signed(party, "strokes", "d2", None, seal=seal), by) == ("stored", "")


def approve(centre: OpenCentre, desk: ModelDesk, keys: Keys, about: str) -> tuple[str, str]:
    seal = sealed(keys, SUPERVISOR, seals.APPROVED, about)
    return say(centre, desk, about, events.Approved("d2", seal), SUPERVISOR)


def step(centre: OpenCentre, about: str) -> Step:
    with centre.database.writing() as connection:
        return applications.find_all(connection, [about])[about].state.step


def test_a_clerk_and_a_supervisor_are_two(centre: OpenCentre, keys: Keys) -> None:
    desk = ModelDesk("D-0001")
    about = checked(centre, desk)
    sign(centre, desk, about, CLERK, b"", "applicant")
    sign(centre, desk, about, CLERK, sealed(keys, CLERK, seals.SIGNED, about))
    assert approve(centre, desk, keys, about) == ("stored", "")
    assert step(centre, about) is Step.APPROVED


def test_a_supervisor_who_opens_and_signs_under_a_made_up_account_approves_nothing(
    centre: OpenCentre, keys: Keys
) -> None:
    desk = ModelDesk("D-0001")
    about = checked(centre, desk, opener=GHOST)
    sign(centre, desk, about, GHOST, b"", "applicant")
    sign(centre, desk, about, GHOST, sealed(keys, GHOST, seals.SIGNED, about))
    assert approve(centre, desk, keys, about) == ("refused", "second-person")
    assert step(centre, about) is Step.SIGNED


def test_who_signed_as_the_clerk_is_no_second_person_to_the_own_signature(centre: OpenCentre, keys: Keys) -> None:
    desk = ModelDesk("D-0001")
    about = checked(centre, desk, opener=GHOST)
    sign(centre, desk, about, GHOST, b"", "applicant")
    sign(centre, desk, about, SUPERVISOR, sealed(keys, SUPERVISOR, seals.SIGNED, about))
    assert approve(centre, desk, keys, about) == ("refused", "second-person")


@pytest.mark.parametrize("gone", ["ended", "elsewhere"])
def test_a_clerk_who_ended_or_works_elsewhere_is_no_second_person(centre: OpenCentre, keys: Keys, gone: str) -> None:
    desk = ModelDesk("D-0001")
    about = checked(centre, desk)
    sign(centre, desk, about, CLERK, b"", "applicant")
    sign(centre, desk, about, CLERK, sealed(keys, CLERK, seals.SIGNED, about))
    if gone == "ended":
        staff.end_account(centre, CLERK)
    else:
        imports.import_point(centre, "P-02", "另一个服务站", REGION)
        enter(centre, keys, CLERK, "clerk", "P-02")
    assert approve(centre, desk, keys, about) == ("refused", "second-person")


@pytest.mark.parametrize("parties", [(), ("clerk",), ("x",)])
def test_a_form_that_names_fewer_parties_spares_nobody_the_signature(
    centre: OpenCentre, keys: Keys, parties: tuple[str, ...]
) -> None:
    desk = ModelDesk("D-0001")
    about = checked(centre, desk, opener=GHOST, parties=parties)
    sign(centre, desk, about, GHOST, b"", "x")
    sign(centre, desk, about, CLERK, sealed(keys, CLERK, seals.SIGNED, about))
    assert approve(centre, desk, keys, about) == ("refused", "parties-missing")


def test_a_guardians_signature_stands_for_the_applicants_where_the_form_says_so(centre: OpenCentre, keys: Keys) -> None:
    desk = ModelDesk("D-0001")
    about = checked(centre, desk, parties=("guardian", "clerk"))
    sign(centre, desk, about, CLERK, b"", "guardian")
    sign(centre, desk, about, CLERK, sealed(keys, CLERK, seals.SIGNED, about))
    assert approve(centre, desk, keys, about) == ("stored", "")


def test_an_approval_of_before_this_rule_gives_no_key_without_the_second_person(centre: OpenCentre, keys: Keys) -> None:
    desk = ModelDesk("D-0001")
    about = checked(centre, desk, opener=GHOST)
    seal = sealed(keys, SUPERVISOR, seals.APPROVED, about)
    with centre.database.writing() as connection:
        standing = applications.find_all(connection, [about])[about]
        ghosts = tuple(Signature(p, "strokes", "d2", None, AccountId(GHOST)) for p in ("applicant", "clerk"))
        approval = Signature("supervisor", "password", "d2", None, AccountId(SUPERVISOR), seal)
        old = replace(standing.state, step=Step.APPROVED, signatures=ghosts, approval=approval)
        assert approved.why_not(connection, replace(standing, state=old)) == "seal"
        clerks = replace(ghosts[1], by=AccountId(CLERK), seal=sealed(keys, CLERK, seals.SIGNED, about))
        whole = replace(old, signatures=(ghosts[0], clerks))
        assert approved.why_not(connection, replace(standing, state=whole)) == ""
