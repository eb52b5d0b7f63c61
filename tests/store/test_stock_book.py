"""The stock book over the real store: exact whatever happens, no number twice, and the same as the journal says."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sscard_desk.domain.errors.operator import NotOurBlank, ReasonMissing, UsageWrong
from sscard_desk.domain.errors.stock import BlanksKnown, BlankStateWrong, SecondPersonNeeded, TableRowWrong
from sscard_desk.domain.events import ReceivedBlank
from sscard_desk.domain.stock import BlankState
from sscard_desk.ports.tables import RawTable, TableRow
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.store.engine import writing
from sscard_desk.usecases import stock
from sscard_desk.usecases.delivery_list import delivery_of
from tests.machines import training_desk
from tests.machines.training_desk import Person

FREE, RESERVED, ISSUED, SPOILED, RETURNED = (
    BlankState.FREE, BlankState.RESERVED, BlankState.ISSUED, BlankState.SPOILED, BlankState.RETURNED,
)  # fmt: skip


def card(n: int) -> ReceivedBlank:
    return ReceivedBlank(f"110101D156000005{n:016X}", f"A{n:08d}", f"K{n:06d}")


CARDS = [card(n) for n in range(1, 6)]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[DeskStore]:
    desk = training_desk.training_desk(tmp_path / "desk", blanks=0)
    yield desk
    desk.close()


@pytest.fixture
def clerk() -> Person:
    return training_desk.clerk()


@pytest.fixture
def second() -> Person:
    return training_desk.supervisor()


def balance(store: DeskStore) -> tuple[int, ...]:
    book = store.stock_book()
    assert book.exact
    assert list(store.verify().stock_wrong) == []
    return (book.received, *(book.of(state) for state in (FREE, RESERVED, ISSUED, SPOILED, RETURNED)))


def test_a_delivery_is_received_whole_once(store: DeskStore, clerk: Person) -> None:
    stock.receive(store, clerk, CARDS, "file", "L-1")
    assert balance(store) == (5, 5, 0, 0, 0, 0)
    for again in (
        CARDS[:1],
        [card(9), CARDS[2]],
        [ReceivedBlank(card(9).identification_code, CARDS[0].card_number, "K9")],
    ):
        with pytest.raises(BlanksKnown):
            stock.receive(store, clerk, again, "file")
    with pytest.raises(BlanksKnown):
        stock.receive(store, clerk, [card(7), card(8), card(7)], "file")
    assert balance(store) == (5, 5, 0, 0, 0, 0)


def test_a_range_is_received_from_what_the_centre_lent_and_says_what_is_missing(
    store: DeskStore, clerk: Person
) -> None:
    for each in CARDS[:3]:
        store.receive_blank(each.identification_code, each.card_number, each.stock_no)
    done = stock.receive_range(store, clerk, "K000002", "K000004")
    assert (done.taken, done.missing) == (("K000002", "K000003"), ("K000004",))
    assert balance(store) == (3, 3, 0, 0, 0, 0)  # booked when the centre lent them; now somebody has them in hand
    assert [each.source for each in store.blanks(FREE)] == ["centre", "range", "range"]
    with pytest.raises(BlanksKnown):
        stock.receive_range(store, clerk, "K000003", "K000003")
    with pytest.raises(NotOurBlank):
        stock.receive_range(store, clerk, "K000007", "K000009")
    for first, last in (("K000009", "K000007"), ("K1", "K02"), ("A1", "B2"), ("K", "K"), ("K0000001", "K9999999")):
        with pytest.raises(UsageWrong):
            stock.receive_range(store, clerk, first, last)


def test_a_spoiled_card_needs_a_reason_and_somebody_else_who_has_seen_it(
    store: DeskStore, clerk: Person, second: Person
) -> None:
    stock.receive(store, clerk, CARDS, "file")
    with pytest.raises(ReasonMissing):
        stock.spoil(store, clerk, "K000001", "because")
    with pytest.raises(ReasonMissing):
        stock.spoil(store, clerk, "K000001", "other", "  ")
    assert stock.spoil(store, clerk, "K000001", "damaged").state is SPOILED
    assert [each.stock_no for each in store.stock_book().unconfirmed] == ["K000001"]
    with pytest.raises(SecondPersonNeeded):
        stock.give_back(store, clerk, ["K000001"], "to the centre")
    with pytest.raises(SecondPersonNeeded):
        stock.confirm(store, clerk, "K000001")
    stock.confirm(store, second, "K000001")
    assert store.stock_book().unconfirmed == []
    with pytest.raises(BlankStateWrong):
        stock.confirm(store, second, "K000001")
    with pytest.raises(BlankStateWrong):
        stock.confirm(store, second, "K000002")
    with pytest.raises(BlankStateWrong):
        stock.spoil(store, clerk, "K000001", "damaged")
    stock.give_back(store, clerk, ["K000001", "K000005", "K000005"], "to the centre")
    assert balance(store) == (5, 3, 0, 0, 0, 2)
    with pytest.raises(BlankStateWrong):
        stock.give_back(store, clerk, ["K000005"], "again")
    with pytest.raises(NotOurBlank):
        stock.spoil(store, clerk, "K000099", "damaged")


def test_a_count_ends_the_shift_and_a_difference_needs_a_reason(
    store: DeskStore, clerk: Person, second: Person
) -> None:
    stock.receive(store, clerk, CARDS, "file")
    stock.spoil(store, clerk, "K000001", "chip_mute")
    with pytest.raises(ReasonMissing):
        stock.count(store, clerk, free=3, spoiled=1)
    book = stock.count(store, clerk, free=3, spoiled=1, reason="one is missing")
    assert (book.shift.number, list(book.shift.moves), book.shift.opening[FREE]) == (2, [], 4)
    stock.spoil(store, second, "K000002", "lost")
    shift = store.stock_book().shift
    assert [(move.stock_no, move.before, move.after) for move in shift.moves] == [("K000002", FREE, SPOILED)]
    assert (shift.received, shift.into(SPOILED)) == (0, 1)
    assert balance(store) == (5, 3, 0, 0, 2, 0)


def test_the_book_is_held_against_the_journal(store: DeskStore, clerk: Person) -> None:
    stock.receive(store, clerk, CARDS, "file")
    stock.spoil(store, clerk, "K000001", "damaged")
    assert store.verify().sound
    with writing(store._engine) as connection:
        connection.exec_driver_sql("UPDATE stock SET state = 'free' WHERE stock_no = 'K000001'")
    found = store.verify()
    assert (list(found.stock_wrong), found.sound) == (["K000001"], False)
    assert not store.stock_book().exact


def test_cards_of_an_application_go_through_the_book_with_its_acts(store: DeskStore, clerk: Person) -> None:
    from tests.store import _desk as a

    stock.receive(store, clerk, [ReceivedBlank(a.CODE, "A12345678", "1")], "file")
    subject = a.begin(store)
    for event in (*a.CLERKS_WAY, a.APPROVED, a.INTENDED):
        a.act(store, subject, event, a.SUPERVISOR if event is a.APPROVED else a.CLERK)
    assert balance(store) == (1, 0, 1, 0, 0, 0)
    a.act(store, subject, a.WRITTEN)
    assert balance(store) == (1, 0, 0, 1, 0, 0)
    assert stock.spoil(store, clerk, "1", "print_wrong").state is SPOILED  # through its application
    assert store.application(subject).card is None
    assert balance(store) == (1, 0, 0, 0, 1, 0)
    with pytest.raises(BlankStateWrong):
        a.act(store, subject, a.INTENDED)
    assert store.application(subject).card is None


def table(*rows: tuple[str, ...], lost: int = -1) -> RawTable:
    last = len(rows)

    def one(n: int, cells: tuple[str, ...]) -> TableRow:
        return TableRow(n, cells, frozenset({lost}) if n == last and lost >= 0 else frozenset())

    return RawTable("utf-8", tuple(one(n, cells) for n, cells in enumerate(rows, 1)))


HEAD = ("序号", "社保卡号", "卡识别码")
GOOD = ("K000001", "A00000001", CARDS[0].identification_code.lower())


def test_a_makers_list_is_read_by_its_titles() -> None:
    assert delivery_of(table(HEAD, GOOD)) == (CARDS[0],)


@pytest.mark.parametrize(
    ("rows", "row", "column"),
    [
        (table(), 1, "A"),
        (table(HEAD), 2, "A"),
        (table(HEAD[:2], GOOD), 1, "卡识别码"),
        (table(HEAD, GOOD, ("K000002", "A00000002", "XYZ")), 3, "C"),
        (table(HEAD, GOOD, ("K000002", "A2", GOOD[2])), 3, "B"),
        (table(HEAD, ("", *GOOD[1:])), 2, "A"),
        (table(HEAD, GOOD, lost=2), 2, "C"),
    ],
)
def test_a_list_with_anything_wrong_is_refused_with_row_and_column(rows: RawTable, row: int, column: str) -> None:
    with pytest.raises(TableRowWrong) as caught:
        delivery_of(rows)
    assert (caught.value.row, caught.value.column) == (row, column)
