"""Each answer under a card key is one use: what it is for, how many in an hour, and that it stands on record."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from msgspec.structs import replace
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from sscard_desk.central.card_keys import keeping, service
from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.failures import RequestFailed
from sscard_desk.central.store import card_keys as kept
from sscard_desk.central.store import desks
from sscard_desk.wire.card_keys import CardKeyQuestion
from tests.central._card_office import (
    CARD,
    MINE,
    OTHER_CARD,
    PIN,
    PROFILE,
    READ,
    UPDATE,
    Office,
    read,
    reset,
    write,
)
from tests.machines.counter import subject


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
