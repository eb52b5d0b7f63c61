"""What the page for class lists shows."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

from sscard_desk.ui.states import ActionState, ChipState, Mark, Option
from sscard_desk.ui.words import Words


class Phase(Enum):
    """Where the list is."""

    EMPTY = "empty"
    CHECKING = "checking"
    CHECKED = "checked"
    IMPORTING = "importing"
    DRAWING = "drawing"
    """List and forms are being drawn for the printer."""


class Show(Enum):
    """Which rows are listed."""

    ALL = "all"
    WRONG = "wrong"
    IN_WORK = "in_work"


@dataclass(frozen=True)
class RowLine:
    """One row of the list.

    Attributes:
        number: of the row in the file, from 1.
        name: as it stands there.
        id_number: masked.
        mark: what becomes of it.
        words: the same in words, or the first thing that is wrong.
        all_words: everything that is wrong, a sentence for each cell.
    """

    number: int
    name: str = field(repr=False)
    id_number: str = field(repr=False)
    mark: Mark
    words: Words
    all_words: tuple[Words, ...] = ()


@dataclass(frozen=True)
class Said:
    """One thing that holds for the whole page."""

    mark: Mark
    title: Words
    note: Words = ""


@dataclass(frozen=True)
class Again:
    """Why forms that are out are printed again.

    Attributes:
        options: the reasons of the table.
        reason: code of the chosen one.
        words: the same in free words.
        error: what is missing.
    """

    options: tuple[Option, ...] = ()
    reason: str = ""
    words: str = ""
    error: Words = ""


@dataclass(frozen=True)
class ClassListState:
    """The page for class lists.

    Attributes:
        phase: where the list is.
        file: its name.
        chips: how many rows, and what becomes of them.
        lines: the rows that are listed, made when they are asked for.
        show: which rows these are.
        chosen: the row in view, from 0 among `lines`.
        choose_turn: grows whenever the table has to go to `chosen`.
        detail: what is wrong with it.
        share: how much of the work is done, 0 to 1.
        working: what is being done, empty while nothing is.
        said: what happened last.
        rejected: whether there are rows to be saved for the school.
        again: the question why forms are printed again, while it stands open.
        action: the action bar.
    """

    phase: Phase = Phase.EMPTY
    file: str = ""
    chips: tuple[ChipState, ...] = ()
    lines: Sequence[RowLine] = ()
    show: Show = Show.ALL
    chosen: int = 0
    choose_turn: int = 0
    detail: tuple[Words, ...] = ()
    share: float = 0.0
    working: Words = ""
    said: Said | None = None
    rejected: bool = False
    again: Again | None = None
    action: ActionState = field(default_factory=ActionState)
