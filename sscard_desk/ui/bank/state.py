"""What the bank page shows."""

from dataclasses import dataclass, field

from sscard_desk.domain.portrait import Preview
from sscard_desk.ui.serving.reprint import ReprintAsk
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
        pages: the whole form over the page, empty while no preview is open.
        page_note: what the preview shows, or why it is empty.
        locked: why the choice cannot be changed here; empty where it can.
        can_unlock: whether the signatures may be voided to change it.
        busy: whether drawing or printing runs.
        trouble: what went wrong, and what to do.
        trouble_mark: how bad it is.
        without_paper: what the button says that keeps the choice without waiting for the paper; empty hides it.
        again: whether the confirmed form can be printed once more.
        ask: why it is printed again, while that is asked.
        action: the action bar.
    """

    banks: tuple[Bank, ...] = ()
    chosen: str = ""
    page: Preview | None = None
    pages: tuple[Preview, ...] = ()
    page_note: Words = ""
    locked: Words = ""
    can_unlock: bool = False
    busy: bool = False
    trouble: Words = ""
    trouble_note: Words = ""
    trouble_mark: Mark = Mark.WARN
    without_paper: Words = ""
    again: bool = False
    ask: ReprintAsk | None = None
    action: ActionState = field(default_factory=ActionState)
