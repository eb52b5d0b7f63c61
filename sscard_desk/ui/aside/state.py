"""What the page of turned-away entries shows."""

from dataclasses import dataclass, field
from typing import Final

from sscard_desk.ui.serving.leave import LeaveState
from sscard_desk.ui.states import ActionState, Mark
from sscard_desk.ui.words import Words

MINE: Final = "mine"
THEIRS: Final = "theirs"


@dataclass(frozen=True)
class AsideRow:
    """One line of the list."""

    key: str
    title: Words
    words: Words
    note: Words = ""
    mark: Mark = Mark.WARN


@dataclass(frozen=True)
class WayRow:
    """One way to put it right."""

    key: str
    words: Words
    note: Words


@dataclass(frozen=True)
class SideRow:
    """One field of the comparison; `taken` is `mine` or `theirs`."""

    field: str
    label: Words
    base: Words
    mine: Words
    theirs: Words
    taken: str


@dataclass(frozen=True)
class AsideState:
    """The page.

    Attributes:
        rows: the list; empty where nothing is to be put right.
        chosen: key of the line in view.
        why: what the line is about, in whole sentences.
        ways: how it can be put right.
        way: the chosen one.
        sides: the comparison, field by field, while it is asked for.
        from_register: whether the base is what the register says.
        asks_reason: whether a reason is asked for.
        reason: what was typed of it.
        leave: the supervisor's part.
        busy: whether it is being kept.
        action: the action bar.
    """

    rows: tuple[AsideRow, ...] = ()
    chosen: str = ""
    why: Words = ""
    ways: tuple[WayRow, ...] = ()
    way: str = ""
    sides: tuple[SideRow, ...] = ()
    from_register: bool = False
    asks_reason: bool = False
    reason: str = ""
    leave: LeaveState = field(default_factory=LeaveState)
    busy: bool = False
    action: ActionState = field(default_factory=ActionState)
