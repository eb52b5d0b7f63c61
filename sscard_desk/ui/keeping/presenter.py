"""How long this desk keeps what, what waits to be erased, and a person's request for it. No Qt."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Final, Protocol

from sscard_desk.domain.erasure import Erasure, ErasureRequest, RequestState
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.ids import Role
from sscard_desk.ports.erasures import ErasureBook, Standing
from sscard_desk.ports.session import Session
from sscard_desk.ui.keeping.state import BY, KeepingLine, KeepingState
from sscard_desk.ui.serving.ports import Runner
from sscard_desk.ui.serving.serving import STORE
from sscard_desk.ui.states import ActionState, Mark, ToastState
from sscard_desk.ui.words import advice_of, message_of, say

MOST_LINES: Final = 200
_KEY_SHOWN: Final = 8
"""Its end: keys begin with the time, and those of one minute alike."""
_MARKS: Final = {
    RequestState.UNSENT: Mark.BUSY,
    RequestState.ASKED: Mark.BUSY,
    RequestState.REFUSED: Mark.WARN,
    RequestState.WAITING: Mark.BUSY,
    RequestState.ERASED: Mark.OK,
}


class View(Protocol):
    """What shows the page."""

    def show_state(self, state: KeepingState) -> None:
        """Show it."""


class KeepingPresenter:
    """The page of keeping and erasing.

    Args:
        session: who is signed in.
        book: reads, and records a request.
        runner: the lanes.
        notify: says what was done.
    """

    def __init__(
        self, session: Session, book: ErasureBook, runner: Runner, notify: Callable[[ToastState], None]
    ) -> None:
        self._book, self._runner, self._notify = book, runner, notify
        self._state = KeepingState(may_ask=session.role in {Role.CLERK, Role.SUPERVISOR})
        self._views: list[View] = []

    def attach(self, view: View) -> None:
        """Show this page in a view."""
        self._views.append(view)
        self._refresh()

    def opened(self) -> None:
        """The page came into view, or F5: read anew."""
        self._runner.submit(STORE, self._book.standing, self._read, self._failed)

    def closed(self) -> None:
        """Another page comes into view: nothing that was typed about a person stays."""
        self._state = replace(self._state, number="", reason="", by=BY[0], notice="", note="")
        self._refresh()

    def typed(self, field: str, text: str) -> None:
        """A key in the number or the reason."""
        changed = replace(self._state, number=text) if field == "number" else replace(self._state, reason=text)
        self._state = replace(changed, notice="", note="")
        self._refresh()

    def choose_by(self, by: str) -> None:
        """Who asks."""
        self._state = replace(self._state, by=by)
        self._refresh()

    def go_on(self) -> None:
        """Ctrl+Enter: record the request."""
        if not self._state.action.enabled or self._state.busy:
            return
        book, number, by, reason = self._book, self._state.number.strip(), self._state.by, self._state.reason.strip()
        self._state = replace(self._state, busy=True, notice="", note="")
        self._refresh()
        self._runner.submit(STORE, lambda: book.ask(number, by, reason), lambda _: self._asked(), self._failed)

    # -- inner

    def _asked(self) -> None:
        self._state = replace(
            self._state, busy=False, number="", reason="", notice=say("keeping.asked"),
            note=say("erasure.notice"), mark=Mark.OK,
        )  # fmt: skip
        self._notify(ToastState(say("keeping.asked"), say("keeping.asked_note")))
        self.opened()

    def _failed(self, error: DeskError) -> None:
        self._state = replace(self._state, busy=False, notice=message_of(error), note=advice_of(error), mark=Mark.ERR)
        self._refresh()

    def _read(self, found: Standing) -> None:
        asked = [(each.asked, _request_line(each, found)) for each in found.requests]
        known = {each.subject for each in found.requests}
        asked += [(each.asked, _erasure_line(each, found)) for each in found.erasures if each.subject not in known]
        newest = sorted(asked, key=lambda each: each[0], reverse=True)[:MOST_LINES]
        self._state = replace(
            self._state,
            rule=say("keeping.rule", days=found.desk_days, backup=found.backup_days),
            lines=tuple(line for _, line in newest),
        )
        self._refresh()

    def _refresh(self) -> None:
        self._state = replace(self._state, action=self._action())
        for view in self._views:
            view.show_state(self._state)

    def _action(self) -> ActionState:
        primary, state = say("keeping.ask"), self._state
        if state.busy:
            return ActionState(primary, enabled=False, reason=say("keeping.busy"), reason_mark=Mark.BUSY)
        lacks = (
            say("keeping.need.role")
            if not state.may_ask
            else say("keeping.need.number")
            if not state.number.strip()
            else say("keeping.need.reason")
            if not state.reason.strip()
            else ""
        )
        return ActionState(primary, enabled=not lacks, reason=lacks, reason_mark=Mark.TODO if lacks else None)


def _request_line(one: ErasureRequest, found: Standing) -> KeepingLine:
    unsent = found.unsent.get(one.subject, 0)
    words = say(f"keeping.request.{one.state.value}", count=unsent, words=one.words)
    return KeepingLine(_what(one.subject, found), say("keeping.why.request"), _day(one.asked), words, _MARKS[one.state])


def _erasure_line(one: Erasure, found: Standing) -> KeepingLine:
    unsent = found.unsent.get(one.subject, 0)
    if one.waiting:
        words, mark = say("keeping.request.waiting", count=unsent, words=""), Mark.BUSY
    else:
        words, mark = say("keeping.request.erased", count=0, words=""), Mark.OK
    return KeepingLine(_what(one.subject, found), say(f"keeping.why.{one.why.value}"), _day(one.asked), words, mark)


def _what(subject: str, found: Standing) -> str:
    return found.numbers.get(subject) or f"…{subject[-_KEY_SHOWN:]}"


def _day(at: datetime) -> str:
    return f"{at.astimezone():%Y-%m-%d}"
