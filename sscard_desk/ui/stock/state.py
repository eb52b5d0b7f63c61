"""What the stock page shows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from sscard_desk.ui.states import ActionState, ChipState, FieldState, Mark, Option
from sscard_desk.ui.words import Words


class StockAct(Enum):
    """What is done with cards."""

    RECEIVE = "receive"
    SPOIL = "spoil"
    CONFIRM = "confirm"
    RETURN = "return"
    COUNT = "count"


FIELDS: Mapping[StockAct, tuple[str, ...]] = {
    StockAct.RECEIVE: ("first", "last", "delivery"),
    StockAct.SPOIL: ("number", "reason", "words"),
    StockAct.CONFIRM: ("number", "account", "password"),
    StockAct.RETURN: ("number", "words"),
    StockAct.COUNT: ("free", "spoiled", "words"),
}
"""The fields of each act, in their order."""


@dataclass(frozen=True)
class Figure:
    """One number of the balance."""

    name: Words
    count: int
    mark: Mark | None = None


@dataclass(frozen=True)
class MoveRow:
    """One movement of the shift, or one card that waits for somebody."""

    at: Words
    card: str
    moved: Words
    mark: Mark
    who: Words
    why: Words = ""


@dataclass(frozen=True)
class StockState:
    """The stock page.

    Attributes:
        chips: what is to know beside the title.
        figures: the balance, from received to returned.
        act: what is being done.
        fields: what was typed, by field.
        reasons: why a card is spoiled, to choose from.
        notice_mark: the bar above: its mark,
        notice: its sentence,
        notice_note: and what to do.
        listed: what the table shows.
        rows: the movements of the shift, newest first; at `CONFIRM` the cards that wait for a second person.
        busy: whether something is being kept.
        clear_password: grows whenever the password has to be cleared from its field.
        action: the action bar.
    """

    chips: tuple[ChipState, ...] = ()
    figures: tuple[Figure, ...] = ()
    act: StockAct = StockAct.RECEIVE
    fields: Mapping[str, FieldState] = field(default_factory=dict)
    reasons: tuple[Option, ...] = ()
    notice_mark: Mark = Mark.OK
    notice: Words = ""
    notice_note: Words = ""
    listed: Words = ""
    rows: tuple[MoveRow, ...] = ()
    busy: bool = False
    clear_password: int = 0
    action: ActionState = field(default_factory=ActionState)
