"""What the approve page shows."""

from dataclasses import dataclass, field

from sscard_desk.ui.states import ActionState, ChipState, Mark
from sscard_desk.ui.words import Words


@dataclass(frozen=True)
class CheckLine:
    """One thing that the supervisor can rely on, or has to look at."""

    words: Words
    note: Words = ""
    mark: Mark = Mark.OK
    name: str = ""


@dataclass(frozen=True)
class ApproveState:
    """The approve page.

    Attributes:
        chips: the facts beside the title.
        checks: what was checked so far.
        account: what stands in the account's field.
        error: what is wrong with account or password.
        error_note: what to do.
        error_code: its stable code.
        taken_by: who took the application in, and so cannot sign it off.
        waiting: what waits for another desk.
        done: who approved; empty while nobody did.
        locked: why nothing can be approved yet; empty where it can.
        busy: whether the password is being checked.
        clear_password: grows whenever the password has to be cleared from the field.
        action: the action bar.
    """

    chips: tuple[ChipState, ...] = ()
    checks: tuple[CheckLine, ...] = ()
    account: str = ""
    error: Words = ""
    error_note: Words = ""
    error_code: str = ""
    taken_by: Words = ""
    waiting: Words = ""
    done: Words = ""
    locked: Words = ""
    busy: bool = False
    clear_password: int = 0
    action: ActionState = field(default_factory=ActionState)
