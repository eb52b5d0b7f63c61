"""What the bank page shows."""

from dataclasses import dataclass, field

from sscard_desk.domain.portrait import Preview
from sscard_desk.ui.states import ActionState, Mark
from sscard_desk.ui.words import Words
from sscard_desk.usecases.confirm_bank import Bank


@dataclass(frozen=True)
class BankState:
    """The bank page.

    Attributes:
        banks: as the centre lists them.
        chosen: code of the chosen one, empty without a choice.
        page: first page of the confirmation form as it will be printed, None while it is drawn.
        page_note: what the preview shows, or why it is empty.
        locked: why the choice cannot be changed here; empty where it can.
        can_unlock: whether the signatures may be voided to change it.
        busy: whether drawing or printing runs.
        trouble: what went wrong, and what to do.
        trouble_mark: how bad it is.
        without_paper: whether the choice can be kept without printing, after the printer gave up.
        action: the action bar.
    """

    banks: tuple[Bank, ...] = ()
    chosen: str = ""
    page: Preview | None = None
    page_note: Words = ""
    locked: Words = ""
    can_unlock: bool = False
    busy: bool = False
    trouble: Words = ""
    trouble_note: Words = ""
    trouble_mark: Mark = Mark.WARN
    without_paper: bool = False
    action: ActionState = field(default_factory=ActionState)
