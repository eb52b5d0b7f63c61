"""Close an application without a card: the applicant withdraws, it is refused, or a limit has passed."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from sscard_desk.domain.application import Application
from sscard_desk.domain.due import Due, DueItem, due_items
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.steps import Step
from sscard_desk.forms.closing import Closing, closing_reason, reasons_for
from sscard_desk.ui.closing.state import GIVE, ClosingState, ReasonLine
from sscard_desk.ui.serving.case_paper import CasePaper, Maker, print_at_once
from sscard_desk.ui.serving.leave import Leave, Unlock
from sscard_desk.ui.serving.material_words import both
from sscard_desk.ui.serving.serving import STORE, Serving
from sscard_desk.ui.serving.side_panel import due_words
from sscard_desk.ui.states import ActionState, Mark, Option, ToastState
from sscard_desk.ui.words import say
from sscard_desk.usecases import transfer_application as transfers
from sscard_desk.usecases.close_application import expire, refuse, withdraw
from sscard_desk.usecases.papers import REFUSAL_NOTICE, refusal_notice


class View(Protocol):
    """What shows the page for closing."""

    def show_state(self, state: ClosingState) -> None:
        """Show it."""


class ClosingPresenter:
    """The page for closing."""

    def __init__(self, serving: Serving, unlock: Unlock) -> None:
        self._serving = serving
        self.leave = Leave(unlock, self._refresh)
        self._notice, self._looking = CasePaper(serving, self._refresh), False
        self._state = ClosingState()
        self._views: list[View] = []

    def attach(self, view: View) -> None:
        """Show this page in a view."""
        self._views.append(view)
        view.show_state(self._state)

    # -- the path's calls

    def opened(self) -> None:
        """The page came into view."""
        passed = self._passed(self._serving.application)
        self._forget()
        self._state = ClosingState(can_expire=bool(passed), overdue=due_words(passed[0]) if passed else "")
        self._refresh()
        store, application = self._serving.counter.store, self._serving.application
        if transfers.may_go(application):
            self._serving.run(STORE, lambda: transfers.points(store), self._points_came)

    def closed(self) -> None:
        """Another page comes into view: no password stays behind."""
        self._forget()

    def stop(self) -> bool:
        """Esc: close the notice; otherwise go back to the station."""
        was_looking, self._looking = self._looking, False
        if was_looking:
            self._refresh()
        return was_looking

    def go_on(self) -> None:
        """Ctrl+Enter: close it; a refusal prints its notice."""
        act = self._state.act
        if self._looking or self._state.busy or not self._state.action.enabled:
            return
        if self._state.giving:
            self._give()
        if act is None:
            return
        application, counter = self._serving.application, self._serving.counter
        reason, code, today = self._reason(), self._state.code, counter.today()
        session = self.leave.session() if act is Closing.EXPIRED else lambda: counter.session
        self._state = replace(self._state, busy=True)
        self._refresh()

        def close() -> Application:
            match act:
                case Closing.WITHDRAWN:
                    return withdraw(counter.store, session(), application, reason)
                case Closing.REFUSED:
                    return refuse(counter.store, session(), application, reason, code)
                case Closing.EXPIRED:
                    return expire(counter.store, session(), application, reason, today)

        self._serving.run(STORE, close, self._closed, self._failed)

    # -- the clerk's words

    def choose(self, act: str) -> None:
        """How it ends, or that it goes on elsewhere."""
        if act == GIVE:
            if self._state.points and not self._state.busy:
                self.leave.forget()
                self._state = replace(self._state, act=None, giving=True, reasons=(), code="")
                self._refresh()
            return
        chosen = Closing(act)
        if self._state.busy or (chosen is Closing.EXPIRED and not self._state.can_expire):
            return
        reasons = tuple(ReasonLine(each.id, both(each.words), both(each.remedy)) for each in reasons_for(chosen))
        self._state = replace(self._state, act=chosen, giving=False, reasons=reasons, code="")
        self.leave.forget()
        self.leave.offer(offered=chosen is Closing.EXPIRED)
        self.leave.ask()
        self._refresh()

    def choose_reason(self, code: str) -> None:
        """One of the reasons of the data."""
        if any(line.code == code for line in self._state.reasons):
            self._state = replace(self._state, code=code)
            self._refresh()

    def choose_point(self, code: str) -> None:
        """Where it goes."""
        if self._state.giving and any(option.code == code for option in self._state.points):
            self._state = replace(self._state, point=code)
            self._refresh()

    def text_typed(self, text: str) -> None:
        """A key in the reason's field."""
        self._state = replace(self._state, text=text)
        self._refresh()

    def look(self) -> None:
        """Ctrl+P: the notice of refusal, as it will be printed."""
        if self._state.can_look:
            self._looking = True
            self._notice.draw(REFUSAL_NOTICE, self._refusal())
            self._refresh()

    # -- inner

    def _points_came(self, found: Sequence[transfers.Point]) -> None:
        self._state = replace(self._state, points=tuple(Option(each.code, each.name) for each in found))
        self._refresh()

    def _give(self) -> None:
        """Give it to the chosen service point."""
        application, counter, reason = self._serving.application, self._serving.counter, self._reason()
        option = next(option for option in self._state.points if option.code == self._state.point)
        to = transfers.Point(option.code, str(option.label))
        self._state = replace(self._state, busy=True)
        self._refresh()

        def give() -> Application:
            return transfers.give(counter.store, counter.session, application, to, reason)

        self._serving.run(STORE, give, self._given, self._failed)

    def _given(self, application: Application) -> None:
        self._forget()
        note = say("closing.done_transferred_note", number=application.number, point=application.point_name)
        self._serving.notify(ToastState(say("closing.done_transferred"), note))
        self._serving.wait()

    def _forget(self) -> None:
        self.leave.forget()
        self._notice.forget()
        self._looking = False

    def _refusal(self) -> Maker:
        """Return what makes the notice with the chosen reason and what was added to it."""
        press, code, added = self._serving.counter.press(), self._state.code, self._state.text.strip()
        return lambda application: refusal_notice(press, application, added, code)

    def _passed(self, application: Application) -> list[DueItem]:
        items = due_items(application, self._serving.counter.today())
        return [item for item in items if item.state is Due.OVERDUE]

    def _reason(self) -> str:
        """Return the reason as it is kept and printed: the chosen one in Chinese, and what was added to it."""
        chosen = closing_reason(self._state.code)
        parts = (chosen.words.zh if chosen else "", self._state.text.strip())
        return "；".join(part for part in parts if part)

    def _closed(self, application: Application) -> None:
        if application.step is Step.REFUSED:
            print_at_once(self._serving, application, self._refusal())
        self._forget()
        self._serving.notify(
            ToastState(
                say(f"closing.done_{application.step.value}"), say("closing.done_note", number=application.number)
            )
        )
        self._serving.wait()

    def _failed(self, error: DeskError) -> None:
        self._state = replace(self._state, busy=False)
        told = self.leave.refused(error)
        self._refresh()
        if not told:
            self._serving.tell(error)

    def _refresh(self) -> None:
        self.leave.because(self._reason())
        refused = self._state.act is Closing.REFUSED
        self._state = replace(
            self._state,
            leave=self.leave.state,
            can_look=refused and bool(self._reason()) and not self._state.busy,
            pages=self._notice.pages if self._looking else (),
            action=self._action(),
        )
        if self._looking and self._notice.error is not None:
            self._looking = False
            self._serving.tell(self._notice.error)
        for view in self._views:
            view.show_state(self._state)

    def _action(self) -> ActionState:
        act = self._state.act
        if self._state.giving:
            return self._give_action()
        if act is None:
            return ActionState(say("closing.act"), enabled=False, reason=say("closing.choose"), reason_mark=Mark.WARN)
        primary = say(f"closing.act_{act.value}")
        if self._state.busy:
            return ActionState(primary, enabled=False, reason=say("closing.keeping"), reason_mark=Mark.BUSY)
        if not self._reason():
            return ActionState(primary, enabled=False, reason=say("closing.need_reason"), reason_mark=Mark.WARN)
        lacks = self.leave.lacks if act is Closing.EXPIRED else ""
        if lacks:
            return ActionState(primary, enabled=False, reason=lacks, reason_mark=Mark.WARN)
        return ActionState(primary, reason=say("closing.final"), reason_mark=Mark.WARN)

    def _give_action(self) -> ActionState:
        primary = say("closing.act_transferred")
        if self._state.busy:
            return ActionState(primary, enabled=False, reason=say("closing.keeping"), reason_mark=Mark.BUSY)
        if not self._state.point:
            return ActionState(primary, enabled=False, reason=say("closing.need_point"), reason_mark=Mark.WARN)
        if not self._reason():
            return ActionState(primary, enabled=False, reason=say("closing.need_reason"), reason_mark=Mark.WARN)
        return ActionState(primary, reason=say("closing.goes_on_there"), reason_mark=Mark.WARN)
