"""The centre keeps every desk's stock book, and tells both desks of a card that two of them have."""

from dataclasses import replace
from datetime import date

from sqlalchemy import select

from sscard_desk.central import blanks, imports, staff
from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.imports import LentBlank
from sscard_desk.central.store import feeds
from sscard_desk.central.store.blanks import balance, twice
from sscard_desk.central.store.tables import blank_place
from sscard_desk.domain import events
from sscard_desk.domain.events import ReceivedBlank
from sscard_desk.domain.stock import ELSEWHERE
from sscard_desk.wire.feed import point_scope, read_row
from tests.machines.counter import POINT, subject
from tests.machines.model_desk import ModelDesk

from ._journal import outcomes, receive
from .test_reception import up_to_signatures

CODE = "110101D156000005" + "0" * 16
OTHER = "110101D156000005" + "1" * 16
ONE = ReceivedBlank(CODE, "A00000001", "K000001")
TWO = ReceivedBlank(OTHER, "A00000002", "K000002")


CLERK, SECOND = "c1" * 16, "5b" * 16


def push(centre: OpenCentre, desk: ModelDesk, *acts: tuple[events.Event, str], actor: str = CLERK) -> None:
    entries = [desk.record(event, subject, actor=actor) for event, subject in acts]
    assert outcomes(receive(centre, desk.desk, entries)) == [("stored", "")] * len(acts)


def received(*cards: ReceivedBlank) -> tuple[events.Event, str]:
    return events.StockReceived(cards, "file"), "stock:" + "1" * 32


def told(centre: OpenCentre, point: str = POINT) -> dict[str, str]:
    """Return the desks of each card that is told to be at two of them."""
    with centre.database.reading() as connection:
        rows = feeds._standing(connection, point_scope(point), ELSEWHERE)
        return {row.id: read_row(row.body)["desks"] for row in rows if not row.deleted}


def books(centre: OpenCentre) -> dict[str, dict[str, int]]:
    with centre.database.reading() as connection:
        return balance(connection)


def test_the_centre_keeps_the_book_of_each_desk(centre: OpenCentre) -> None:
    desk, key = ModelDesk("D-0001"), subject()
    push(centre, desk, received(ONE, TWO), (events.StockSpoiled(OTHER, "damaged"), OTHER))
    assert books(centre) == {"D-0001": {"free": 1, "spoiled": 1}}
    up_to_signatures(desk, key)
    clerk = events.Signed(party="clerk", kind_of_signature="strokes", digest="d2", evidence=None)
    for event in (clerk, events.ApprovalDeferred("alone")):
        desk.record(event, key, actor=CLERK)
    receive(centre, desk.desk, desk.entries[2:])
    intended = events.CardIntended(CODE, "A00000001", "training", "k", (), date(2026, 1, 2), date(2036, 1, 2))
    push(centre, desk, (intended, key))
    assert books(centre) == {"D-0001": {"reserved": 1, "spoiled": 1}}
    push(centre, desk, (events.CardWritten(CODE, "k", 30, ()), key), (events.StockReturned((OTHER,), "-"), "stock:2"))
    assert books(centre) == {"D-0001": {"issued": 1, "returned": 1}}
    assert told(centre) == {}


def test_a_card_at_two_desks_is_told_to_both_until_one_hands_it_back(centre: OpenCentre) -> None:
    here, there, far = ModelDesk("D-0001"), ModelDesk("D-0002"), ModelDesk("D-0009")
    push(centre, here, received(ONE, TWO))
    push(centre, there, received(ONE))
    assert told(centre) == {CODE: "D-0001、D-0002"}
    with centre.database.reading() as connection:
        assert twice(connection) == {CODE: ("D-0001", "D-0002")}
    push(centre, far, received(ONE))
    assert told(centre) == told(centre, "P-02") == {CODE: "D-0001、D-0002、D-0009"}
    back = (events.StockReturned((CODE,), "not here"), "stock:2")
    push(centre, there, back)
    assert told(centre) == {CODE: "D-0001、D-0009"}
    push(centre, here, back)
    assert (told(centre), told(centre, "P-02")) == ({}, {})


def test_a_card_that_is_lent_to_one_desk_and_received_at_another_is_told(centre: OpenCentre) -> None:
    lent = LentBlank(CODE, "A00000001", "K000001", "D-0001")
    imports.lend_blanks(centre, POINT, [lent])
    push(centre, ModelDesk("D-0002"), received(ONE))
    assert told(centre) == {CODE: "D-0001、D-0002"}
    imports.lend_blanks(centre, POINT, [replace(lent, desk="D-0002")])
    assert told(centre) == {}  # the first desk never said that it has it
    assert books(centre)["D-0002"] == {"free": 1}


def test_the_same_acts_again_change_nothing(centre: OpenCentre) -> None:
    desk = ModelDesk("D-0001")
    push(centre, desk, received(ONE))
    before = books(centre)
    assert outcomes(receive(centre, desk.desk, desk.entries)) == [("already-stored", "")]
    assert books(centre) == before


def test_a_spoiled_card_is_confirmed_by_another_desk_or_by_the_centre_but_not_by_who_spoiled_it(
    centre: OpenCentre,
) -> None:
    imports.import_staff(centre, POINT, [imports.StaffMember(each, "训练", "clerk") for each in (CLERK, SECOND)])
    here, there = ModelDesk("D-0001"), ModelDesk("D-0002")
    push(centre, here, received(ONE, TWO))
    push(centre, here, (events.StockSpoiled(CODE, "damaged"), CODE), (events.StockSpoiled(OTHER, "damaged"), OTHER))
    confirmed = (events.SpoilConfirmed(CODE, "desk"), CODE)
    push(centre, there, confirmed)  # the same person at another desk
    assert confirmed_by(centre, CODE) == ""
    push(centre, there, confirmed, actor=SECOND)
    assert confirmed_by(centre, CODE) == SECOND
    assert blanks.confirm(centre, OTHER, "operator-1") == 1
    assert confirmed_by(centre, OTHER) == "operator-1"
    assert blanks.confirm(centre, OTHER, "operator-2") == 0
    with centre.database.reading() as connection:
        (row,) = feeds._standing(connection, point_scope(POINT), "spoil_confirmed")
    assert (row.id, read_row(row.body)) == (OTHER, {"operator": "operator-1"})


def test_an_account_that_the_staff_list_does_not_have_is_no_second_person(centre: OpenCentre) -> None:
    imports.import_staff(centre, POINT, [imports.StaffMember(SECOND, "训练", "clerk")])
    desk = ModelDesk("D-0001")
    push(centre, desk, received(ONE), (events.StockSpoiled(CODE, "damaged"), CODE))
    made_up = desk.record(events.SpoilConfirmed(CODE, "here"), CODE, actor="fe" * 16)
    assert outcomes(receive(centre, desk.desk, [made_up])) == [("refused", "account-unknown")]
    staff.end_account(centre, SECOND)
    left = desk.record(events.SpoilConfirmed(CODE, "here"), CODE, actor=SECOND)
    assert outcomes(receive(centre, desk.desk, [left])) == [("refused", "account-unknown")]
    assert confirmed_by(centre, CODE) == ""


def test_texts_that_no_database_holds_are_refused(centre: OpenCentre) -> None:
    desk = ModelDesk("D-0001")
    entry = desk.record(events.StockReceived((replace(ONE, stock_no="K\0"),), "file"), "stock:1")
    assert outcomes(receive(centre, desk.desk, [entry])) == [("refused", "malformed")]


def confirmed_by(centre: OpenCentre, code: str) -> str:
    with centre.database.reading() as connection:
        query = select(blank_place.c.confirmed_by).where(blank_place.c.identification_code == code)
        return str(connection.execute(query).scalar_one())
