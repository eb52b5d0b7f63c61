"""What the staff page shows. No Qt."""

from dataclasses import dataclass, field

from sscard_desk.ui.states import ActionState, ChipState, Mark
from sscard_desk.ui.words import Words


@dataclass(frozen=True)
class AccountLine:
    """One account of the list.

    Attributes:
        key: the account.
        name: what windows show.
        login: the name it signs in with.
        role: in words.
        word: whether it can sign in here, in words.
        mark: of that word.
    """

    key: str
    name: str
    login: str
    role: Words
    word: Words
    mark: Mark


@dataclass(frozen=True)
class StaffState:
    """The staff page.

    Attributes:
        lines: the accounts, in the order of the list.
        chosen: which of them is in hand, -1 for none.
        chips: facts beside the title.
        title: what is done, and for whom.
        own: whether the chosen account is who is signed in: its password is changed.
        can_give: whether the chosen account may be given a password by who is signed in.
        asks_login: whether the name to sign in with has to be typed.
        login: as typed.
        can_close: whether the chosen account's way in may be closed.
        notice: why not, or what went wrong; empty for nothing.
        notice_note: what to do.
        notice_mark: its mark.
        busy: whether an act runs.
        clear: grows whenever the passwords have to be cleared from their fields.
        action: the action bar.
    """

    lines: tuple[AccountLine, ...] = ()
    chosen: int = -1
    chips: tuple[ChipState, ...] = ()
    title: Words = ""
    own: bool = False
    can_give: bool = False
    asks_login: bool = False
    login: str = ""
    can_close: bool = False
    notice: Words = ""
    notice_note: Words = ""
    notice_mark: Mark = Mark.WARN
    busy: bool = False
    clear: int = 0
    action: ActionState = field(default_factory=ActionState)
