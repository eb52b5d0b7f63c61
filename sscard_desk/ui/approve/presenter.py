"""Step 7: a supervisor signs off here with an own password, or at another desk, and this page sees it come."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final, Protocol

from sscard_desk.domain.application import Application
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.steps import Step
from sscard_desk.ports.session import Session
from sscard_desk.ui.application_flow import Station, decided_rows
from sscard_desk.ui.approve.state import ApproveState, CheckLine
from sscard_desk.ui.serving.dossier import Dossier
from sscard_desk.ui.serving.exceptions import granted
from sscard_desk.ui.serving.material_words import words_of_material
from sscard_desk.ui.serving.serving import STORE, Serving
from sscard_desk.ui.sign.telling import short_digest
from sscard_desk.ui.states import ActionState, ChipState, Mark, PanelLine, ToastState
from sscard_desk.ui.words import Words, advice_of, message_of, say
from sscard_desk.usecases.approve import approve

Unlock = Callable[[str, str], Session]
"""Account name and password to a session; raises PasswordWrong, AccountPaused, AccountUnknown. Takes about 0.2 s."""

_WAITS: Final = frozenset({Step.SIGNED, Step.APPROVAL_DEFERRED})


class View(Protocol):
    """What shows the approve page."""

    def show_state(self, state: ApproveState) -> None:
        """Show it."""


class ApprovePresenter:
    """The approve page."""

    def __init__(self, serving: Serving, unlock: Unlock) -> None:
        self._serving = serving
        self._unlock = unlock
        self._state = ApproveState()
        self._views: list[View] = []
        self._password = ""
        self._shown_for = ""
        self._looking = False

    def attach(self, view: View) -> None:
        """Show this page in a view."""
        self._views.append(view)
        view.show_state(self._state)

    # -- the path's calls

    def opened(self) -> None:
        """The page came into view, or the application changed."""
        application = self._serving.application
        if self._shown_for != application.id:
            self._shown_for, self._password = application.id, ""
            self._state = ApproveState(clear_password=self._state.clear_password + 1)
        self._state = replace(self._state, busy=False)
        self._refresh()

    def closed(self) -> None:
        """Another page comes into view: no password stays behind."""
        self._forget()

    def stop(self) -> bool:
        """Esc: nothing here takes long enough to be stopped."""
        return False

    def go_on(self) -> None:
        """Ctrl+Enter: approve with the password that was typed, or go on where it is approved."""
        application = self._serving.application
        if application.approval is not None:
            self._serving.go(Station.CARD)
        elif self._state.action.enabled and not self._state.busy:
            self._approve(application)

    # -- the supervisor's words

    def account_typed(self, text: str) -> None:
        """A key in the account's field."""
        self._state = replace(self._state, account=text, error="", error_note="", error_code="")
        self._refresh()

    def password_typed(self, text: str) -> None:
        """A key in the password's field; the password stays out of every state."""
        self._password = text
        self._state = replace(self._state, error="", error_note="", error_code="")
        self._refresh()

    def look_again(self) -> None:
        """F5, and every few seconds: see whether another desk approved meanwhile."""
        if self._looking or self._serving.here is not Station.APPROVE or self._serving.dossier is None:
            return
        self._looking = True
        store, application = self._serving.counter.store, self._serving.application
        self._serving.run(STORE, lambda: store.application(application.id), self._looked, self._not_looked)

    # -- inner

    def _approve(self, application: Application) -> None:
        account, password = self._state.account.strip(), self._password
        store = self._serving.counter.store
        self._state = replace(self._state, busy=True)
        self._refresh()

        def work() -> Application:
            return approve(store, self._unlock(account, password), application)

        self._serving.run(STORE, work, self._approved, self._refused)

    def _approved(self, application: Application) -> None:
        self._forget()
        self._serving.notify(ToastState(say("approve.done_toast")))
        self._serving.keep(application)

    def _refused(self, error: DeskError) -> None:
        self._forget()
        self._state = replace(
            self._state, busy=False, error=message_of(error), error_note=advice_of(error), error_code=error.code
        )
        self._refresh()

    def _looked(self, application: Application) -> None:
        self._looking = False
        dossier = self._serving.dossier
        if dossier is not None and dossier.application.version != application.version:
            self._serving.keep(application, go_on=application.approval is not None)

    def _not_looked(self, error: DeskError) -> None:
        self._looking = False
        self._serving.tell(error)

    def _forget(self) -> None:
        self._password = ""
        self._state = replace(self._state, clear_password=self._state.clear_password + 1)

    def _refresh(self) -> None:
        dossier = self._serving.dossier
        if dossier is None:
            return
        application = dossier.application
        approved = application.approval
        waits = application.step in _WAITS
        who = dossier.name_of(approved.by) if approved is not None else ""
        done: Words = say("approve.done", who=who) if approved is not None else ""
        locked: Words = "" if waits or approved is not None else say("approve.locked")
        chip = ChipState(say("approve.chip_waits"), Mark.BUSY, name="approval")
        if approved is not None:
            chip = ChipState(say("approve.chip_done"), Mark.OK, name="approval")
        elif locked:
            chip = ChipState(say("approve.chip_not_yet"), Mark.TODO, name="approval")
        self._state = replace(
            self._state,
            chips=(chip,),
            checks=checks_of(dossier),
            taken_by=say("approve.taken_by", who=dossier.name_of(application.opened_by)),
            waiting=say("approve.waiting") if waits else "",
            done=done,
            locked=locked,
            action=self._action(approved=approved is not None, locked=locked),
        )
        for view in self._views:
            view.show_state(self._state)
        line = PanelLine(say("missing.todo.approve"), Mark.BUSY, note=say("approve.how"), target="approve")
        self._serving.describe(Station.APPROVE, missing=(line,) if waits and approved is None else ())

    def _action(self, *, approved: bool, locked: Words) -> ActionState:
        if approved:
            return ActionState(say("shell.next", step=say("steps.card")))
        primary = say("approve.act")
        if locked:
            return ActionState(primary, enabled=False, reason=locked, reason_mark=Mark.WARN)
        if self._state.busy:
            return ActionState(primary, enabled=False, reason=say("approve.checking"), reason_mark=Mark.BUSY)
        if not self._state.account.strip() or not self._password:
            return ActionState(primary, enabled=False, reason=say("approve.reason"), reason_mark=Mark.WARN)
        return ActionState(primary)


def checks_of(dossier: Dossier) -> tuple[CheckLine, ...]:
    """Return what a supervisor looks at before signing off, the exceptions of others among it."""
    application = dossier.application
    taken = decided_rows(application, taken=True)
    return (
        CheckLine(
            say("approve.identity"),
            say(f"approve.by_{application.evidence}"),
            Mark.OK if application.evidence == "chip" else Mark.WARN,
        ),
        CheckLine(say("approve.differences"), say("approve.decided", count=decided_rows(application), taken=taken)),
        CheckLine(say("approve.bank"), application.bank_name, Mark.OK if application.bank else Mark.WARN),
        CheckLine(
            say("approve.photo"),
            say(f"missing.photo.{application.photo_source}") if application.photo else say("missing.note.exempt"),
            Mark.OK if application.photo_settled else Mark.WARN,
        ),
        CheckLine(
            say("approve.materials"),
            say("approve.list", names=tuple(words_of_material(each.name) for each in application.materials)),
        ),
        CheckLine(
            say("approve.signatures"),
            say("approve.bound", digest=short_digest(application.digest)),
            Mark.OK if application.valid_signatures() else Mark.WARN,
        ),
        *(
            CheckLine(say("leave.granted_title", what=each.title), each.words, Mark.WARN, name=f"granted_{each.what}")
            for each in granted(dossier)
        ),
    )
