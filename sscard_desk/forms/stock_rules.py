"""What a city decides about its stock of blank cards, as data (`resources/cases/stock.toml`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from sscard_desk.forms.case_files import finish, root_of
from sscard_desk.forms.node import nearest
from sscard_desk.forms.words import Words


class Lent(StrEnum):
    """What the centre's list does by itself."""

    BOOKED = "booked"
    ANNOUNCED = "announced"


class Trouble(StrEnum):
    """What happens where the book and the card do not agree."""

    BLOCK = "block"
    WARN = "warn"


class Where(StrEnum):
    """Where the second person is who has seen a spoiled card."""

    HERE = "here"
    DESK = "desk"
    CENTRE = "centre"


@dataclass(frozen=True)
class SpoilReason:
    """Why a card cannot be used.

    Attributes:
        id: short name; stands in the journal.
        words: the reason.
        asks_words: whether it says nothing without words of the clerk's own.
    """

    id: str
    words: Words
    asks_words: bool


@dataclass(frozen=True)
class StockRules:
    """The rules.

    Attributes:
        lent: what the centre's list does by itself.
        unknown_blank: a card in the reader that is not in the book.
        empty: writing with no free blank in the book.
        elsewhere: a card that the centre has at another desk too.
        low: so few free blanks are told on the page.
        delivery_rows, delivery_bytes: largest list of a delivery.
        failures_in_row: a batch stops after so many failures in a row.
        second_person: where the second person may be; empty where none is asked for.
        columns: what the columns of a maker's list are called, by field.
        reasons: why a card cannot be used.
    """

    lent: Lent
    unknown_blank: Trouble
    empty: Trouble
    elsewhere: Trouble
    low: int
    delivery_rows: int
    delivery_bytes: int
    failures_in_row: int
    second_person: frozenset[Where]
    columns: Mapping[str, tuple[str, ...]]
    reasons: tuple[SpoilReason, ...]

    def reason(self, reason_id: str) -> SpoilReason | None:
        """Return one reason, None for words or an error's code."""
        return next((each for each in self.reasons if each.id == reason_id), None)


@cache
def stock_rules() -> StockRules:
    """Return the rules of this service point.

    Raises:
        FormDefinitionWrong: `stock.toml` breaks its schema.
    """
    root = root_of("stock")
    lent, unknown = root.choice("lent", Lent), root.choice("unknown_blank", Trouble)
    empty, elsewhere = root.choice("empty", Trouble), root.choice("elsewhere", Trouble)
    second = root.texts("second_person")
    known = {where.value for where in Where}
    for word in second:
        if word not in known:
            root.refuse("second_person", "not_a_choice", found=word, known=nearest(word, sorted(known)))
    columns = root.table("columns")
    nodes = root.tables("reason")
    reasons = []
    for node in nodes:
        reasons.append(SpoilReason(node.id(), node.words(), node.flag("words", default=False)))
        node.done()
    rules = StockRules(
        lent=lent,
        unknown_blank=unknown,
        empty=empty,
        elsewhere=elsewhere,
        low=root.whole("low", least=0),
        delivery_rows=root.whole("delivery_rows", least=1),
        delivery_bytes=root.whole("delivery_bytes", least=1),
        failures_in_row=root.whole("failures_in_row", least=1),
        second_person=frozenset(Where(word) for word in second if word in known),
        columns={key: columns.texts(key) for key in ("identification_code", "card_number", "stock_no")},
        reasons=tuple(reasons),
    )
    columns.done()
    finish(root, nodes, (each.id for each in reasons))
    return rules
