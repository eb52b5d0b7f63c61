"""One-time codes over real TLS: what was used or given before takes no desk back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import select

from sscard_desk.central.imports import enrolment_code
from sscard_desk.central.store import desks
from sscard_desk.central.store.tables import enrolment
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.centre import EnrolmentCodeWrong
from sscard_desk.domain.errors.desk_identity import DeskRevoked
from sscard_desk.sync.client import HttpCentre
from sscard_desk.sync.enrolment import enrol
from sscard_desk.sync.identity import DeskIdentity
from tests.machines.counter import POINT, Counter

DESK = "D-0001"


@pytest.fixture
def counter(tmp_path: Path, address: str) -> Iterator[Counter]:
    with Counter(tmp_path / "centre", address=address) as made:
        yield made


def code_for(counter: Counter, desk: str = DESK) -> str:
    return enrolment_code(counter.open, desk, POINT).text()


def enrolled(counter: Counter, code: str, key: Ed25519PrivateKey) -> DeskIdentity:
    return enrol(counter.url, code, training=True, key=key)[0]


def greets(identity: DeskIdentity) -> bool:
    desk = HttpCentre(identity)
    try:
        desk.hello()
    except DeskError:
        return False
    finally:
        desk.close()
    return True


def codes(counter: Counter) -> int:
    with counter.open.database.reading() as connection:
        return len(connection.execute(select(enrolment.c.desk).where(enrolment.c.desk == DESK)).all())


def revoke(counter: Counter) -> None:
    with counter.open.database.writing() as connection:
        desks.revoke_desk(connection, DESK, counter.open.now_ms(), "stolen")


@pytest.mark.parametrize("was_revoked", [True, False])
def test_a_computer_that_was_replaced_does_not_come_back_with_the_code_and_key_that_it_had(
    counter: Counter, was_revoked: bool
) -> None:
    stolen, first = Ed25519PrivateKey.generate(), code_for(counter)
    assert greets(enrolled(counter, first, stolen))
    if was_revoked:
        revoke(counter)
        with pytest.raises(EnrolmentCodeWrong):
            enrolled(counter, first, stolen)
    replacement = enrolled(counter, code_for(counter), Ed25519PrivateKey.generate())
    with pytest.raises(EnrolmentCodeWrong):
        enrolled(counter, first, stolen)
    assert greets(replacement)


def test_neither_a_used_nor_an_unused_code_is_left_of_a_desk_that_was_revoked(counter: Counter) -> None:
    key, used, spare = Ed25519PrivateKey.generate(), code_for(counter), ""
    identity = enrolled(counter, used, key)
    spare = code_for(counter)
    revoke(counter)
    assert codes(counter) == 0
    with counter.open.database.writing() as connection:
        desks.allow_desk(connection, DESK, counter.open.now_ms())
    assert greets(identity)
    for code in (used, spare):
        with pytest.raises(EnrolmentCodeWrong):
            enrolled(counter, code, Ed25519PrivateKey.generate())
    assert greets(identity)


def test_a_second_code_that_was_given_beside_the_one_used_is_worthless(counter: Counter) -> None:
    one, other, elsewhere = code_for(counter), code_for(counter), code_for(counter, "D-0002")
    identity = enrolled(counter, one, Ed25519PrivateKey.generate())
    assert codes(counter) == 1
    with pytest.raises(EnrolmentCodeWrong):
        enrolled(counter, other, Ed25519PrivateKey.generate())
    assert greets(identity)
    assert greets(enrolled(counter, elsewhere, Ed25519PrivateKey.generate()))


def test_a_lost_answer_is_given_again_to_the_same_key_and_says_nothing_new(counter: Counter) -> None:
    key, code = Ed25519PrivateKey.generate(), code_for(counter)
    enrolled(counter, code, key)
    again = enrolled(counter, code, key)
    assert greets(again)
    with pytest.raises(EnrolmentCodeWrong):
        enrolled(counter, code, Ed25519PrivateKey.generate())
    revoke(counter)
    desk = HttpCentre(again)
    try:
        with pytest.raises(DeskRevoked):
            desk.hello()
    finally:
        desk.close()


def test_a_desk_that_ended_is_not_taken_up_again_by_a_code_that_lay_about(counter: Counter) -> None:
    enrolled(counter, code_for(counter), Ed25519PrivateKey.generate())
    lying = code_for(counter)
    with counter.open.database.writing() as connection:
        desks.end_desk(connection, DESK, counter.open.now_ms())
    with pytest.raises(EnrolmentCodeWrong):
        enrolled(counter, lying, Ed25519PrivateKey.generate())
