"""`stock receive`, `show`, `spoil`, `confirm`, `return` and `count`: the book of blank cards."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from sscard_desk.cli.sign_in import signed_in
from sscard_desk.cli.verb import Result, Verb

if TYPE_CHECKING:
    from sscard_desk.ports.stock import StockBook
    from sscard_desk.ports.store import Store


def receive_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `stock receive`."""
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--range", nargs=2, metavar=("FIRST", "LAST"), help="stock numbers that the centre announced")
    which.add_argument("--file", type=Path, help="the maker's list: .xlsx, or .csv in UTF-8, UTF-16 or GB 18030")
    parser.add_argument("--delivery", default="", metavar="NUMBER", help="number of the delivery note")


def receive(words: argparse.Namespace) -> Result:
    """Take a delivery into the book, whole or not at all."""
    from sscard_desk.spreadsheets import SpreadsheetTables
    from sscard_desk.usecases import stock
    from sscard_desk.usecases.delivery_list import read_delivery

    blanks = read_delivery(SpreadsheetTables(), words.file) if words.file else ()
    with signed_in(words) as desk:
        counter = desk.counter()
        if words.file:
            stock.receive(counter.store, counter.session, blanks, "file", words.delivery)
            done = stock.Received(tuple(each.stock_no for each in blanks))
        else:
            first, last = words.range
            done = stock.receive_range(counter.store, counter.session, first, last, words.delivery)
        return {"received": list(done.taken), "missing": list(done.missing), **_balance(counter.store.stock_book())}


def show_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `stock show`."""
    parser.add_argument("--shift", action="store_true", help="every movement since the last count")


def show(words: argparse.Namespace) -> Result:
    """Show the balance, what waits for a second person, and the movements of the shift."""
    with signed_in(words) as desk:
        return _shown(desk.counter().store, moves=words.shift)


def spoil_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `stock spoil`."""
    parser.add_argument("number", help="stock number, card number or identification code")
    parser.add_argument("--reason", required=True, help="a reason's id, see resources/cases/stock.toml")
    parser.add_argument("--words", default="", help="the reason in words, without anybody's name")


def spoil(words: argparse.Namespace) -> Result:
    """Declare a card spoiled; a second person confirms it."""
    from sscard_desk.usecases import stock

    with signed_in(words) as desk:
        counter = desk.counter()
        blank = stock.spoil(counter.store, counter.session, words.number, words.reason, words.words)
        return {
            "stock_no": blank.stock_no,
            "state": blank.state.value,
            "confirmed": False,
            **_balance(counter.store.stock_book()),
        }


def confirm_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `stock confirm`."""
    parser.add_argument("number", help="stock number or card number; of another desk's card its identification code")


def confirm(words: argparse.Namespace) -> Result:
    """Keep that who signs in here has seen a spoiled card; it is not who declared it spoiled."""
    from sscard_desk.usecases import stock

    with signed_in(words) as desk:
        counter = desk.counter()
        code = stock.confirm(counter.store, counter.session, words.number)
        return {"identification_code": code, "confirmed": True, **_balance(counter.store.stock_book())}


def return_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `stock return`."""
    parser.add_argument("numbers", nargs="+", help="stock numbers, card numbers or identification codes")
    parser.add_argument("--reason", required=True, help="why, in words")


def give_back(words: argparse.Namespace) -> Result:
    """Hand free cards, and spoiled ones that were confirmed, back to the centre."""
    from sscard_desk.usecases import stock

    with signed_in(words) as desk:
        counter = desk.counter()
        stock.give_back(counter.store, counter.session, words.numbers, words.reason)
        return {"returned": words.numbers, **_balance(counter.store.stock_book())}


def count_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `stock count`."""
    parser.add_argument("--free", type=int, required=True, help="blanks counted")
    parser.add_argument("--spoiled", type=int, required=True, help="spoiled cards counted")
    parser.add_argument("--reason", default="", help="why they differ from the book")


def count(words: argparse.Namespace) -> Result:
    """Keep what lies in the drawer, and begin the next shift."""
    from sscard_desk.usecases import stock

    with signed_in(words) as desk:
        counter = desk.counter()
        book = stock.count(counter.store, counter.session, free=words.free, spoiled=words.spoiled, reason=words.reason)
        return {"counted": {"free": words.free, "spoiled": words.spoiled}, **_balance(book)}


def _balance(book: "StockBook") -> Result:
    from sscard_desk.domain.stock import BOOKED

    return {
        "balance": {"received": book.received, **{state.value: book.of(state) for state in BOOKED}},
        "exact": book.exact,
        "unconfirmed": [each.stock_no for each in book.unconfirmed],
        "shift": book.shift.number,
    }


def _shown(store: "Store", *, moves: bool) -> Result:
    from sscard_desk.domain.stock import BlankState
    from sscard_desk.forms.stock_rules import stock_rules

    book = store.stock_book()
    shown = _balance(book) | {
        "desk": book.desk,
        "announced": book.of(BlankState.ANNOUNCED),
        "low": book.of(BlankState.FREE) <= stock_rules().low,
        "elsewhere": [{"stock_no": number, "desks": desks} for number, desks in book.elsewhere],
        "spoiled_at_other_desks": [
            {"identification_code": each.identification_code, "desk": each.desk, "reason": each.reason}
            for each in store.spoiled_elsewhere()
        ],
    }
    shown["moves"] = (
        [
            {
                "stock_no": move.stock_no,
                "identification_code": move.identification_code,
                "before": move.before.value if move.before else "",
                "after": move.after.value if move.after else "",
                "at": move.at.isoformat(timespec="seconds"),
                "reason": move.reason,
            }
            for move in book.shift.moves
        ]
        if moves
        else []
    )
    return shown


VERBS = (
    Verb("stock", "show the book of blank cards", show, show_arguments, store=True),
    Verb("stock receive", "take a delivery of blank cards into the book", receive, receive_arguments, store=True),
    Verb("stock show", "show the book of blank cards", show, show_arguments, store=True),
    Verb("stock spoil", "declare a card spoiled", spoil, spoil_arguments, store=True),
    Verb("stock confirm", "confirm a spoiled card as a second person", confirm, confirm_arguments, store=True),
    Verb("stock return", "hand cards back to the centre", give_back, return_arguments, store=True),
    Verb("stock count", "count the drawer and end the shift", count, count_arguments, store=True),
)
