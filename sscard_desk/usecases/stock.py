"""The stock book at the counter: receive, spoil, confirm, return, count."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sscard_desk.domain.errors.operator import NotOurBlank, UsageWrong
from sscard_desk.domain.errors.stock import BlanksKnown, BlankStateWrong, SecondPersonNeeded
from sscard_desk.domain.events import (
    CardSpoiled,
    ReceivedBlank,
    SpoilConfirmed,
    StockCounted,
    StockReceived,
    StockReturned,
    StockSpoiled,
)
from sscard_desk.domain.seals import confirmed_bytes
from sscard_desk.domain.stock import SUBJECT, Blank, BlankState
from sscard_desk.forms.stock_rules import StockRules, Where, stock_rules
from sscard_desk.ports.session import Session
from sscard_desk.ports.stock import StockBook
from sscard_desk.ports.store import Store
from sscard_desk.usecases.recording import need_reason

OTHER: Final = "other"


@dataclass(frozen=True)
class Received:
    """What a delivery brought.

    Attributes:
        taken: the stock numbers that are in the book now.
        missing: numbers of the range that the centre did not announce.
    """

    taken: tuple[str, ...]
    missing: tuple[str, ...] = ()


def receive(store: Store, session: Session, blanks: Sequence[ReceivedBlank], source: str, delivery: str = "") -> None:
    """Take a delivery into the book, whole or not at all.

    Args:
        store: the desk's database.
        session: who has the cards in hand.
        blanks: the cards.
        source: `range` or `file`.
        delivery: the number of the delivery note, if there is one.

    Raises:
        BlanksKnown: a number stands in the book already, or twice in the list.
    """
    numbers = [(each.identification_code.upper(), each.card_number, each.stock_no) for each in blanks]
    for at in range(3):
        twice = _twice([number[at] for number in numbers])
        if twice is not None:
            raise BlanksKnown(count=1, first=numbers[twice][2])
    with store.work(session.account) as work:
        taken = work.taken_blanks(blanks)
        if taken:
            raise BlanksKnown(count=len(taken), first=taken[0])
        work.record(StockReceived(tuple(blanks), source, delivery), subject=SUBJECT + secrets.token_hex(16))


def receive_range(store: Store, session: Session, first: str, last: str, delivery: str = "") -> Received:
    """Receive the cards of a range of stock numbers that the centre's list names.

    A number alone does not say which chip it stands on, so only what the centre announced can be received so; the
    other cards come with their maker's list.

    Raises:
        UsageWrong: these are no two ends of a range.
        NotOurBlank: the centre announced none of them.
        BlanksKnown: one was received before.
    """
    wanted = stock_range(first, last)
    found = {number: blank for number in wanted if (blank := store.find_blank(number)) and blank.stock_no == number}
    if not found:
        raise NotOurBlank
    blanks = [ReceivedBlank(each.identification_code, each.card_number, each.stock_no) for each in found.values()]
    receive(store, session, blanks, "range", delivery)
    return Received(tuple(found), tuple(number for number in wanted if number not in found))


def stock_range(first: str, last: str) -> tuple[str, ...]:
    """Return every stock number from the first to the last: the same letters, then digits that count up.

    Raises:
        UsageWrong: they have no digits at the end, other letters or other lengths, or the last comes first.
    """
    head = first.rstrip("0123456789")
    begin, end = first[len(head) :], last[len(head) :]
    sound = last.startswith(head) and begin.isdigit() and end.isdigit() and len(begin) == len(end)
    most = stock_rules().delivery_rows
    if not sound or not 0 <= int(end) - int(begin) < most:
        raise UsageWrong(reason=f"a range needs two numbers of one form, the first first, at most {most} cards")
    return tuple(f"{head}{number:0{len(begin)}d}" for number in range(int(begin), int(end) + 1))


def need_blank(store: Store, number: str) -> Blank:
    """Return the card of a stock number, card number or identification code.

    Raises:
        NotOurBlank: it is not in the book.
    """
    found = store.find_blank(number)
    if found is None or found.state is BlankState.ANNOUNCED:
        raise NotOurBlank
    return found


def spoil(store: Store, session: Session, number: str, reason: str, words: str = "") -> Blank:
    """Declare a card spoiled; where an application has it, that application takes a new blank.

    Args:
        store: the desk's database.
        session: who declares it.
        number: of the card.
        reason: a reason's id of the data.
        words: the reason in words, where the data ask for them.

    Raises:
        NotOurBlank: it is not in the book.
        ReasonMissing: no reason of the data, or one that says nothing without words.
        BlankStateWrong: it is spoiled or returned already.
        StepNotAllowed: its holder has it.
    """
    known = stock_rules().reason(reason)
    if known is None:
        need_reason("")
    elif known.asks_words:
        need_reason(words)
    blank = need_blank(store, number)
    with store.work(session.account) as work:
        if blank.application is not None and blank.state in {BlankState.RESERVED, BlankState.ISSUED}:
            said = CardSpoiled(blank.identification_code, words.strip() or reason)
            work.record(said, subject=blank.application)
        else:
            act = StockSpoiled(blank.identification_code, reason, words.strip())
            work.record(act, subject=blank.identification_code)
    return need_blank(store, number)


def confirm(store: Store, session: Session, number: str, rules: StockRules | None = None) -> str:
    """Keep that a second person has seen a spoiled card, of this desk or of another one of the point.

    Args:
        store: the desk's database.
        session: the second person, in their own name.
        number: of the card; of another desk's, its identification code.
        rules: of the service point; the shipped ones where none are given.

    Returns:
        The card's identification code.

    Raises:
        SecondPersonNeeded: it is who declared it spoiled, or the data want somebody elsewhere.
        BlankStateWrong: it is not spoiled.
        NotOurBlank: nobody here knows it as spoiled.
    """
    rules = rules or stock_rules()
    blank = store.find_blank(number)
    code = blank.identification_code if blank else number.strip().upper()
    where = Where.HERE if blank else Where.DESK
    if where not in rules.second_person:
        raise SecondPersonNeeded
    if blank is not None and blank.confirmed_by:
        raise BlankStateWrong(number=blank.stock_no, state="confirmed")
    seal = session.sign(confirmed_bytes(code))
    with store.work(session.account) as work:
        work.record(SpoilConfirmed(code, where.value, seal), subject=code)
    return code


def give_back(
    store: Store, session: Session, numbers: Sequence[str], reason: str, rules: StockRules | None = None
) -> None:
    """Hand cards back to the centre: free ones, and spoiled ones that a second person has seen.

    Raises:
        ReasonMissing: no reason.
        NotOurBlank: one is not in the book.
        BlankStateWrong: one is begun, issued or returned already.
        SecondPersonNeeded: a spoiled one that nobody else has seen.
    """
    need_reason(reason)
    rules = rules or stock_rules()
    blanks = [need_blank(store, number) for number in numbers]
    for blank in blanks:
        if blank.state is BlankState.SPOILED and rules.second_person and not blank.confirmed_by:
            raise SecondPersonNeeded
    codes = tuple(dict.fromkeys(blank.identification_code for blank in blanks))
    with store.work(session.account) as work:
        work.record(StockReturned(codes, reason.strip()), subject=SUBJECT + secrets.token_hex(16))


def count(store: Store, session: Session, *, free: int, spoiled: int, reason: str = "") -> StockBook:
    """Keep what lies in the drawer, and end the shift with it.

    Args:
        store: the desk's database.
        session: who counted.
        free: blanks counted.
        spoiled: spoiled cards counted that were not handed back.
        reason: why it differs from the book, if it does.

    Returns:
        The book of the new shift.

    Raises:
        ReasonMissing: count and book differ, and nobody said why.
    """
    with store.work(session.account) as work:
        book = work.stock_book()
        booked = (book.of(BlankState.FREE), book.of(BlankState.SPOILED))
        if (free, spoiled) != booked:
            need_reason(reason)
        work.record(StockCounted(free, spoiled, *booked, reason.strip()), subject=SUBJECT + secrets.token_hex(16))
    return store.stock_book()


def _twice(values: Sequence[str]) -> int | None:
    """Return where a value stands that stood before, or None."""
    seen: set[str] = set()
    for at, value in enumerate(values):
        if value in seen:
            return at
        seen.add(value)
    return None
