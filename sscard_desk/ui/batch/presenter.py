"""The batch page: choose a class, then lay in one card after another; no key is needed until it is done or stops."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic
from typing import Final, Protocol

from sscard_desk.domain.application import Application
from sscard_desk.domain.batch import Batch
from sscard_desk.domain.batch import BatchState as Where
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.cases import ListNotKept
from sscard_desk.ports.devices import Cancel
from sscard_desk.ui.batch import telling
from sscard_desk.ui.batch.state import BatchPhase, BatchState, PersonLine
from sscard_desk.ui.serving.print_words import trouble_words
from sscard_desk.ui.serving.serving import STORE, Serving
from sscard_desk.ui.states import ActionState, Mark, ToastState
from sscard_desk.ui.words import Words, say
from sscard_desk.usecases.batch_lineup import Lineup, groups, line_up, open_batch
from sscard_desk.usecases.card_desk import CardDesk
from sscard_desk.usecases.return_file import ReturnReport, ReturnState, export_return, import_return
from sscard_desk.usecases.run_batch import BatchProgress, BatchStage, run_batch

READER: Final = "card_reader"
WAIT_S: Final = 600.0
"""Nobody lays a card in for ten minutes: the batch is paused, and the reader is free again."""
_ENDS: Final = frozenset({BatchStage.PAUSED, BatchStage.DONE})
_REST_S: Final = 0.05  # between two reports of one card that are shown


class View(Protocol):
    """What shows the page."""

    def show_state(self, state: BatchState) -> None:
        """Show it."""


@dataclass(frozen=True)
class _Found:
    """What could be chosen."""

    batches: tuple[Batch, ...]
    groups: tuple[tuple[str, tuple[Application, ...]], ...]


class BatchPresenter:
    """The batch page."""

    def __init__(self, serving: Serving) -> None:
        self._serving = serving
        self._views: list[View] = []
        self._found = _Found((), ())
        self._batch: Batch | None = None
        self._lineup: Lineup | None = None
        self._progress: BatchProgress | None = None
        self._report: ReturnReport | None = None
        self._error: DeskError | None = None
        self._cancel: Cancel | None = None
        self._shown_at = 0.0
        self.state = BatchState()

    def attach(self, view: View) -> None:
        """Show this page in a view."""
        self._views.append(view)
        view.show_state(self.state)

    # -- the area's calls

    def opened(self) -> None:
        """The page came into view."""
        self._refresh()
        self.look()

    def closed(self) -> None:
        """Another page comes into view: the batch is paused, and nobody's name stays behind."""
        if self._cancel is not None:
            self._cancel.set()
        self._batch, self._lineup, self._progress, self._report, self._error = None, None, None, None, None
        self._found = _Found((), ())
        self.state = BatchState()

    def stop(self) -> bool:
        """Esc: pause the batch, or go back to the list; return whether there was either."""
        if self._cancel is not None:
            self._cancel.set()
            return True
        if self._batch is None and self._report is None and self._error is None:
            return False
        self._batch, self._lineup, self._progress, self._report, self._error = None, None, None, None, None
        self.look()
        return True

    def go_on(self) -> None:
        """Ctrl+Enter: open what is chosen, or run the batch in view."""
        if self._cancel is not None or not self.state.action.enabled:
            return
        if self._batch is not None:
            self._run(self._batch)
            return
        chosen = self.state.chosen
        if chosen < len(self._found.batches):
            self._show(self._found.batches[chosen])
        elif self._found.groups:
            self._open(*self._found.groups[chosen - len(self._found.batches)])

    # -- the clerk's words

    def look(self) -> None:
        """F5: read what there is."""
        store = self._serving.counter.store

        def read() -> _Found:
            return _Found(tuple(store.batches()), tuple(groups(store).items()))

        def came(found: _Found) -> None:
            self.listed(found.batches, found.groups)

        self._serving.run(STORE, read, came, self._failed)

    def choose(self, at: int) -> None:
        """The arrows reached a line."""
        if at != self.state.chosen:
            self.state = replace(self.state, chosen=at)
            self._refresh()

    def take_file(self, path: str) -> None:
        """F7: take a return file."""
        counter = self._serving.counter

        self._serving.run(
            STORE,
            lambda: import_return(counter.store, counter.session, counter.tables, Path(path)),
            self.reported,
            self._failed,
        )

    def export(self, path: str) -> None:
        """Write the return file of the batch in view."""
        counter, batch = self._serving.counter, self._batch
        if batch is None:
            return

        def work() -> int:
            try:
                return export_return(counter.store, counter.session, counter.tables, batch, Path(path))
            except OSError as error:
                raise ListNotKept(reason=error.strerror or "") from None

        def kept(count: int) -> None:
            self._serving.notify(ToastState(say("batch.exported", count=count), Path(path).name))

        self._serving.run(STORE, work, kept, self._failed)

    # -- inner

    def listed(self, batches: Sequence[Batch], people: Sequence[tuple[str, tuple[Application, ...]]]) -> None:
        """What could be chosen was read."""
        self._found = _Found(tuple(batches), tuple(people))
        self._refresh()

    def reported(self, report: ReturnReport) -> None:
        """A return file was taken."""
        self._report, self._batch, self._lineup = report, None, None
        self._refresh()

    def saw(self, progress: BatchProgress) -> None:
        """A report of the batch at work."""
        same_card = self._progress is not None and self._progress.stage is progress.stage is BatchStage.WORKING
        self._progress, self._batch, self._lineup = progress, progress.batch, progress.lineup
        if not (same_card and monotonic() - self._shown_at < _REST_S):
            self._refresh()

    def _open(self, name: str, people: tuple[Application, ...]) -> None:
        counter = self._serving.counter
        self._serving.run(
            STORE, lambda: open_batch(counter.store, counter.session, name, people), self._show, self._failed
        )

    def _show(self, batch: Batch) -> None:
        store = self._serving.counter.store
        self._error = None

        def came(lineup: Lineup) -> None:
            self._batch, self._lineup, self._progress = batch, lineup, None
            self._refresh()

        self._serving.run(STORE, lambda: line_up(store, batch), came, self._failed)

    def _run(self, batch: Batch) -> None:
        counter, cancel = self._serving.counter, Cancel()
        self._cancel, self._error = cancel, None
        desk = CardDesk(
            counter.store,
            counter.session,
            counter.devices.card_reader,
            counter.keys,
            counter.profile,
            counter.today(),
        )

        def report(progress: BatchProgress) -> None:
            self._serving.post(lambda: self.saw(progress) if self._cancel is cancel else None)

        self._refresh()
        self._serving.run(
            READER,
            lambda: run_batch(desk, batch.id, cancel, report, wait_s=WAIT_S),
            lambda ended: self._ended(cancel, ended),
            lambda error: self._broke(cancel, error),
        )

    def _ended(self, cancel: Cancel, batch: Batch) -> None:
        if self._cancel is not cancel:
            return
        self._cancel = None
        if self._progress is not None and self._progress.stage not in _ENDS:
            self._progress = None  # its last report comes too late to be shown
        if self._batch is not None:  # the page is still in view
            self._batch = batch
        self._refresh()

    def _broke(self, cancel: Cancel, error: DeskError) -> None:
        if self._cancel is cancel:
            self._cancel, self._progress = None, None
        self._failed(error)

    def _failed(self, error: DeskError) -> None:
        self._error = error
        self._refresh()

    def _refresh(self) -> None:
        state, batch, lineup, running = self.state, self._batch, self._lineup, self._running()
        if self._report is not None:
            state = self._of_report(self._report)
        elif batch is not None and lineup is not None:
            state = self._of_batch(batch, lineup, running=running)
        else:
            state = self._of_list()
        if self._error is not None:
            title, note, mark = trouble_words(self._error)
            state = replace(state, big_mark=mark, big=title, name="", note=note)
        self.state, self._shown_at = state, monotonic()
        for view in self._views:
            view.show_state(self.state)

    def _running(self) -> bool:
        at_work = self._progress is not None and self._progress.stage not in _ENDS
        return self._cancel is not None or at_work

    def _of_list(self) -> BatchState:
        groups_ = tuple(telling.group_line(name, people) for name, people in self._found.groups)
        lines: tuple[PersonLine, ...] = (*map(telling.batch_line, self._found.batches), *groups_)
        chosen = min(self.state.chosen, max(0, len(lines) - 1))
        old = chosen < len(self._found.batches)
        primary = say("batch.show" if old and lines else "batch.open")
        action = ActionState(primary, enabled=bool(lines), reason="" if lines else say("batch.none"))
        big: Words = say("batch.choose" if lines else "batch.nobody")
        return BatchState(
            big_mark=Mark.TODO,
            big=big,
            note=say("batch.choose_note"),
            lines=lines,
            listed=say("batch.listed", count=len(lines)),
            chosen=chosen,
            action=action,
        )

    def _of_batch(self, batch: Batch, lineup: Lineup, *, running: bool) -> BatchState:
        progress = self._progress
        done = progress is not None and progress.stage is BatchStage.DONE
        ended = done or batch.state in {Where.CLOSED, Where.RETURNED}
        if progress is not None:
            mark, big, note = telling.big(progress)
        else:
            mark, big, note = Mark.TODO, telling.state_words(batch), say("batch.begin_note")
        name = progress.application.name if progress is not None and progress.application is not None else ""
        if running and progress is None:
            mark, big, note = Mark.BUSY, say("batch.starting"), ""
        card = progress.card if progress is not None and progress.stage is BatchStage.WORKING else None
        share = card.done / len(card.lines) if card is not None and card.lines else 0.0 if card is not None else None
        again = batch.tries > 0 or batch.state is Where.PAUSED
        reason: Words = say("batch.running_reason") if running else say("batch.ended_reason") if ended else ""
        return BatchState(
            phase=BatchPhase.RUNNING if running else BatchPhase.READY,
            chips=telling.chips_of(batch, lineup),
            big_mark=mark,
            big=big,
            name=name,
            note=note,
            share=share,
            lines=telling.people_lines(lineup, progress.application if progress else None),
            listed=say("batch.listed_people", name=batch.name, count=len(batch.applications)),
            exportable=not running and batch.state is not Where.RETURNED,
            action=ActionState(
                say("batch.go_on" if again else "batch.run"),
                enabled=not running and not ended,
                reason=reason,
                reason_mark=Mark.BUSY if running else None,
            ),
        )

    def _of_report(self, report: ReturnReport) -> BatchState:
        counts = {each.value: len(report.of(each)) for each in ReturnState}
        wrong = counts["wrong"] + counts["failed"]
        return BatchState(
            phase=BatchPhase.READY,
            big_mark=Mark.WARN if wrong else Mark.OK,
            big=say("batch.taken", count=counts["taken"]),
            note=say("batch.taken_note", failed=counts["failed"], known=counts["known"], wrong=counts["wrong"]),
            lines=telling.report_lines(report),
            listed=say("batch.rows", count=len(report.rows)),
            action=ActionState(say("batch.show"), enabled=False, reason=say("batch.back_to_list")),
        )
