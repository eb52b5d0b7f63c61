"""What the identity page shows."""

from dataclasses import dataclass, field

from sscard_desk.ui.identity.entry import EntryField
from sscard_desk.ui.serving.leave import LeaveState
from sscard_desk.ui.states import ActionState, ChipState, DifferenceState, Mark, Option
from sscard_desk.ui.words import Words


@dataclass(frozen=True)
class IdentityNotice:
    """One thing that holds for the whole page; `act` names a button, if there is one."""

    mark: Mark
    title: Words
    note: Words = ""
    act: Words = ""


@dataclass(frozen=True)
class IdentityState:
    """The identity page.

    Attributes:
        chips: the facts beside the title.
        titles: heads of the four columns.
        rows: every field that card or register has.
        current: the first row that is open; empty when all are decided.
        notice: an application that is open already, or a person that nobody knows.
        action: the action bar.
        busy: whether a card is being read or the application opened.
        reread: whether F5 reads the card again.
        sources: what can have been shown where no card was read; empty where one was.
        source: what was shown.
        entry: what is to be typed of somebody who was neither read nor found; empty otherwise.
        entry_focus: the field of these that is to have the focus, once for each `entry_turn`.
        entry_turn: grows whenever the focus has to move there.
        leave: the supervisor's part, where the person has an application in work.
    """

    chips: tuple[ChipState, ...] = ()
    titles: tuple[Words, Words, Words, Words] = ("", "", "", "")
    rows: tuple[DifferenceState, ...] = ()
    current: str = ""
    notice: IdentityNotice | None = None
    action: ActionState = field(default_factory=ActionState)
    busy: bool = False
    reread: bool = True
    sources: tuple[Option, ...] = ()
    source: str = ""
    entry: tuple[EntryField, ...] = ()
    entry_focus: str = ""
    entry_turn: int = 0
    leave: LeaveState = field(default_factory=LeaveState)
