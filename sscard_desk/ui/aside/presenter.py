"""Somebody looks at what the centre did not take, and puts it right: one way for each line."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from sscard_desk.domain.errors import DeskError
from sscard_desk.forms.definition import FormDefinition
from sscard_desk.ports.conflicts import Conflict
from sscard_desk.ui.aside import rows as said
from sscard_desk.ui.aside.acting import Acting
from sscard_desk.ui.aside.state import MINE, THEIRS, AsideRow, AsideState
from sscard_desk.ui.serving.leave import Leave, Unlock
from sscard_desk.ui.serving.serving import STORE, Serving
from sscard_desk.ui.states import ActionState, Mark, ToastState
from sscard_desk.ui.words import Words, say
from sscard_desk.usecases import settle_conflict as settling
from sscard_desk.usecases import transfer_application as transfers
from sscard_desk.usecases.form_of import REGISTRATION, form_of
from sscard_desk.usecases.mending import Mend, Trouble, not_folded, troubles
from sscard_desk.usecases.settle_conflict import Sides
from sscard_desk.usecases.transfer_application import Question
from sscard_desk.wire.refusals import Refusal

REASONED = frozenset({Mend.WITHDRAW.value, said.ASK, said.DECLINE})
"""Ways for which a reason is asked."""


class View(Protocol):
    """What shows the page."""

    def show_state(self, state: AsideState) -> None:
        """Show it."""


@dataclass(frozen=True)
class _Found:
    """What was read, for one look."""

    troubles: tuple[Trouble, ...]
    questions: tuple[Question, ...]
    elsewhere: tuple[dict[str, str], ...]
    unfolded: dict[str, tuple[Conflict, ...]]
    """By subject: entries of other desks that do not fit here."""
    numbers: dict[str, str]
    """Numbers of the applications that they are about, where this desk has them."""
    places: dict[str, str]
    """Names of the other service points, their codes where they have none."""

    def lines(self) -> tuple[AsideRow, ...]:
        open_first = sorted(self.troubles, key=lambda each: each.decided)
        return (
            *(said.trouble_row(each) for each in open_first),
            *(said.question_row(each) for each in sorted(self.questions, key=lambda each: not each.ours)),
            *(said.elsewhere_row(row) for row in self.elsewhere),
            *(said.unfolded_row(found, self.numbers.get(subject, "")) for subject, found in self.unfolded.items()),
        )


class AsidePresenter:
    """The page of what the centre did not take."""

    def __init__(
        self,
        serving: Serving,
        unlock: Unlock,
        counted: Callable[[int], None] = lambda _count: None,
        moved: Callable[[], None] = lambda: None,
    ) -> None:
        """Make it.

        Args:
            serving: who is being served, and the lanes.
            unlock: account and password of a supervisor to a session.
            counted: hears how many lines wait for somebody, after each look.
            moved: something was recorded: the exchange has something to do.
        """
        self._serving, self._counted, self._moved = serving, counted, moved
        self.leave = Leave(unlock, self._refresh)
        self._state, self._views = AsideState(), list[View]()
        self._found = _Found((), (), (), {}, {}, {})
        self._sides: Sides | None = None
        self._definition: FormDefinition | None = None
        self._taken: dict[str, str] = {}

    def attach(self, view: View) -> None:
        """Show this page in a view."""
        self._views.append(view)
        view.show_state(self._state)

    def opened(self, subject: str = "") -> None:
        """The page came into view: read what there is, and look at this subject where one is named."""
        self.choose(subject)
        self.look()

    def look(self) -> None:
        """Read what there is, also while another page is in view."""
        store, own = self._serving.counter.store, self._serving.counter.store.desk

        def read() -> _Found:
            told = (dict(row) for row in store.reference("conflict"))
            elsewhere = tuple(row for row in told if not row.get("outcome") and row.get("desk") != own)
            places = {point.code: point.name or point.code for point in transfers.points(store)}
            unfolded, numbers = not_folded(store)
            return _Found(troubles(store), transfers.questions(store), elsewhere, unfolded, numbers, places)

        self._serving.run(STORE, read, self._read)

    def closed(self) -> None:
        """Another area comes into view: no password and nothing of anybody stays behind."""
        self._forget_way()
        self._refresh()

    def stop(self) -> bool:
        """Esc: leave the way that was begun; return whether there was one."""
        if not self._state.way:
            return False
        self._forget_way()
        self._refresh()
        return True

    # -- the clerk's words

    def choose(self, key: str) -> None:
        """Look at a line."""
        if key != self._state.chosen and any(row.key == key for row in self._state.rows):
            self._state = replace(self._state, chosen=key)
            self._forget_way()
            self._refresh()

    def choose_way(self, way: str) -> None:
        """Put it right in this way, once it is confirmed."""
        if self._state.busy or all(row.key != way for row in self._state.ways):
            return
        self._forget_way()
        self._state = replace(self._state, way=way)
        self.leave.offer(offered=way == Mend.KEEP_BOTH.value)
        self.leave.ask()
        if way == Mend.COMPARE.value:
            self._compare()
        self._refresh()

    def take(self, field: str, side: str) -> None:
        """Take one side in a field of the comparison."""
        if side in {MINE, THEIRS}:
            self._taken[field] = side
            self._refresh()

    def reason_typed(self, text: str) -> None:
        """A key in the reason's field."""
        self._state = replace(self._state, reason=text)
        self._refresh()

    def go_on(self) -> None:
        """Ctrl+Enter: put it right in the chosen way."""
        if self._state.busy or not self._state.action.enabled or not self._state.way:
            return
        trouble, question = self._trouble(), self._question()
        counter = self._serving.counter
        acting = Acting(counter.store, counter.session, self._state, self.leave.exemption())
        work = acting.answer(question) if question is not None else acting.mend(trouble) if trouble else None
        if work is not None:
            self._state = replace(self._state, busy=True)
            self._refresh()
            self._serving.run(STORE, work, lambda _none: self._done(), self._failed)

    # -- inner

    def _compare(self) -> None:
        trouble, counter = self._trouble(), self._serving.counter
        if trouble is None or trouble.application is None:
            return
        application = trouble.application

        def read() -> tuple[Sides, FormDefinition]:
            sides = settling.compared(counter.store, counter.persons, trouble)
            return sides, form_of(counter.store, application, REGISTRATION)

        def came(found: tuple[Sides, FormDefinition]) -> None:
            self._sides, self._definition = found
            self._refresh()

        self._serving.run(STORE, read, came, self._failed)

    def _read(self, found: _Found) -> None:
        self._found = found
        lines = found.lines()
        if all(row.key != self._state.chosen for row in lines):
            self._state = replace(self._state, chosen=lines[0].key if lines else "")
            self._forget_way()
        self._state = replace(self._state, rows=lines)
        waiting = sum(not each.decided for each in found.troubles) + sum(each.ours for each in found.questions)
        self._counted(waiting + len(found.elsewhere))
        self._refresh()

    def _done(self) -> None:
        title = next((row.title for row in self._state.rows if row.key == self._state.chosen), "")
        self._serving.notify(ToastState(say("aside.done"), say("aside.done_note", number=title)))
        self._forget_way()
        self._state = replace(self._state, busy=False)
        self._moved()
        self.look()

    def _failed(self, error: DeskError) -> None:
        self._state = replace(self._state, busy=False)
        told = self.leave.refused(error)
        self._refresh()
        if not told:
            self._serving.tell(error)

    def _forget_way(self) -> None:
        self.leave.offer(offered=False)
        self._sides, self._definition, self._taken = None, None, {}
        self._state = replace(self._state, way="", reason="", sides=())

    def _trouble(self) -> Trouble | None:
        return next((each for each in self._found.troubles if each.subject == self._state.chosen), None)

    def _question(self) -> Question | None:
        key = self._state.chosen.removeprefix("transfer:")
        if key == self._state.chosen:
            return None
        return next((each for each in self._found.questions if each.key == key), None)

    def _refresh(self) -> None:
        own, trouble, question = self._serving.counter.store.service_point, self._trouble(), self._question()
        sides, places = self._state.sides, self._found.places
        unfolded = self._found.unfolded.get(self._state.chosen.removeprefix(said.of_unfolded("")))
        if self._sides is not None and self._definition is not None:
            sides = said.side_rows(self._sides, self._definition, self._taken)
        second = trouble is not None and trouble.code is Refusal.ALREADY_OPEN
        way = self._state.way
        self._state = replace(
            self._state,
            why=said.why_of(trouble, places) if trouble else said.unfolded_why(unfolded) if unfolded else "",
            ways=said.ways_of(trouble, own, places) if trouble else said.question_ways(question) if question else (),
            sides=sides,
            from_register=second,
            asks_reason=way in REASONED or (second and way == Mend.COMPARE.value),
            leave=self.leave.state,
        )
        self._state = replace(self._state, action=self._action())
        for view in self._views:
            view.show_state(self._state)

    def _action(self) -> ActionState:
        primary, state = say("aside.go_on"), self._state
        if state.way == Mend.KEEP_BOTH.value and not state.busy:
            return self.leave.action(primary)
        held = self._held()
        if held is not None:
            return ActionState(primary, enabled=False, reason=held[0], reason_mark=held[1])
        if not state.sides:
            return ActionState(primary, enabled=bool(state.ways))
        mine = len(said.taken_mine(state.sides))
        counted = say("aside.compare.taken", mine=mine, theirs=len(state.sides) - mine)
        return ActionState(primary, reason=counted, reason_mark=Mark.OK)

    def _held(self) -> tuple[Words, Mark] | None:
        """Return why nothing can be recorded now, or None."""
        state = self._state
        if state.busy:
            return say("aside.busy"), Mark.BUSY
        if state.ways and not state.way:
            return say("aside.choose_way"), Mark.TODO
        if state.way == Mend.BEGIN_ANEW.value:
            return say("aside.by_administrator"), Mark.WARN
        lacks_reason = state.asks_reason and not state.reason.strip()
        return (say("aside.need_reason"), Mark.WARN) if lacks_reason else None
