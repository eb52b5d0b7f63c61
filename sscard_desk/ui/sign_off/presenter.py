"""A supervisor looks at what waits, signs off with the own password, or sends back with a reason."""

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.operator import OwnApplication, OwnSignature
from sscard_desk.domain.ids import ApplicationId, Role
from sscard_desk.ports.session import Session
from sscard_desk.ui.serving.ports import Runner
from sscard_desk.ui.serving.serving import STORE
from sscard_desk.ui.sign_off.detail import Folder, detail_of, read_folder, waiting_line
from sscard_desk.ui.sign_off.state import SignOffState
from sscard_desk.ui.states import ActionState, Mark, ToastState
from sscard_desk.ui.words import Words, advice_of, message_of, say
from sscard_desk.usecases.approve import approve, send_back
from sscard_desk.usecases.counter import Counter

Confirm = Callable[[str], Session]
"""The password of whoever is signed in to a session; raises PasswordWrong or AccountPaused. Takes about 0.2 s."""

BACK_TO = "materials_checked"


class View(Protocol):
    """What shows the sign-off page."""

    def show_state(self, state: SignOffState) -> None:
        """Show it."""


class SignOffPresenter:
    """The sign-off page."""

    def __init__(
        self, counter: Counter, runner: Runner, confirm: Confirm, notify: Callable[[ToastState], None]
    ) -> None:
        self._counter, self._runner, self._confirm, self._notify = counter, runner, confirm, notify
        self._state = SignOffState(allowed=counter.session.role is Role.SUPERVISOR)
        self._views: list[View] = []
        self._folders: tuple[Folder, ...] = ()
        self._marked: frozenset[str] = frozenset()
        self._password = ""

    def attach(self, view: View) -> None:
        """Show this page in a view."""
        self._views.append(view)
        view.show_state(self._state)

    def opened(self) -> None:
        """The page came into view, or something changed: read what waits."""
        if not self._state.allowed:
            self._refresh()
            return
        store, today = self._counter.store, self._counter.today()

        def read() -> tuple[Folder, ...]:
            return tuple(read_folder(store, each.id, today) for each in store.waiting_for_approval())

        self._runner.submit(STORE, read, self._read, self._failed)

    def closed(self) -> None:
        """Another page comes into view: no password stays behind."""
        self._forget()

    # -- the supervisor's words

    def choose(self, key: str) -> None:
        """Look at an application."""
        if key != self._state.chosen:
            self._forget()
            self._state = replace(self._state, chosen=key, reason="", sending_back=False, error="", error_note="")
            self._refresh()

    def mark(self, key: str) -> None:
        """Space: mark a line to be signed off with others, or not."""
        folder = self._folder(key)
        if folder is not None and not self._own(folder):
            self._marked ^= {key}
            self._refresh()

    def password_typed(self, text: str) -> None:
        """A key in the password's field; the password stays out of every state."""
        self._password = text
        self._state = replace(self._state, error="", error_note="")
        self._refresh()

    def reason_typed(self, text: str) -> None:
        """A key in the reason's field."""
        self._state = replace(self._state, reason=text)
        self._refresh()

    def go_on(self) -> None:
        """Ctrl+Enter: sign off what is marked, or what is in view; while a reason is asked for, send back."""
        if self._state.sending_back:
            self._send_back()
        elif self._state.action.enabled and not self._state.busy:
            self._approve()

    def ask_back(self) -> None:
        """Shift+F8: ask for the reason, then send back."""
        if self._state.detail is None or self._state.busy:
            return
        if self._state.sending_back:
            self._send_back()
        else:
            self._state = replace(self._state, sending_back=True, error="", error_note="")
            self._refresh()

    def stop(self) -> bool:
        """Esc: do not send back."""
        if not self._state.sending_back:
            return False
        self._state = replace(self._state, sending_back=False, reason="")
        self._refresh()
        return True

    # -- inner

    def _approve(self) -> None:
        chosen = [f for f in self._folders if f.dossier.application.id in self._marked] or [
            f for f in self._folders if f.dossier.application.id == self._state.chosen
        ]
        store, password, confirm = self._counter.store, self._password, self._confirm
        applications = [folder.dossier.application for folder in chosen]
        self._state = replace(self._state, busy=True)
        self._refresh()

        def work() -> int:
            session = confirm(password)
            for application in applications:
                approve(store, session, application)
            return len(applications)

        self._runner.submit(STORE, work, self._approved, self._failed)

    def _approved(self, count: int) -> None:
        self._forget()
        self._marked = frozenset()
        self._notify(ToastState(say("sign_off.approved", count=count), say("sign_off.approved_note")))
        self._state = replace(self._state, busy=False, chosen="")
        self.opened()

    def _send_back(self) -> None:
        folder = self._folder(self._state.chosen)
        reason = self._state.reason.strip()
        if folder is None or not reason or self._state.busy:
            return
        store, session, application = self._counter.store, self._counter.session, folder.dossier.application
        self._state = replace(self._state, busy=True)
        self._refresh()
        self._runner.submit(
            STORE, lambda: send_back(store, session, application, reason, BACK_TO), lambda _: self._sent(), self._failed
        )

    def _sent(self) -> None:
        self._notify(ToastState(say("sign_off.sent_back"), say("sign_off.sent_back_note"), Mark.OK))
        self._state = replace(self._state, busy=False, sending_back=False, reason="", chosen="")
        self.opened()

    def _failed(self, error: DeskError) -> None:
        self._forget()
        self._state = replace(self._state, busy=False, error=message_of(error), error_note=advice_of(error))
        self._refresh()

    def _read(self, folders: tuple[Folder, ...]) -> None:
        self._folders = folders
        keys = [folder.dossier.application.id for folder in folders]
        self._marked &= frozenset(keys)
        if self._state.chosen not in keys:
            mine_last = sorted(folders, key=self._own)
            self._state = replace(self._state, chosen=mine_last[0].dossier.application.id if mine_last else "")
        self._refresh()

    def _folder(self, key: str) -> Folder | None:
        return next((f for f in self._folders if f.dossier.application.id == ApplicationId(key)), None)

    def _own(self, folder: Folder) -> bool:
        return folder.dossier.application.worked_on_by(self._counter.session.account)

    def _forget(self) -> None:
        self._password = ""
        self._state = replace(self._state, clear_password=self._state.clear_password + 1)

    def _own_error(self, folder: Folder | None) -> Words:
        """Return why a supervisor cannot sign off what is in view; said before anybody types a password."""
        if folder is None or not self._own(folder):
            return ""
        taken_in = folder.dossier.application.opened_by == self._counter.session.account
        return message_of(OwnApplication() if taken_in else OwnSignature())

    def _refresh(self) -> None:
        session, now = self._counter.session, self._counter.clock.now()
        folder = self._folder(self._state.chosen)
        self._state = replace(
            self._state,
            lines=tuple(
                waiting_line(f, session.account, now, marked=f.dossier.application.id in self._marked)
                for f in self._folders
            ),
            detail=detail_of(folder, session.account, session.display_name) if folder is not None else None,
            own=self._own_error(folder),
            action=self._action(folder),
        )
        for view in self._views:
            view.show_state(self._state)

    def _action(self, folder: Folder | None) -> ActionState:  # noqa: PLR0911 - one return for each reason
        if not self._state.allowed or folder is None:
            return ActionState(back=False)
        if self._state.sending_back:
            primary = say("sign_off.send_back")
            if not self._state.reason.strip():
                return ActionState(
                    primary, enabled=False, reason=say("sign_off.reason_needed"), reason_mark=Mark.WARN, back=False
                )
            return ActionState(primary, back=False)
        count = len(self._marked)
        primary = say("sign_off.approve_marked", count=count) if count else say("sign_off.approve")
        if not count and self._own(folder):
            return ActionState(primary, enabled=False, reason=say("sign_off.own"), reason_mark=Mark.WARN, back=False)
        if self._state.busy:
            return ActionState(
                primary, enabled=False, reason=say("approve.checking"), reason_mark=Mark.BUSY, back=False
            )
        if not self._password:
            return ActionState(
                primary, enabled=False, reason=say("sign_off.password_needed"), reason_mark=Mark.WARN, back=False
            )
        return ActionState(primary, reason=say("sign_off.then_card"), back=False)
