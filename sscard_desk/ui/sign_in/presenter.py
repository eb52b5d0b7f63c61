"""Signing in, in the clerk's words. No Qt."""

from collections.abc import Callable
from dataclasses import replace
from typing import Generic, Protocol, TypeVar

from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.operator import AccountPaused, PasswordWrong
from sscard_desk.ui.serving.ports import Runner
from sscard_desk.ui.sign_in.state import SignInState
from sscard_desk.ui.states import DeviceWord, Mark
from sscard_desk.ui.words import Words, advice_of, message_of, say

Session = TypeVar("Session")


class SignInView(Protocol):
    """What the presenter asks of the page."""

    def show_state(self, state: SignInState) -> None:
        """Show a state."""

    def clear_password(self) -> None:
        """Empty the password's field and put the focus there."""


class SignInPresenter(Generic[Session]):
    """Checks a password on the store's lane; five wrong ones make a pause.

    Args:
        view: the page.
        runner: the lanes.
        open_desk: unlocks the account's key slot and opens the store; raises `PasswordWrong`, `AccountPaused`,
            `AccountUnknown`, or what the store says.
        entered: gets what `open_desk` returned.
        state: place, foot and hint, which do not change.
    """

    def __init__(
        self,
        view: SignInView,
        runner: Runner,
        open_desk: Callable[[str, str], Session],
        entered: Callable[[Session], None],
        state: SignInState,
    ) -> None:
        self._view, self._runner, self._open_desk, self._entered = view, runner, open_desk, entered
        self.state = replace(state, note=state.note or say("sign_in.help"))
        self._show()

    def checked(self, checks: tuple[DeviceWord, ...], seconds: float | None) -> None:
        """The self-check found devices and centre like this."""
        self.state = replace(self.state, checks=checks, check_seconds=seconds)
        self._show()

    def data_known(self, left_over: Words, offline: Words, mark: Mark) -> None:
        """What is known before anybody signs in: things left over, and whether work offline is possible."""
        self.state = replace(self.state, left_over=left_over, offline=offline, offline_mark=mark)
        self._show()

    def somebody_opened(self) -> None:
        """Somebody works here: whoever forgot a password gets a new one from them."""
        if self.state.nobody:
            self.state = replace(self.state, nobody=False)
            self._show()

    def rescued(self, login: str) -> None:
        """The centre let an administrator in, who signs in next."""
        self.state = replace(self.state, account=login, error=None, note=say("sign_in.rescued"), pause_seconds=0)
        self._show()

    def caps_lock(self, *, locked: bool) -> None:
        """Capitals were locked or unlocked."""
        if locked != self.state.caps_lock:
            self.state = replace(self.state, caps_lock=locked)
            self._show()

    def typing(self, account: str) -> None:
        """The user typed on: the last error goes with the key that may mend it."""
        self.state = replace(self.state, account=account, error=None)
        self._show()

    def sign_in(self, account: str, password: str) -> None:
        """Try account and password."""
        if self.state.busy or self.state.pause_seconds:
            return
        missing = "sign_in.account_missing" if not account.strip() else "" if password else "sign_in.password_missing"
        if missing:
            self.state = replace(self.state, account=account, error=say(missing))
            self._show()
            return
        self.state = replace(self.state, account=account, busy=True, error=None)
        self._show()
        self._runner.submit("store", lambda: self._open_desk(account.strip(), password), self._opened, self._refused)

    def second_passed(self) -> None:
        """A second of the pause is over."""
        if self.state.pause_seconds:
            left = self.state.pause_seconds - 1
            note = say("sign_in.paused", seconds=left) if left else say("sign_in.help")
            self.state = replace(self.state, pause_seconds=left, note=note, error=self.state.error if left else None)
            self._show()

    def _opened(self, session: Session) -> None:
        self.state = replace(self.state, busy=False, error=None, note=say("sign_in.help"))
        self._view.clear_password()
        self._show()
        self._entered(session)

    def _refused(self, error: DeskError) -> None:
        note: Words = say("sign_in.help")
        pause = 0
        if isinstance(error, AccountPaused):
            pause = error.seconds
            note = say("sign_in.paused", seconds=pause)
        elif not isinstance(error, PasswordWrong):
            note = advice_of(error)
        self.state = replace(self.state, busy=False, error=message_of(error), note=note, pause_seconds=pause)
        self._view.clear_password()
        self._show()

    def _show(self) -> None:
        self._view.show_state(self.state)
