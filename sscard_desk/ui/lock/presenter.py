"""Opening a locked window again, in the clerk's words. No Qt."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.operator import AccountPaused, PasswordWrong
from sscard_desk.ui.serving.ports import Runner
from sscard_desk.ui.words import Words, advice_of, message_of, say


@dataclass(frozen=True)
class LockState:
    """The lock page: who is locked in, since when, and how the last try ended. Nothing of the applicant."""

    name: str = ""
    since: datetime | None = None
    error: Words | None = None
    note: Words = ""
    busy: bool = False
    pause_seconds: int = 0


class LockView(Protocol):
    """What the presenter asks of the page."""

    def show_state(self, state: LockState) -> None:
        """Show a state."""

    def clear_password(self) -> None:
        """Empty the password's field and put the focus there."""


class LockPresenter:
    """Checks the password of the account that is signed in.

    Args:
        view: the page.
        runner: the lanes.
        unlock: opens the session's key again; raises `PasswordWrong` or `AccountPaused`.
        unlocked: called when the window may show the work again.
    """

    def __init__(
        self, view: LockView, runner: Runner, unlock: Callable[[str], None], unlocked: Callable[[], None]
    ) -> None:
        self._view, self._runner, self._unlock, self._unlocked = view, runner, unlock, unlocked
        self.state = LockState()

    def locked(self, name: str, since: datetime) -> None:
        """The window was locked."""
        self.state = LockState(name, since, note=say("sign_in.help"))
        self._view.clear_password()
        self._show()

    def typing(self) -> None:
        """The user typed on: the last error goes."""
        if self.state.error is not None:
            self.state = replace(self.state, error=None)
            self._show()

    def unlock(self, password: str) -> None:
        """Try a password."""
        if self.state.busy or self.state.pause_seconds:
            return
        if not password:
            self.state = replace(self.state, error=say("sign_in.password_missing"))
            self._show()
            return
        self.state = replace(self.state, busy=True, error=None)
        self._show()
        self._runner.submit("store", lambda: self._unlock(password), lambda _none: self._opened(), self._refused)

    def second_passed(self) -> None:
        """A second of the pause is over."""
        if self.state.pause_seconds:
            left = self.state.pause_seconds - 1
            note = say("sign_in.paused", seconds=left) if left else say("sign_in.help")
            self.state = replace(self.state, pause_seconds=left, note=note, error=self.state.error if left else None)
            self._show()

    def _opened(self) -> None:
        self._view.clear_password()
        self.state = LockState()
        self._unlocked()

    def _refused(self, error: DeskError) -> None:
        pause = error.seconds if isinstance(error, AccountPaused) else 0
        note = say("sign_in.paused", seconds=pause) if pause else advice_of(error)
        if isinstance(error, PasswordWrong):
            note = say("sign_in.help")
        self.state = replace(self.state, busy=False, error=message_of(error), note=note, pause_seconds=pause)
        self._view.clear_password()
        self._show()

    def _show(self) -> None:
        self._view.show_state(self.state)
