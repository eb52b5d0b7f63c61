"""A supervisor's leave, asked for on the page that needs it: reason, account and own password. No Qt.

One room for every page: the page makes a `Leave`, its form (`parts/leave_form.py`) is joined to it, and each key tells
the page to show itself again.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.operator import AccountPaused, AccountUnknown, PasswordWrong, RoleMissing
from sscard_desk.ports.session import Session
from sscard_desk.ui.states import ActionState, Mark
from sscard_desk.ui.words import Words, advice_of, message_of, say
from sscard_desk.usecases.recording import Exemption

Unlock = Callable[[str, str], Session]
"""Account name and password to a session; raises PasswordWrong, AccountPaused, AccountUnknown. Takes about 0.2 s."""

_OF_THE_PASSWORD = (PasswordWrong, AccountPaused, AccountUnknown, RoleMissing)


@dataclass(frozen=True)
class LeaveState:
    """The part of a page where a supervisor allows something.

    Attributes:
        offered: whether the page offers to ask for it.
        open: whether it is being asked for.
        reason: why.
        account: the supervisor's account.
        error: what is wrong with account or password.
        error_note: what to do, with the code.
        clear_password: grows whenever the password has to be cleared from its field.
    """

    offered: bool = False
    open: bool = False
    reason: str = ""
    account: str = ""
    error: Words = ""
    error_note: Words = ""
    clear_password: int = 0


class Leave:
    """What was typed so far; the password stays out of every state."""

    def __init__(self, unlock: Unlock, changed: Callable[[], None]) -> None:
        """Make it.

        Args:
            unlock: account and password of a supervisor to a session.
            changed: shows the page again.
        """
        self._unlock, self._changed = unlock, changed
        self._password = ""
        self.state = LeaveState()

    @property
    def lacks(self) -> Words:
        """What is still to be typed; empty when a supervisor can be asked."""
        if not self.state.reason.strip():
            return say("leave.need_reason")
        if not self.state.account.strip() or not self._password:
            return say("leave.need_password")
        return ""

    def offer(self, *, offered: bool) -> None:
        """Offer it, or take the offer back with everything that was typed."""
        if not offered and (self.state.offered or self.state.open):
            self.forget()
        self.state = replace(self.state, offered=offered)

    def ask(self) -> None:
        """Somebody wants it."""
        if self.state.offered:
            self.state = replace(self.state, open=True)
            self._changed()

    def stop(self) -> bool:
        """Esc: no exception after all; return whether it was being asked for."""
        if not self.state.open:
            return False
        self.forget()
        self._changed()
        return True

    def forget(self) -> None:
        """Close it; no reason and no password stays behind."""
        self._password = ""
        self.state = LeaveState(offered=self.state.offered, clear_password=self.state.clear_password + 1)

    def because(self, reason: str) -> None:
        """The page has a place of its own for the reason."""
        self.state = replace(self.state, reason=reason)

    def reason_typed(self, text: str) -> None:
        """A key in the reason's field."""
        self.because(text)
        self._changed()

    def account_typed(self, text: str) -> None:
        """A key in the account's field."""
        self.state = replace(self.state, account=text, error="", error_note="")
        self._changed()

    def password_typed(self, text: str) -> None:
        """A key in the password's field."""
        self._password = text
        self.state = replace(self.state, error="", error_note="")
        self._changed()

    def session(self) -> Callable[[], Session]:
        """Return what opens the supervisor's session; it is called on a lane."""
        unlock, account, password = self._unlock, self.state.account.strip(), self._password
        return lambda: unlock(account, password)

    def exemption(self) -> Callable[[], Exemption | None]:
        """Return what makes the exemption, or none where it is not asked for; it is called on a lane."""
        if not self.state.open:
            return lambda: None
        session, reason = self.session(), self.state.reason.strip()
        return lambda: Exemption(reason, session())

    def action(self, primary: Words) -> ActionState:
        """Return the action bar while it is asked for: what is still to be typed."""
        return ActionState(
            primary, enabled=not self.lacks, reason=self.lacks, reason_mark=Mark.WARN if self.lacks else None
        )

    def refused(self, error: DeskError) -> bool:
        """Take an error of account, password or role; return whether it was one."""
        if not isinstance(error, _OF_THE_PASSWORD):
            return False
        self._password = ""
        note = say("missing.advice", advice=advice_of(error), code=error.code)
        self.state = replace(
            self.state, error=message_of(error), error_note=note, clear_password=self.state.clear_password + 1
        )
        return True
