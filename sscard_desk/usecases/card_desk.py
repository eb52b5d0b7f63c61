"""What the card operations ask of the counter."""

from dataclasses import dataclass, field
from datetime import date

from sscard_desk.cards.profile import CardProfile
from sscard_desk.forms.stock_rules import StockRules, stock_rules
from sscard_desk.ports.card_reader import CardReader
from sscard_desk.ports.keys import KeyHolder
from sscard_desk.ports.session import Session
from sscard_desk.ports.store import Store


@dataclass(frozen=True)
class CardDesk:
    """What writing a card asks of the counter.

    Attributes:
        store: the desk's database.
        session: who is signed in.
        reader: the card reader.
        keys: holder of the card keys.
        profile: what is written, with which keys.
        today: the issue date.
        validity_years: how long the card is valid; ten years are usual, some cities count otherwise.
        stock: what an empty book, an unknown card, and one that is at another desk too stop.
    """

    store: Store
    session: Session
    reader: CardReader
    keys: KeyHolder
    profile: CardProfile
    today: date
    validity_years: int = 10
    stock: StockRules = field(default_factory=stock_rules)
