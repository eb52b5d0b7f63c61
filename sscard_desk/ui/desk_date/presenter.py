"""Setting the business date, in the supervisor's words. No Qt."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Final, Protocol

from sscard_desk.domain.desk_time import TimeKnown
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.desk_time import DayBeforeCentre, DayFarAhead
from sscard_desk.ports.clock import Clock
from sscard_desk.ports.store import Store
from sscard_desk.ui.desk_date.state import DeskDateState
from sscard_desk.ui.doctor.clock import clock_facts, clock_note, clock_state
from sscard_desk.ui.serving.leave import Leave, Unlock
from sscard_desk.ui.serving.ports import Runner
from sscard_desk.ui.states import ActionState, Mark, ToastState
from sscard_desk.ui.words import Words, advice_of, message_of, say
from sscard_desk.usecases.desk_time import set_date

LANE: Final = "store"
_DAY: Final = re.compile(r"(\d{4})[-./年]?(\d{1,2})[-./月]?(\d{1,2})日?", re.ASCII)
_OF_THE_DAY: Final = (DayBeforeCentre, DayFarAhead)


class View(Protocol):
    """What shows the page."""

    def show_state(self, state: DeskDateState) -> None:
        """Show it."""


class DeskDatePresenter:
    """The page of the business date.

    Args:
        view: the page.
        runner: the lanes.
        store: the desk's database.
        clock: this computer's.
        unlock: account and password of a supervisor to a session.
        done: gets the notice when a date was set; what depends on it looks anew.
        tell: says an error that is none of what was typed.
    """

    def __init__(
        self,
        view: View,
        runner: Runner,
        store: Store,
        clock: Clock,
        unlock: Unlock,
        *,
        done: Callable[[ToastState], None],
        tell: Callable[[ToastState], None],
    ) -> None:
        self._view, self._runner, self._store, self._clock = view, runner, store, clock
        self._done, self._tell = done, tell
        self._known: TimeKnown | None = None
        self.leave = Leave(unlock, self._show)
        self.state = DeskDateState()
        self._show()

    def opened(self) -> None:
        """The page came into view: look at the clock."""
        self.leave.offer(offered=True)
        self.leave.ask()
        self._runner.submit(LANE, self._store.time_known, self._looked, self._failed)

    def closed(self) -> None:
        """Another page comes into view: no password and no reason stays behind."""
        if self.leave.state.offered:
            self.leave.offer(offered=False)
            self.state = DeskDateState()
            self._show()

    def day_typed(self, text: str) -> None:
        """A key in the day's field."""
        self.state = replace(self.state, day=text, error="")
        self._show()

    def go_on(self) -> None:
        """Ctrl+Enter: set it."""
        day = day_of(self.state.day)
        if day is None or self.state.busy or self.leave.lacks:
            return
        session, reason = self.leave.session(), self.leave.state.reason.strip()
        self.state = replace(self.state, busy=True, error="")
        self._show()
        self._runner.submit(
            LANE,
            lambda: set_date(self._store, self._clock, session(), day, reason),
            lambda _none: self._set(day),
            self._failed,
        )

    # -- inner

    def _looked(self, known: TimeKnown) -> None:
        self._known = known
        if not self.state.day and known.centre_ms is not None:
            local = datetime.fromtimestamp(known.centre_ms / 1000, UTC).astimezone()
            self.state = replace(self.state, day=local.date().isoformat())
        self._show()

    def _set(self, day: date) -> None:
        self.closed()
        self._done(ToastState(say("date.done", day=day), say("date.done_note")))

    def _failed(self, error: DeskError) -> None:
        self.state = replace(self.state, busy=False)
        note = say("missing.advice", advice=advice_of(error), code=error.code)
        if isinstance(error, _OF_THE_DAY):
            self.state = replace(self.state, error=say("date.error", message=message_of(error), advice=note))
        elif not self.leave.refused(error):
            self._tell(ToastState(message_of(error), note, Mark.WARN))
        self._show()

    def _show(self) -> None:
        if self._known is not None:
            found = clock_state(self._known)
            trouble = found.trouble
            self.state = replace(
                self.state,
                mark=Mark.WARN if trouble is not None else Mark.OK,
                notice=message_of(trouble) if trouble is not None else clock_note(found),
                note=say("date.what_it_does"),
                facts=clock_facts(found),
            )
        self.state = replace(self.state, leave=self.leave.state, action=self._action())
        self._view.show_state(self.state)

    def _action(self) -> ActionState:
        lacks: Words = "" if day_of(self.state.day) is not None else say("date.need_day")
        lacks = lacks or self.leave.lacks
        reason, mark = (say("date.busy"), Mark.BUSY) if self.state.busy else (lacks, Mark.TODO if lacks else None)
        return ActionState(say("date.set"), enabled=not reason, reason=reason, reason_mark=mark)


def day_of(typed: str) -> date | None:
    """Return the day that was typed as 2026-11-26, 20261126 or 2026年11月26日; None where it is none."""
    found = _DAY.fullmatch(typed.strip())
    try:
        return date(*(int(part) for part in found.groups())) if found is not None else None
    except ValueError:
        return None
