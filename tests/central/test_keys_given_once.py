"""A staff key that was given or replaced is not taken from an old seal again; over both databases."""

from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sscard_desk.central import imports
from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.store import staff
from sscard_desk.domain.events import SlotGiven
from sscard_desk.wire.staff import key_bytes
from tests.machines.counter import POINT
from tests.machines.model_desk import ModelDesk

from ._journal import outcomes, receive

ADMIN, CHEN = "ad" * 16, "5b" * 16


class Giver:
    """Somebody who lets people in at a desk."""

    def __init__(self, centre: OpenCentre, desk: str = "D-0001") -> None:
        self.key = Ed25519PrivateKey.generate()
        self.desk = desk
        public = self.key.public_key().public_bytes_raw()
        members = [imports.StaffMember(ADMIN, "管", "administrator", public)]
        imports.import_staff(centre, POINT, [*members, imports.StaffMember(CHEN, "陈静", "supervisor")])

    def gives(self, replaces: str = "") -> SlotGiven:
        public = Ed25519PrivateKey.generate().public_key().public_bytes_raw().hex()
        return SlotGiven(public, replaces, self.key.sign(key_bytes(CHEN, self.desk, public, replaces)))


def keys(centre: OpenCentre) -> list[str]:
    with centre.database.reading() as connection:
        known = staff.find(connection, CHEN)
    return [key.hex() for key in known.public_keys] if known else []


def say(centre: OpenCentre, desk: ModelDesk, *given: SlotGiven) -> list[tuple[str, str]]:
    return outcomes(receive(centre, desk.desk, [desk.record(each, CHEN, actor=ADMIN) for each in given]))


@pytest.mark.parametrize("together", [True, False])
def test_an_old_seal_does_not_bring_a_replaced_key_back(centre: OpenCentre, together: bool) -> None:
    giver, desk = Giver(centre), ModelDesk("D-0001")
    first = giver.gives()
    second = giver.gives(replaces=first.public_key)
    again = replace(first, public_key=first.public_key.upper())
    batches = [(first, second, first, again)] if together else [(first,), (second,), (first,), (again,)]
    said = [answer for batch in batches for answer in say(centre, desk, *batch)]
    assert said[:3] == [("stored", ""), ("stored", ""), ("refused", "key-used")]
    assert said[3][0] == "refused"
    assert keys(centre) == [second.public_key]


def test_a_new_key_is_taken_after_it(centre: OpenCentre) -> None:
    giver, desk = Giver(centre), ModelDesk("D-0001")
    first = giver.gives()
    second = giver.gives(replaces=first.public_key)
    third = giver.gives(replaces=second.public_key)
    assert say(centre, desk, first, second, third) == [("stored", "")] * 3
    assert say(centre, desk, second) == [("refused", "key-used")]
    assert keys(centre) == [third.public_key]


def test_an_entry_that_comes_again_because_its_answer_was_lost_is_the_same_giving(centre: OpenCentre) -> None:
    giver, desk = Giver(centre), ModelDesk("D-0001")
    first = giver.gives()
    assert say(centre, desk, first) == [("stored", "")]
    assert outcomes(receive(centre, desk.desk, desk.entries)) == [("already-stored", "")]
    assert keys(centre) == [first.public_key]
