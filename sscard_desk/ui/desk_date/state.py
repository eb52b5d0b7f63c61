"""What the page of the business date shows. No Qt."""

from dataclasses import dataclass, field

from sscard_desk.ui.serving.leave import LeaveState
from sscard_desk.ui.states import ActionState, Mark
from sscard_desk.ui.words import Words


@dataclass(frozen=True)
class DeskDateState:
    """The page.

    Attributes:
        mark, notice, note: how the clock is, and what a set date does.
        facts: name and value of what is known of the time.
        day: what was typed of the day.
        error: what is wrong with it; empty where nothing is.
        leave: the supervisor's part: reason, account, password.
        busy: whether it is being kept.
        action: the bar below.
    """

    mark: Mark = Mark.BUSY
    notice: Words = ""
    note: Words = ""
    facts: tuple[tuple[Words, Words], ...] = ()
    day: str = ""
    error: Words = ""
    leave: LeaveState = field(default_factory=LeaveState)
    busy: bool = False
    action: ActionState = field(default_factory=ActionState)
