"""What the page of unsent items shows. No Qt."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sscard_desk.ports.unsent import Part, UnsentCounts
from sscard_desk.ui.states import ActionState, Mark
from sscard_desk.ui.words import Words


@dataclass(frozen=True)
class UnsentRow:
    """One entry, or one picture or scan, in words."""

    key: str
    what: Words
    mark: Mark
    number: str
    since: str
    tries: str
    error: Words
    following: Words


@dataclass(frozen=True)
class ComingState:
    """A large list that comes: what it is called, how far it is in words, how much of 1, and whether it waits."""

    title: Words
    amount: Words
    share: float
    held: bool = False
    can_hold: bool = True


@dataclass(frozen=True)
class UnsentState:
    """The page.

    Attributes:
        mark, notice, note: how the line is.
        coming: a large list on its way, None where none is.
        part: which of the items are shown.
        typed: what the list is narrowed by.
        counts: how many there are of each part.
        rows: those that were read so far.
        more: whether others follow.
        read: whether the list was read at all yet.
        chosen: key of the row in view.
        chosen_at: where it stands, -1 for no row.
        this_act: what F5 does with that row; empty where it does nothing.
        action: the bar below.
    """

    mark: Mark = Mark.BUSY
    notice: Words = ""
    note: Words = ""
    coming: ComingState | None = None
    part: Part = Part.ALL
    typed: str = ""
    counts: UnsentCounts = field(default_factory=UnsentCounts)
    rows: Sequence[UnsentRow] = ()
    more: bool = False
    read: bool = False
    chosen: str = ""
    chosen_at: int = -1
    this_act: Words = ""
    action: ActionState = field(default_factory=ActionState)
