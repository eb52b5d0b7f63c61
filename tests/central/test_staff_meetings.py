"""The staff list on PostgreSQL while two workers change one account: what is sealed last is what is true."""

from collections.abc import Callable

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.imports import StaffMember, import_staff
from sscard_desk.central.reading import read_batch
from sscard_desk.central.reception import Reception
from sscard_desk.central.staff import end_account
from sscard_desk.central.store import desks, feeds, staff
from sscard_desk.domain import events
from sscard_desk.wire.entry import Entry
from sscard_desk.wire.feed import point_scope, read_row
from sscard_desk.wire.staff import KIND, StaffRow, key_bytes
from tests.machines.counter import POINT
from tests.machines.meeting import meet
from tests.machines.model_desk import ModelDesk
from tests.machines.postgres import PostgresServer

GIVER, ACCOUNT = "ad" * 16, "a7" * 16
GIVER_KEY = Ed25519PrivateKey.generate()
Work = Callable[[OpenCentre], object]


@pytest.fixture
def address(postgres: PostgresServer) -> str:
    return postgres.database()


def push(centre: OpenCentre, batch: list[Entry]) -> list[tuple[str, str]]:
    def take(connection):
        sender = desks.find_desk(connection, "D-0001", for_update=True)
        taking = Reception(connection, sender, centre.now_ms(), training=True, receipt=centre.keys.receipt)
        return [(answer.outcome, answer.code) for answer in taking.take(read_batch(batch))]

    return centre.database.write(take)


def give_key(centre: OpenCentre) -> object:
    made = Ed25519PrivateKey.generate().public_key().public_bytes_raw().hex()
    seal = GIVER_KEY.sign(key_bytes(ACCOUNT, "D-0001", made, ""))
    return push(centre, [ModelDesk("D-0001").record(events.SlotGiven(made, "", seal), ACCOUNT, actor=GIVER)])


def end(centre: OpenCentre) -> object:
    return end_account(centre, ACCOUNT)


def become_clerk(centre: OpenCentre) -> object:
    return import_staff(centre, POINT, [StaffMember(ACCOUNT, "李", "clerk")])


@pytest.mark.parametrize("at", [(staff, "at_point"), (staff, "find")])
@pytest.mark.parametrize(
    ("first", "second"), [(give_key, end), (give_key, become_clerk), (become_clerk, end), (end, give_key)]
)
def test_the_newest_sealed_row_of_an_account_is_what_the_centre_knows_of_it(
    centre: OpenCentre, address: str, first: Work, second: Work, at: tuple[object, str]
) -> None:
    public = GIVER_KEY.public_key().public_bytes_raw()
    known = [StaffMember(GIVER, "管", "administrator", public), StaffMember(ACCOUNT, "李", "supervisor", bytes(32))]
    import_staff(centre, POINT, known)
    meet(address, lambda: first(centre), lambda: second(centre), at)
    with centre.database.reading() as connection:
        rows = [each for each in feeds.whole(connection, point_scope(POINT)) if each.kind == KIND]
        said = StaffRow.of(read_row(next(row.body for row in rows if row.id == ACCOUNT)))
        true = staff.find(connection, ACCOUNT)
    assert true is not None
    assert (said.ended, said.role) == (true.ended, true.role)
    assert said.public_keys == (() if true.ended else tuple(key.hex() for key in true.public_keys))
    assert said.ended is (end in {first, second} and become_clerk is not second)
