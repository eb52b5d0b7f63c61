"""Who is given what a card key computes: the centre's rules, its record and its limits, over both databases."""

import secrets
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from msgspec.structs import replace
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from sscard_desk.central import blanks, imports
from sscard_desk.central.card_keys import keeping, service
from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.failures import RequestFailed
from sscard_desk.central.store import card_keys as kept
from sscard_desk.central.store import desks
from sscard_desk.central.store.card_keys import Use
from sscard_desk.domain import events, seals
from sscard_desk.domain.ids import ApplicationId
from sscard_desk.wire.card_keys import CardKeyAnswer, CardKeyQuestion
from tests.central._journal import outcomes, receive
from tests.machines.counter import POINT, bank_confirmed, opened, subject
from tests.machines.key_places import give_keys
from tests.machines.model_desk import ModelDesk
from tests.machines.pcsc import training_profile

CLERK, SUPERVISOR = "c1" * 16, "5b" * 16
CARD, OTHER_CARD = ("330100D156000005" + f"{n:016X}" for n in (1, 2))
PROFILE = training_profile()
UPDATE, READ, PIN = PROFILE.update_key.hsm_name, PROFILE.read_key.hsm_name, "009010"
MINE = "the application that is approved in the test"
RELOAD = bytes.fromhex("84D40100")


@dataclass
class Office:
    """A centre with keys, and a desk of it that takes applications as far as a test wants."""

    centre: OpenCentre
    desk: ModelDesk
    supervisor: Ed25519PrivateKey
    clerk: Ed25519PrivateKey

    def record(self, key: str, *recorded: events.Event, actor: str = CLERK) -> None:
        entries = [self.desk.record(event, key, actor=actor) for event in recorded]
        assert {said for said, _ in outcomes(receive(self.centre, "D-0001", entries))} == {"stored"}

    def signed(self, running: int = 1) -> str:
        key = subject()
        seal = self.clerk.sign(seals.sealed_bytes(seals.SIGNED, ApplicationId(key), "d2"))
        signatures = [
            events.Signed(party=party, kind_of_signature="strokes", digest="d2", evidence=None, seal=sealed)
            for party, sealed in (("applicant", b""), ("clerk", seal))
        ]
        self.record(
            key,
            opened(running),
            bank_confirmed(),
            events.PhotoExempted(reason="under 7"),
            events.FormIssued(edition="1", serial="S", copy=1, answers={}, digest="d1", due=None),
            events.FormReturned(answers={}, changes=(), digest="d2"),
            events.MaterialsChecked(materials=()),
            *signatures,
        )
        return key

    def approved(self, running: int = 1) -> str:
        key = self.signed(running)
        seal = self.supervisor.sign(seals.sealed_bytes(seals.APPROVED, ApplicationId(key), "d2"))
        self.record(key, events.Approved(digest="d2", seal=seal), actor=SUPERVISOR)
        return key

    def confirmed(self, card: str, actor: str, key: Ed25519PrivateKey | None) -> None:
        seal = key.sign(seals.confirmed_bytes(card)) if key else b""
        self.record(card, events.SpoilConfirmed(card, "here", seal), actor=actor)

    def intended(self, key: str, card: str = CARD) -> None:
        day = date(2026, 11, 26)
        self.record(key, events.CardIntended(card, "A00000001", "training", "d" * 64, ("EF05 05",), day, day))

    def ask(self, asked: CardKeyQuestion, desk: str = "D-0001") -> CardKeyAnswer:
        with self.centre.database.reading() as connection:
            found = desks.find_desk(connection, desk)
        assert found is not None
        return service.answer(self.centre, found, asked)

    def uses(self) -> list[Use]:
        with self.centre.database.reading() as connection:
            return [use for use in kept.uses(connection) if use.desk]


@pytest.fixture
def office(centre: OpenCentre) -> Office:
    supervisor, clerk = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    staff = [
        imports.StaffMember(account, "训练", role, key.public_key().public_bytes_raw())
        for account, role, key in ((SUPERVISOR, "supervisor", supervisor), (CLERK, "clerk", clerk))
    ]
    imports.import_staff(centre, POINT, staff)
    give_keys(centre, "vault")
    return Office(centre, ModelDesk("D-0001"), supervisor, clerk)


def write(application: str, card: str = CARD, **changes: object) -> CardKeyQuestion:
    asked = CardKeyQuestion(
        use_id=secrets.token_hex(16),
        act="write",
        application=application,
        reason="",
        identification_code=card,
        historical=bytes(13),
        algorithm=1,
        key=UPDATE,
        random=secrets.token_bytes(8),
    )
    return replace(asked, **changes)


def read(reason: str = "the holder asks what stands on it", **changes: object) -> CardKeyQuestion:
    return write("", **({"act": "read", "reason": reason, "key": READ} | changes))


def reset(reason: str = "forgotten", **changes: object) -> CardKeyQuestion:
    block = bytes.fromhex("0324680280000000")
    asked = {"act": "reset_pin", "reason": reason, "key": PIN, "header": RELOAD, "block": block}
    return write("", **(asked | changes))


def test_the_key_for_writing_is_given_for_an_approved_application_and_stands_in_the_record(office: Office) -> None:
    key = office.approved()
    asked = write(key)
    said = office.ask(asked)
    assert (said.state, len(said.data), said.data[8:]) == ("given", 16, asked.random)
    (use,) = office.uses()
    assert (use.desk, use.act, use.kind, use.key_name, use.application, use.card, use.state) == (
        "D-0001",
        "write",
        "write",
        UPDATE,
        key,
        CARD,
        "given",
    )


def test_before_the_approval_nobody_is_given_it_and_the_refusals_are_on_record(office: Office) -> None:
    assert office.ask(write(subject())).state == "unknown"
    key = office.signed()
    assert office.ask(write(key)).state == "step"
    office.record(key, events.ApprovalDeferred(reason="one person here"))
    assert office.ask(write(key)).state == "deferred"
    assert [use.state for use in office.uses()] == ["unknown", "step", "deferred"]
    with office.centre.database.reading() as connection:
        assert kept.application_of(connection, CARD) is None


def test_an_approval_whose_supervisor_has_left_lets_no_card_be_written(office: Office) -> None:
    key = office.approved()
    imports.import_staff(office.centre, POINT, [imports.StaffMember(SUPERVISOR, "陈静", "clerk")])
    assert office.ask(write(key)).state == "seal"
    other = Ed25519PrivateKey.generate().public_key().public_bytes_raw()
    imports.import_staff(office.centre, POINT, [imports.StaffMember(SUPERVISOR, "陈静", "supervisor", other)])
    assert office.ask(write(key)).state == "seal"


def test_signatures_that_fell_take_the_key_with_them(office: Office) -> None:
    key = office.approved()
    office.record(key, events.SignaturesVoided(reason="the address changed"))
    assert office.ask(write(key)).state == "step"


def test_a_clerks_signature_against_a_key_that_is_known_by_now_lets_no_card_be_written(office: Office) -> None:
    key = office.approved()
    clerk = Ed25519PrivateKey.generate().public_key().public_bytes_raw()
    imports.import_staff(office.centre, POINT, [imports.StaffMember(CLERK, "王丽", "clerk", clerk)])
    assert office.ask(write(key)).state == "seal"


def test_one_application_gets_one_card_however_often_it_is_tried(office: Office) -> None:
    key, other = office.approved(1), office.approved(2)
    assert office.ask(write(key)).state == "given"
    assert office.ask(write(key)).state == "given"  # the card was put back: another random
    assert office.ask(write(key, OTHER_CARD)).state == "other_card"
    assert office.ask(write(other)).state == "other_application"
    assert office.ask(write(other, OTHER_CARD)).state == "given"


def test_the_card_of_the_intent_is_the_only_one(office: Office) -> None:
    key = office.approved()
    office.intended(key, OTHER_CARD)
    assert office.ask(write(key)).state == "other_card"
    assert office.ask(write(key, OTHER_CARD)).state == "given"


def test_after_a_spoiled_card_another_one_is_written_and_never_the_spoiled_one(office: Office) -> None:
    key = office.approved()
    assert office.ask(write(key)).state == "given"
    office.intended(key)
    office.record(key, events.CardSpoiled(CARD, "E308"))
    assert office.ask(write(key)).state == "other_card"
    office.confirmed(CARD, SUPERVISOR, office.supervisor)
    assert office.ask(write(key)).state == "other_card"
    assert office.ask(write(key, OTHER_CARD)).state == "given"
    assert office.ask(write(office.approved(2))).state == "other_application"


def test_a_desks_word_that_a_card_is_spoiled_brings_no_second_one(office: Office) -> None:
    key = office.approved()
    office.ask(write(key))
    office.intended(key)
    office.record(key, events.CardSpoiled(CARD, "E308"))
    waits = ("other_card", "unconfirmed")
    for actor, sealed in ((CLERK, office.clerk), (SUPERVISOR, None)):  # who spoiled it, and a word without a seal
        said = office.ask(write(key, OTHER_CARD))
        assert (said.state, said.detail) == waits
        office.confirmed(CARD, actor, sealed)
    said = office.ask(write(key, OTHER_CARD))
    assert (said.state, said.detail) == waits
    forged = events.SpoilConfirmed(CARD, "here", office.clerk.sign(seals.confirmed_bytes(CARD)))
    entry = office.desk.record(forged, CARD, actor=SUPERVISOR)
    assert outcomes(receive(office.centre, "D-0001", [entry])) == [("refused", "seal-wrong")]
    office.confirmed(CARD, SUPERVISOR, office.supervisor)
    assert office.ask(write(key, OTHER_CARD)).state == "given"


def test_who_spoiled_a_card_under_a_made_up_account_does_not_confirm_it(office: Office) -> None:
    key = office.approved()
    office.ask(write(key))
    office.intended(key)
    office.record(key, events.CardSpoiled(CARD, "E308"), actor="9f" * 16)
    office.confirmed(CARD, SUPERVISOR, office.supervisor)
    assert office.ask(write(key, OTHER_CARD)).detail == "unconfirmed"


def test_the_centres_word_brings_the_second_card_too(office: Office) -> None:
    key = office.approved()
    office.ask(write(key))
    office.intended(key)
    office.record(key, events.CardSpoiled(CARD, "E308"))
    assert office.ask(write(key, OTHER_CARD)).detail == "unconfirmed"
    assert blanks.confirm(office.centre, CARD, "operator-1") == 1
    assert office.ask(write(key, OTHER_CARD)).state == "given"


def test_one_code_is_one_physical_card(office: Office) -> None:
    key = office.approved()
    first, second = bytes(5) + b"\x01" * 8, bytes(5) + b"\x02" * 8
    assert office.ask(write(key, historical=first)).state == "given"
    assert office.ask(write(key, historical=second)).state == "other_card"
    assert office.ask(write(key, historical=second, act="prove", key=READ)).state == "other_card"
    assert office.ask(write(key, historical=b"\x99" * 7 + first[5:])).state == "given"  # the same part of the key
    assert office.ask(write(key, historical=first, act="prove", key=READ)).state == "given"


def test_a_card_of_before_keeps_the_first_that_is_asked_with(office: Office) -> None:
    key = office.approved()
    with office.centre.database.writing() as connection:
        kept.grant(connection, key, CARD, "D-0001", 1, "")
    assert office.ask(write(key, historical=b"\x01" * 8)).state == "given"
    assert office.ask(write(key, historical=b"\x02" * 8)).state == "other_card"


def test_a_written_card_is_not_written_again(office: Office) -> None:
    key = office.approved()
    office.ask(write(key))
    office.intended(key)
    office.record(key, events.CardWritten(CARD, "d" * 64, 47, ("EF05 05",)))
    assert office.ask(write(key)).state == "written"
    assert office.ask(write(key, act="prove", key=READ)).state == "given"
    assert office.ask(write(key, OTHER_CARD, act="prove", key=READ)).state == "other_card"


def test_a_card_that_was_never_begun_is_released_with_a_reason(office: Office) -> None:
    key = office.approved()
    office.ask(write(key))
    assert keeping.release_card(office.centre, CARD, "its chip is dead") == key
    assert keeping.release_card(office.centre, CARD, "once more") == ""
    assert office.ask(write(key, OTHER_CARD)).state == "given"
    with office.centre.database.reading() as connection:
        (released,) = [use for use in kept.uses(connection) if use.act == "release"]
    assert (released.application, released.card, released.reason) == (key, CARD, "its chip is dead")


def test_a_question_that_comes_again_is_the_same_use_and_gets_the_same_answer(office: Office) -> None:
    key = office.approved()
    asked, refused = write(key), write(key, OTHER_CARD)
    first, no = office.ask(asked), office.ask(refused)
    assert office.ask(asked) == first
    assert office.ask(refused).state == no.state == "other_card"
    assert len(office.uses()) == 2
    for other in (replace(asked, random=bytes(8)), replace(asked, identification_code=OTHER_CARD)):
        with pytest.raises(RequestFailed):
            office.ask(other)
    pin = reset()
    office.ask(pin)
    with pytest.raises(RequestFailed):
        office.ask(replace(pin, block=bytes(8)))


@pytest.mark.parametrize(
    ("asked", "state"),
    [
        (read(), "given"),
        (read(key=PROFILE.personal_key.hsm_name if PROFILE.personal_key else ""), "given"),
        (read(""), "no_reason"),
        (read("  "), "no_reason"),
        (replace(read(""), application=MINE), "given"),
        (replace(read(""), application=subject()), "unknown"),
        (replace(read(), key=UPDATE), "act"),
        (replace(read(), key=PIN), "act"),
        (reset(), "given"),
        (reset(""), "no_reason"),
        (reset(header=b"", block=b""), "act"),
        (reset(key=READ), "act"),
        (write(MINE, key=READ), "given"),
        (write(MINE, key=PIN), "act"),
        (write(MINE, key="FFFFFF"), "no_key"),
        (write(MINE, algorithm=2), "no_key"),
        (write(MINE, algorithm=3, random=bytes(16)), "given"),
        (write(MINE, "330100A000000333" + "0" * 16), "card"),
        (write(MINE, CARD.lower()), "card"),
    ],
)
def test_each_key_serves_the_acts_it_is_for(office: Office, asked: CardKeyQuestion, state: str) -> None:
    approved = office.approved()
    here = replace(asked, application=approved) if asked.application == MINE else asked
    assert office.ask(here).state == state
    assert [use.state for use in office.uses()] == [state]


@pytest.mark.parametrize(
    "changes",
    [
        {"use_id": "x"},
        {"act": "copy"},
        {"key": "94"},
        {"random": bytes(7)},
        {"historical": bytes(16)},
        {"header": b"\x84"},
        {"block": bytes(8)},
        {"reason": "x" * 201},
        {"application": "a\0"},
        {"application": "a" * 65},
    ],
)
def test_what_no_desk_sends_is_refused_whole(office: Office, changes: dict[str, object]) -> None:
    with pytest.raises(RequestFailed) as refused:
        office.ask(replace(write(office.approved()), **changes))
    assert refused.value.reason == "malformed"
    assert office.uses() == []


def test_another_points_desk_and_a_revoked_one_get_nothing(office: Office) -> None:
    key = office.approved()
    assert office.ask(write(key), "D-0009").state == "point"
    with office.centre.database.reading() as connection:
        before = desks.find_desk(connection, "D-0001")
    assert before is not None
    with office.centre.database.writing() as connection:
        desks.revoke_desk(connection, "D-0001", office.centre.now_ms())
    with pytest.raises(RequestFailed) as refused:
        service.answer(office.centre, before, write(key))  # revoked between its signature and its answer
    assert refused.value.reason == "desk-revoked"


def test_an_hour_brings_so_many_answers_and_no_more(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    keeping.set_limit(office.centre, "", "read", 2)
    now_ms = office.centre.now_ms()
    monkeypatch.setattr(OpenCentre, "now_ms", lambda _: now_ms)
    assert [office.ask(read()).state for _ in range(3)] == ["given", "given", "limit"]
    said = office.ask(read())
    assert (said.per_hour, said.minutes) == (2, 61)
    assert office.ask(reset()).state == "given"  # counted by itself
    assert office.ask(read(), "D-0002").state == "given"
    now_ms += 30 * 60_000
    assert office.ask(read()).minutes == 31
    now_ms += 31 * 60_000
    assert office.ask(read()).state == "given"
    keeping.set_limit(office.centre, "D-0001", "read", 9)
    assert office.ask(read()).state == "given"
    keeping.set_limit(office.centre, "D-0001", "read", 0)
    assert office.ask(read()).state == "limit"


def test_an_hours_count_is_exact_however_many_ask_at_once(office: Office) -> None:
    keeping.set_limit(office.centre, "", "read", 5)
    with ThreadPoolExecutor(8) as at_once:
        said = list(at_once.map(lambda _: office.ask(read()).state, range(12)))
    assert (said.count("given"), said.count("limit")) == (5, 7)
    assert len(office.uses()) == 12


def test_a_card_that_two_applications_ask_for_at_once_is_one_applications(office: Office) -> None:
    keys = [office.approved(n) for n in range(4)]
    with ThreadPoolExecutor(4) as at_once:
        said = list(at_once.map(lambda key: office.ask(write(key)).state, keys))
    assert sorted(said) == ["given", *["other_application"] * 3]
    with office.centre.database.reading() as connection:
        assert kept.application_of(connection, CARD) == keys[said.index("given")]


def test_a_card_that_the_limit_refused_is_nobodys(office: Office) -> None:
    keeping.set_limit(office.centre, "D-0001", "write", 0)
    key = office.approved()
    assert office.ask(write(key)).state == "limit"
    with office.centre.database.reading() as connection:
        assert kept.application_of(connection, CARD) is None


def test_a_vault_that_is_away_gives_nothing_and_keeps_nothing_of_it(office: Office) -> None:
    key = office.approved()
    office.centre.card_keys.close()
    vault = office.centre.folder / "card_keys.vault"
    vault.rename(vault.with_suffix(".away"))
    assert office.ask(write(key)).state == "away"
    vault.with_suffix(".away").rename(vault)
    with office.centre.database.reading() as connection:
        assert kept.application_of(connection, CARD) is None
    assert office.ask(write(key, OTHER_CARD)).state == "given"
    assert [use.state for use in office.uses()] == ["away", "given"]


@pytest.mark.parametrize("statement", ["UPDATE card_key_use SET state = 'refused'", "DELETE FROM card_key_use"])
def test_the_record_is_only_added_to(office: Office, statement: str) -> None:
    office.ask(read())
    with pytest.raises(DBAPIError, match="only added to"), office.centre.database.writing() as connection:
        connection.execute(text(statement))
    assert [use.state for use in office.uses()] == ["given"]


def test_no_key_and_no_pin_stands_in_the_database(office: Office) -> None:
    office.ask(reset())
    office.ask(write(office.approved()))
    with office.centre.database.reading() as connection:
        tables = ("card_key", "card_key_use", "card_key_grant")
        rows = [repr(row) for name in tables for row in connection.execute(text(f"SELECT * FROM {name}"))]  # noqa: S608 - names of our own
    said = "\n".join(rows).lower()
    assert PIN in said
    forms = [form for key in PROFILE.training_keys.values() for form in (key.hex(), repr(key)[2:-1].lower())]
    assert not any(form in said for form in (*forms, "246802", "0324680280000000"))
