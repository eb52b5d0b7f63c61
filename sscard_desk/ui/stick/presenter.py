"""Carrying the exchange on a stick, in the clerk's words. No Qt."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from sscard_desk.domain.errors import DeskError
from sscard_desk.ports.devices import Cancel
from sscard_desk.ports.stick import BroughtBack, StickExchange, TakenOut, Waiting
from sscard_desk.ui.class_list.progress import Ticker
from sscard_desk.ui.serving.ports import Runner
from sscard_desk.ui.serving.print_words import trouble_words
from sscard_desk.ui.states import ActionState, Mark
from sscard_desk.ui.stick import telling
from sscard_desk.ui.stick.state import FileRow, StickAct, StickState
from sscard_desk.ui.words import Words, say

LANE = "network"


class View(Protocol):
    """What shows the page."""

    def show_state(self, state: StickState) -> None:
        """Show it."""


class StickPresenter:
    """The stick's page.

    Args:
        view: the page.
        runner: the lanes.
        exchange: the exchange by a stick.
        came: called when something came from the centre.
    """

    def __init__(self, view: View, runner: Runner, exchange: StickExchange, came: Callable[[], None]) -> None:
        self._view, self._runner, self._exchange, self._came = view, runner, exchange, came
        self._waiting: Waiting | None = None
        self._room: int | None = None
        self._said: tuple[Mark, Words, Words] | None = None
        self._cancel: Cancel | None = None
        self.state = StickState()
        self._show()

    def opened(self) -> None:
        """The page came into view."""
        self._said = None
        self._look()

    def stop(self) -> bool:
        """Esc: end what runs; return whether something did."""
        if self._cancel is None:
            return False
        self._cancel.set()
        self._end((Mark.WARN, say("stick.stopped"), say(f"stick.stopped_{self.state.act.value}")))
        return True

    def choose(self, act: str) -> None:
        """The other way."""
        if self._cancel is None and StickAct(act) is not self.state.act:
            self._said = None
            self.state = replace(self.state, act=StickAct(act), rows=())
            self._show()

    def choose_folder(self, folder: str) -> None:
        """F7: the stick's folder."""
        if self._cancel is None:
            self._said, self._room = None, None
            self.state = replace(self.state, folder=folder, rows=())
            self._look()

    def go_on(self) -> None:
        """Ctrl+Enter: do it."""
        if not self.state.action.enabled or self._cancel is not None:
            return
        cancel, folder, exchange = Cancel(), Path(self.state.folder), self._exchange
        tell = Ticker(self._runner.post, self.progress, cancel)
        self._cancel, self._said = cancel, None
        self.state = replace(self.state, share=0.0, rows=())
        self._show()
        if self.state.act is StickAct.TAKE:
            self._runner.submit(
                LANE, lambda: exchange.take_out(folder, cancel, tell), self._taken, self._failed, cancel
            )
        else:
            self._runner.submit(
                LANE, lambda: exchange.bring_back(folder, cancel, tell), self._brought, self._failed, cancel
            )

    def progress(self, share: float) -> None:
        """So much is done, 0 to 1."""
        if self._cancel is not None:
            self.state = replace(self.state, share=share)
            self._show()

    # -- inner

    def _look(self) -> None:
        self._show()
        exchange, folder = self._exchange, self.state.folder

        def look() -> tuple[Waiting, int | None]:
            return exchange.waiting(), exchange.room(Path(folder)) if folder else None

        self._runner.submit(LANE, look, self._looked, self._failed)

    def _looked(self, found: tuple[Waiting, int | None]) -> None:
        self._waiting, self._room = found
        self._show()

    def _taken(self, done: TakenOut) -> None:
        self._end(telling.taken(done), tuple(telling.taken_row(name, size) for name, size in done.files))

    def _brought(self, done: BroughtBack) -> None:
        rows = tuple(telling.brought_row(name, again=again) for name, again in done.files)
        self._end(telling.brought(done), rows)
        self._came()

    def _failed(self, error: DeskError) -> None:
        title, note, mark = trouble_words(error)
        self._end((mark, title, note))

    def _end(self, said: tuple[Mark, Words, Words], rows: tuple[FileRow, ...] = ()) -> None:
        self._cancel, self._said = None, said
        self.state = replace(self.state, share=None, rows=rows)
        self._show()

    def _show(self) -> None:
        running = self._cancel is not None
        act = self.state.act
        mark, notice, note = self._said or telling.standing(act, self._waiting, self._room)
        if running:
            mark, notice, note = Mark.BUSY, say(f"stick.running_{act.value}"), say("stick.leave_it_in")
        lacks = self._lacks()
        self.state = replace(
            self.state,
            mark=mark,
            notice=notice,
            note=note,
            action=ActionState(
                say(f"stick.do_{act.value}"),
                enabled=not lacks and not running,
                reason=lacks,
                reason_mark=Mark.TODO if lacks else None,
            ),
        )
        self._view.show_state(self.state)

    def _lacks(self) -> Words:
        if not self.state.folder:
            return say("stick.need_folder")
        small = self._waiting and self._room is not None and self._room < self._waiting.size
        return say("stick.need_room") if small and self.state.act is StickAct.TAKE else ""
