"""Who is given a key for writing a card: for an approved application, for one card of it."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sscard_desk.central import blanks, imports
from sscard_desk.central.card_keys import keeping
from sscard_desk.central.store import card_keys as kept
from sscard_desk.domain import events, seals
from tests.central._card_office import CARD, CLERK, OTHER_CARD, READ, SUPERVISOR, UPDATE, Office, write
from tests.central._journal import outcomes, receive
from tests.machines.counter import POINT, subject


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
