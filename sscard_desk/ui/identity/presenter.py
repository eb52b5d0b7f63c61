"""Step 1: hold the id card against the register, decide each difference, and open the application."""

from dataclasses import replace
from datetime import datetime
from typing import Final, Protocol

from sscard_desk.domain.application import Application
from sscard_desk.domain.comparison import Verdict
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.operator import AlreadyOpen
from sscard_desk.domain.id_card import IdCard
from sscard_desk.domain.numbers.shown import masked
from sscard_desk.forms.cases import EvidenceSource
from sscard_desk.ports.devices import Cancel
from sscard_desk.ui.application_flow import Station
from sscard_desk.ui.identity import telling
from sscard_desk.ui.identity.rows import Row, row_state, rows_of, rows_of_application
from sscard_desk.ui.identity.state import IdentityNotice, IdentityState
from sscard_desk.ui.identity.typed_entry import TypedEntry
from sscard_desk.ui.serving.leave import Leave, LeaveState, Unlock
from sscard_desk.ui.serving.material_words import both
from sscard_desk.ui.serving.person_strip import facts_of
from sscard_desk.ui.serving.serving import STORE, Serving
from sscard_desk.ui.states import (
    ActionState,
    ChipState,
    Decision,
    DifferenceState,
    Mark,
    Option,
    PanelLine,
    PersonState,
)
from sscard_desk.ui.words import Words, advice_of, message_of, say
from sscard_desk.usecases.identify import Identity, identify_card, identify_document, read_card, shown_as
from sscard_desk.usecases.open_application import open_application

READER: Final = "id_reader"
WAIT_S: Final = 10.0
_DECIDED_BY: Final = "%H:%M"


class View(Protocol):
    """What shows the identity page."""

    def show_state(self, state: IdentityState) -> None:
        """Show it."""


class IdentityPresenter:
    """The identity page."""

    def __init__(self, serving: Serving, unlock: Unlock) -> None:
        self._serving = serving
        self.leave = Leave(unlock, self._refresh)
        self._state = IdentityState()
        self._views: list[View] = []
        self._identity: Identity | None = None
        self._rows: tuple[Row, ...] = ()
        self._decided: dict[str, tuple[Decision, datetime]] = {}
        self._cancel: Cancel | None = None
        self._trouble: IdentityNotice | None = None
        self._entry = TypedEntry(serving, self._refresh, self._take_up)

    def attach(self, view: View) -> None:
        """Show this page in a view."""
        self._views.append(view)
        view.show_state(self._state)

    # -- the path's calls

    def opened(self) -> None:
        """The page came into view with a person who was identified, or with an application that is open."""
        identity = self._serving.identity
        if identity is not None and identity is not self._identity:
            self._identity, self._rows, self._decided, self._trouble = identity, rows_of(identity), {}, None
            self.leave.forget()
            self._entry.begin(identity)
        if identity is None:
            self._identity, self._rows = None, ()
            self._entry.end()
        self._refresh()

    def closed(self) -> None:
        """Another page comes into view: the reader is let go, no password stays behind."""
        self.leave.forget()
        self.stop()

    def stop(self) -> bool:
        """Esc: stop reading, or no exception after all."""
        if self._cancel is None:
            return self.leave.stop()
        self._cancel.set()
        self._cancel = None
        self._refresh()
        return True

    def go_on(self) -> None:
        """Ctrl+Enter: open the application with what was decided, or go on to the next open step."""
        if self._identity is None:
            if self._serving.dossier is not None:
                self._serving.go(Station.BANK)
            return
        if self._state.busy or not self._state.action.enabled:
            return
        if self._entry.show_missing():
            return
        identity, counter = self._identity, self._serving.counter
        taken = {
            field: self._decided[row.name][0] is Decision.TAKEN
            for row in self._rows
            for field in row.fields
            if row.name in self._decided
        }
        allow = self.leave.exemption()
        typed = self._entry.answers() if self._entry.begun else None

        def open_it() -> Application:
            who = identity
            if typed is not None:
                number = identity.answers["id_number"]
                who = identify_document(number, typed, counter.persons, counter.store, identity.source)
            return open_application(
                counter.store, counter.session, who, today=counter.today(), exemption=allow(), taken=taken
            )

        self._show(replace(self._state, busy=True))
        self._serving.run(STORE, open_it, self._opened_it, self._not_opened)

    # -- the clerk's words

    def take(self, field: str = "") -> None:
        """F8: take the card's value for a row, or for the current one."""
        self._decide(field or self._state.current, Decision.TAKEN)

    def keep(self, field: str = "") -> None:
        """Shift+F8: keep the register's value."""
        self._decide(field or self._state.current, Decision.KEPT)

    def undo(self) -> None:
        """Ctrl+Z: open the row again that was decided last."""
        if self._decided:
            self._decided.pop(list(self._decided)[-1])
            self._refresh()

    def read(self) -> None:
        """F5: read the card again; what it says replaces what was read before."""
        if self._identity is None or self._cancel is not None:
            return
        cancel = self._cancel = Cancel()
        reader = self._serving.counter.devices.id_reader
        self._show(replace(self._state, busy=True))
        self._serving.run(READER, lambda: read_card(reader, cancel, WAIT_S), self._read, self._not_read, cancel)

    def open_other(self) -> None:
        """Open the application that this person has already."""
        other = self._identity.open_application if self._identity else None
        if other is not None:
            self._serving.open(other.id)

    def choose_source(self, code: str) -> None:
        """What was shown where no card was read: it says how much the identity is worth, and what is asked for."""
        if self._identity is None:
            return
        chosen = self._sources().get(code)
        if chosen is not None:
            self._identity = self._serving.identity = shown_as(self._identity, chosen.id)
            self._entry.shown(self._identity)
            self._refresh()

    def typed(self, field: str, text: str) -> None:
        """A key in a field that is typed from the document."""
        self._entry.type(field, text)

    def left(self, field: str) -> None:
        """Such a field was left."""
        self._entry.leave(field)

    def next_missing(self) -> None:
        """Ctrl+E: go to the next field that is missing or wrong, and say what."""
        self._entry.show_missing()

    def ask_leave(self) -> None:
        """Open a second application although one is in work: ask the supervisor."""
        if self._identity is None:
            self._serving.open_second()
        self.leave.ask()

    # -- inner

    def _take_up(self, source: str) -> None:
        """Typing that broke off is gone on with: what was shown then is shown again."""
        code = next((code for code, each in self._sources().items() if each.id == source), "")
        self.choose_source(code)

    def _sources(self) -> dict[str, EvidenceSource]:
        return telling.offered(self._identity) if self._identity is not None else {}

    def _answers(self, identity: Identity) -> dict[str, str]:
        """Return what is known of the person now, with what was typed."""
        return identity.answers | self._entry.answers()

    def _opened_it(self, application: Application) -> None:
        self.leave.forget()
        self._serving.keep(application)

    def _decide(self, row: str, decision: Decision) -> None:
        wanted = next((each for each in self._rows if each.name == row), None)
        if wanted is not None and wanted.verdict is Verdict.DIFFERENT and not self._state.busy:
            self._decided.pop(row, None)
            self._decided[row] = (decision, self._serving.counter.clock.now())
            self._refresh()

    def _read(self, card: IdCard) -> None:
        if self._cancel is None:
            return
        self._cancel = None
        counter = self._serving.counter
        self._serving.run(STORE, lambda: identify_card(card, counter.persons, counter.store), self._serving.receive)

    def _not_read(self, error: DeskError) -> None:
        self._cancel = None
        note = say("missing.advice", advice=advice_of(error), code=error.code)
        self._trouble = IdentityNotice(Mark.WARN, message_of(error), note)
        self._refresh()

    def _not_opened(self, error: DeskError) -> None:
        if self.leave.refused(error):
            self._refresh()
            return
        if isinstance(error, AlreadyOpen):
            note = say("missing.advice", advice=advice_of(error), code=error.code)
            self._trouble = IdentityNotice(Mark.WARN, message_of(error), note)
        else:
            self._serving.tell(error)
        self._refresh()

    def _refresh(self) -> None:
        if self._identity is None:
            self._show_opened()
            return
        identity, counter = self._identity, self._serving.counter
        answers = self._answers(identity)
        self._serving.show_person(
            PersonState(
                name=answers.get("name", ""),
                number=masked(answers.get("id_number", "")),
                facts=facts_of(answers, counter.today()),
                chip=say("missing.origin.walk_in"),
            )
        )
        self.leave.offer(offered=identity.open_application is not None and bool(answers.get("name")))
        open_rows = tuple(row for row in self._differing() if row.name not in self._decided)
        self._show(
            IdentityState(
                chips=telling.chips(identity, len(open_rows)),
                titles=(
                    say("identity.title_field"),
                    say(f"identity.title_{telling.column(identity)}"),
                    say("identity.title_register"),
                    say("identity.title_result"),
                ),
                rows=tuple(self._row_state(row) for row in self._rows),
                current=open_rows[0].name if open_rows else "",
                notice=telling.notice(identity, answers.get("name", ""), self._trouble),
                action=self._action(identity, answers.get("name", ""), len(open_rows)),
                busy=self._cancel is not None,
                sources=tuple(Option(code, both(each.words)) for code, each in self._sources().items()),
                source=next(
                    (code for code, each in telling.offered(identity).items() if each.id == identity.source), ""
                ),
                entry=self._entry.fields(),
                entry_focus=self._entry.focus,
                entry_turn=self._entry.turn,
                leave=self.leave.state,
            )
        )
        lines = tuple(
            PanelLine(
                say("identity.differs", field=say(f"identity.row.{row.name}")),
                Mark.WARN,
                note=say("identity.how") if row is open_rows[0] else "",
                target=row.name,
            )
            for row in open_rows
        )
        todo = PanelLine(say("missing.todo.bank"), target=Station.BANK.value)
        note: Words = say("identity.to_decide", count=len(open_rows)) if open_rows else ""
        self._serving.describe(Station.IDENTITY, missing=(*lines, todo), note=note)

    def _show_opened(self) -> None:
        dossier = self._serving.dossier
        if dossier is None:
            self._show(IdentityState(action=ActionState(primary="")))
            return
        chips = (ChipState(say("identity.chip_decided"), Mark.OK, name="decided"),)
        self._show(
            IdentityState(
                chips=chips,
                titles=(
                    say("identity.title_field"),
                    say("identity.title_now"),
                    say("identity.title_before"),
                    say("identity.title_result"),
                ),
                rows=rows_of_application(dossier.application),
                action=ActionState(primary=say("shell.next", step=say("steps.bank"))),
                reread=False,
                leave=LeaveState(offered=self._can_open_second(dossier.application)),
            )
        )

    def _can_open_second(self, application: Application) -> bool:
        second = self._serving.second
        return second is not None and second.answers.get("id_number") == application.id_number

    def _differing(self) -> tuple[Row, ...]:
        return tuple(row for row in self._rows if row.verdict is Verdict.DIFFERENT)

    def _row_state(self, row: Row) -> DifferenceState:
        decision, when = self._decided.get(row.name, (Decision.OPEN, None))
        clerk = self._serving.counter.session.display_name
        return row_state(row, decision, clerk, f"{when.astimezone():{_DECIDED_BY}}" if when else "")

    def _action(self, identity: Identity, name: str, count: int) -> ActionState:
        if self.leave.state.open and not count:
            return self.leave.action(say("leave.act_open"))
        lacking = self._entry.open_label
        return telling.action(identity, count, known=bool(name), lacking=lacking, allowed=self.leave.state.open)

    def _show(self, state: IdentityState) -> None:
        self._state = state
        for view in self._views:
            view.show_state(state)
