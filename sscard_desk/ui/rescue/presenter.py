"""A rescue, in the words of whoever cannot sign in any more. No Qt."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final, Protocol

from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.accounts import PasswordTooShort
from sscard_desk.domain.errors.operator import RoleMissing
from sscard_desk.domain.errors.slots import RecoveryNameMissing, RecoveryUnready
from sscard_desk.domain.errors.staff import AccountEnded, AccountNotListed
from sscard_desk.domain.errors.store import DatabaseKeyWrong
from sscard_desk.ports.rescue import Rescue, Rescued, RescueStanding
from sscard_desk.ui.rescue.state import RescueState, Stage
from sscard_desk.ui.serving.ports import Runner
from sscard_desk.ui.words import advice_of, message_of, say

LANE: Final = "store"


class View(Protocol):
    """What shows the page."""

    def show_state(self, state: RescueState) -> None:
        """Show it."""

    def clear_passwords(self) -> None:
        """Empty every field with a password."""


class RescuePresenter:
    """The rescue's page.

    Args:
        view: the page.
        runner: the lanes.
        rescue: asks the centre and takes its answer.
        leave: the sign-in page again; with the name to sign in with where there is one now.
    """

    def __init__(self, view: View, runner: Runner, rescue: Rescue, leave: Callable[[str], None]) -> None:
        self._view, self._runner, self._rescue, self._leave = view, runner, rescue, leave
        self.state = RescueState()
        self._show()

    def opened(self) -> None:
        """The page came into view: look how far a rescue is here."""
        self._set(RescueState(busy=say("rescue.looking")))
        self._runner.submit(LANE, self._rescue.standing, self._looked, self._failed)

    def typed(self, field: str, text: str) -> None:
        """A key in a field; what was wrong with it may be mended by that. Passwords stay in their fields."""
        state = replace(self.state, trouble="", advice="")
        match field:
            case "password":
                state = replace(state, password_error=None, again_error=None)
            case "again":
                state = replace(state, again_error=None)
            case "answer":
                state = replace(state, answer=text, answer_error=None, came_from="")
            case _:
                state = replace(state, login=text)
        self._set(state)

    def ask(self, password: str, again: str) -> None:
        """Make the request."""
        if self.state.busy or self.state.stage is not Stage.CHOOSE:
            return
        if not password:
            self._set(replace(self.state, password_error=say("sign_in.password_missing")))
        elif password != again:
            self._set(replace(self.state, again_error=say("rescue.differ")))
        else:
            self._run("rescue.asking", lambda: self._rescue.ask(password), self._asked)

    def save(self, folder: str) -> None:
        """F7: write the request onto the stick."""
        request, rescue = self.state.request, self._rescue
        if folder and not self.state.busy and request:
            self._run(
                "rescue.saving", lambda: rescue.save(request, Path(folder)), lambda name: self._saved(folder, name)
            )

    def ask_again(self) -> None:
        """Begin anew, for example with a password that is remembered."""
        if not self.state.busy:
            self._view.clear_passwords()
            self._set(RescueState(Stage.CHOOSE))

    def answer_came(self) -> None:
        """Ctrl+Enter: the centre has answered."""
        if not self.state.busy and self.state.stage is Stage.SEND:
            self._set(replace(self.state, stage=Stage.ANSWER, trouble="", advice=""))

    def read(self, path: str) -> None:
        """F7: take the answer from the stick."""
        rescue = self._rescue
        if path and not self.state.busy:
            self._run("rescue.reading", lambda: rescue.read(Path(path)), lambda text: self._has_come(path, text))

    def finish(self, password: str) -> None:
        """Let the centre's answer open this desk."""
        state = self.state
        if state.busy or state.stage is not Stage.ANSWER:
            return
        if not state.answer.strip():
            self._set(replace(state, answer_error=say("rescue.answer_missing")))
        elif not self._rescue.is_whole(state.answer):
            self._set(replace(state, answer_error=say("rescue.answer_not_whole")))
        elif not password:
            self._set(replace(state, password_error=say("sign_in.password_missing")))
        else:
            answer, login, rescue = state.answer, state.login, self._rescue
            self._run("rescue.finishing", lambda: rescue.finish(answer, password, login), self._finished)

    def back(self) -> None:
        """Esc: a step back, and from the first to the sign-in page; what runs is waited for."""
        if self.state.busy and self.state.stage is not Stage.LOOKING:
            return
        if self.state.stage is Stage.ANSWER and self.state.request:
            self._set(replace(self.state, stage=Stage.SEND, trouble="", advice="", answer_error=None))
            return
        self._view.clear_passwords()
        self._leave(self.state.login if self.state.stage is Stage.DONE else "")

    # -- inner

    def _run(self, words: str, work: Callable[[], object], done: Callable[..., None]) -> None:
        state = replace(self.state, busy=say(words), trouble="", advice="")
        self._set(replace(state, password_error=None, again_error=None, answer_error=None))
        self._runner.submit(LANE, work, done, self._failed)

    def _looked(self, found: RescueStanding) -> None:
        if not found.ready:
            self._failed(RecoveryUnready())
        else:
            self._set(RescueState(Stage.SEND if found.request else Stage.CHOOSE, request=found.request))

    def _asked(self, request: str) -> None:
        self._view.clear_passwords()
        self._set(RescueState(Stage.SEND, request=request))

    def _saved(self, folder: str, name: str) -> None:
        self._set(replace(self.state, busy="", saved=str(Path(folder) / name)))

    def _has_come(self, path: str, text: str) -> None:
        wrong = None if self._rescue.is_whole(text) else say("rescue.file_is_no_answer")
        answer = text if wrong is None else self.state.answer
        came = Path(path).name if wrong is None else ""
        self._set(replace(self.state, busy="", answer=answer, answer_error=wrong, came_from=came))

    def _finished(self, done: Rescued) -> None:
        self._view.clear_passwords()
        self._set(RescueState(Stage.DONE, login=done.login, name=done.name))

    def _failed(self, error: DeskError) -> None:
        state = replace(self.state, busy="")
        match error:
            case PasswordTooShort():
                state = replace(state, password_error=message_of(error))
            case RecoveryNameMissing():
                state = replace(state, needs_login=True, trouble=message_of(error), advice=advice_of(error))
            case RoleMissing() | AccountNotListed() | AccountEnded():  # a request is answered once
                state = replace(state, trouble=message_of(error), advice=say("rescue.other_account"))
            case DatabaseKeyWrong():  # the answer opens the key of before
                state = replace(state, trouble=say("rescue.too_late"), advice=say("rescue.too_late_note"))
            case _:
                state = replace(state, trouble=message_of(error), advice=advice_of(error))
        if state.stage is Stage.LOOKING:
            state = replace(state, stage=Stage.UNREADY)
        self._set(state)

    def _set(self, state: RescueState) -> None:
        self.state = state
        self._show()

    def _show(self) -> None:
        self._view.show_state(self.state)
