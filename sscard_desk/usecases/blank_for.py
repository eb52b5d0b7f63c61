"""Which blank of the stock book lies in the reader; what the book does not know is stopped or taken, as data say."""

import secrets
from typing import Final

from sscard_desk.cards.identity import CardPublic
from sscard_desk.domain.errors.operator import NotOurBlank
from sscard_desk.domain.errors.stock import BlankElsewhere
from sscard_desk.domain.events import ReceivedBlank, StockReceived
from sscard_desk.domain.stock import ELSEWHERE, SUBJECT, Blank, BlankState
from sscard_desk.forms.stock_rules import StockRules, Trouble
from sscard_desk.ports.session import Session
from sscard_desk.ports.store import Store

READER: Final = "reader"
"""How a blank came into the book that was first seen in the reader."""


def blank_for(store: Store, session: Session, rules: StockRules, public: CardPublic) -> tuple[Blank, tuple[str, ...]]:
    """Return the free blank that this card is, and keys of sentences about what the data let pass.

    Args:
        store: the desk's database.
        session: who writes it.
        rules: of the service point.
        public: what the card says of itself.

    Raises:
        NotOurBlank: it is not in the book, or is not free there.
        BlankElsewhere: the centre has it at another desk too.
    """
    warned: tuple[str, ...] = ()
    blank = store.find_blank(public.identification_code)
    if blank is None or blank.state is BlankState.ANNOUNCED:
        blank = _receive(store, session, rules, blank, public)
        warned = ("stock.warned_unknown",)
    if blank.state is not BlankState.FREE:
        raise NotOurBlank
    rows = (row for row in store.reference(ELSEWHERE) if row["id"] == blank.identification_code)
    there = next(rows, None)
    if there is not None:
        if rules.elsewhere is Trouble.BLOCK:
            raise BlankElsewhere(number=blank.stock_no, desks=there.get("desks", ""))
        warned = (*warned, "stock.warned_elsewhere")
    return blank, warned


def _receive(store: Store, session: Session, rules: StockRules, announced: Blank | None, public: CardPublic) -> Blank:
    """Take a card that is not in the book into it; its card number comes from the centre or from its own chip."""
    number = announced.card_number if announced else public.card_number
    if rules.unknown_blank is Trouble.BLOCK or not number:
        raise NotOurBlank
    stock_no = announced.stock_no if announced else number
    arrived = StockReceived((ReceivedBlank(public.identification_code, number, stock_no),), READER)
    with store.work(session.account) as work:
        if work.taken_blanks(arrived.blanks):
            raise NotOurBlank
        work.record(arrived, subject=SUBJECT + secrets.token_hex(16))
        found = work.blank(public.identification_code)
    if found is None:
        raise NotOurBlank
    return found
