"""Step 1: hold the id card against the register, decide each difference, and open the application."""

from dataclasses import replace
from datetime import datetime
from typing import Final, Protocol

from sscard_desk.domain.application import Application
from sscard_desk.domain.comparison import Verdict
from sscard_desk.domain.document_kind import DocumentKind
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.operator import AlreadyOpen
from sscard_desk.domain.evidence import Evidence
from sscard_desk.domain.id_card import IdCard
from sscard_desk.domain.numbers.shown import masked
from sscard_desk.forms.cases import EvidenceSource, evidence_sources
from sscard_desk.forms.definition import FormDefinition
from sscard_desk.ports.devices import Cancel
from sscard_desk.ui.application_flow import Station
from sscard_desk.ui.form.drafts import DraftKeeper
from sscard_desk.ui.identity.entry import Entry
from sscard_desk.ui.identity.rows import Row, row_state, rows_of, rows_of_application
from sscard_desk.ui.identity.state import IdentityNotice, IdentityState
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
from sscard_desk.usecases.form_of import REGISTRATION
from sscard_desk.usecases.identify import Identity, identify_card, identify_document, read_card, shown_as
from sscard_desk.usecases.name_on_card import name_on_card
from sscard_desk.usecases.open_application import open_application
from sscard_desk.usecases.typed_person import TYPED_PERSON, TypedPerson, typed_person

READER: Final = "id_reader"
WAIT_S: Final = 10.0
_OLD_KINDS: Final = frozenset({DocumentKind.FOREIGN_2004.value, DocumentKind.FOREIGN_2017.value})
"""Their numbers have the same shape: what was shown tells them apart."""
_NOT_AT_A_COUNTER: Final = frozenset({"id_card_chip", "id_card_scan", "class_list"})
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
        self._entry: Entry | None = None
        self._entry_focus, self._entry_turn = "", 0
        self._drafts = DraftKeeper(serving, lambda _at: None)

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
            self._begin_entry(identity)
        if identity is None:
            self._identity, self._rows, self._entry = None, (), None
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
        if self._entry is not None and (missing := self._entry.first_open()):
            self._entry.show_open()
            self._point(missing)
            return
        identity, counter = self._identity, self._serving.counter
        taken = {
            field: self._decided[row.name][0] is Decision.TAKEN
            for row in self._rows
            for field in row.fields
            if row.name in self._decided
        }
        allow = self.leave.exemption()
        typed = self._entry.answers() if self._entry is not None else None

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
        chosen = _offered(self._identity).get(code)
        if chosen is not None:
            self._identity = self._serving.identity = shown_as(self._identity, chosen.id)
            if self._entry is not None:
                self._entry.kind = self._identity.document_kind
            self._refresh()

    def typed(self, field: str, text: str) -> None:
        """A key in a field that is typed from the document."""
        if self._entry is not None:
            self._entry.type(field, text)
            self._keep(field)
            self._refresh()

    def left(self, field: str) -> None:
        """Such a field was left: now it may say what is wrong."""
        if self._entry is not None:
            self._entry.settle(field)
            self._keep(field)
            self._refresh()

    def next_missing(self) -> None:
        """Ctrl+E: go to the next field that is missing or wrong, and say what."""
        if self._entry is not None and (missing := self._entry.first_open()):
            self._entry.show_open()
            self._point(missing)

    def ask_leave(self) -> None:
        """Open a second application although one is in work: ask the supervisor."""
        if self._identity is None:
            self._serving.open_second()
        self.leave.ask()

    # -- inner

    def _begin_entry(self, identity: Identity) -> None:
        """Somebody who was neither read nor found is typed from the document that was shown."""
        self._entry = None
        if identity.card is not None or identity.person is not None:
            return
        store, today = self._serving.counter.store, self._serving.counter.today()

        def read() -> tuple[FormDefinition, TypedPerson | None]:
            return store.forms.current(REGISTRATION, today), typed_person(store.draft(TYPED_PERSON))

        def begin(found: tuple[FormDefinition, TypedPerson | None]) -> None:
            definition, before = found
            if self._identity is None or self._identity.answers["id_number"] != identity.answers["id_number"]:
                return
            self._entry = Entry(definition, identity.answers, self._identity.document_kind)
            if before is not None and before.number == identity.answers["id_number"]:
                self._take_up(self._entry, before)
            self._point(self._entry.first_open())

        self._serving.run(STORE, read, begin)

    def _take_up(self, entry: Entry, before: TypedPerson) -> None:
        """What was typed of this person before the program ended stands in its fields again."""
        entry.typed.update(before.typed)
        identity = self._identity
        if identity is not None and any(each.id == before.source for each in _offered(identity).values()):
            self._identity = self._serving.identity = shown_as(identity, before.source)
            entry.kind = self._identity.document_kind

    def _keep(self, field: str) -> None:
        if self._entry is not None and self._identity is not None:
            person = TypedPerson(self._identity.answers["id_number"], self._identity.source, self._entry.typed)
            self._drafts.keep(TYPED_PERSON, person.values(), field)

    def _point(self, field: str) -> None:
        self._entry_focus, self._entry_turn = field, self._entry_turn + 1
        self._refresh()

    def _answers(self, identity: Identity) -> dict[str, str]:
        """Return what is known of the person now, with what was typed."""
        return identity.answers | (self._entry.answers() if self._entry is not None else {})

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
                chips=self._chips(identity, len(open_rows)),
                titles=(
                    say("identity.title_field"),
                    say(f"identity.title_{_column(identity)}"),
                    say("identity.title_register"),
                    say("identity.title_result"),
                ),
                rows=tuple(self._row_state(row) for row in self._rows),
                current=open_rows[0].name if open_rows else "",
                notice=self._notice(identity),
                action=self._action(identity, len(open_rows)),
                busy=self._cancel is not None,
                sources=tuple(Option(code, both(each.words)) for code, each in _offered(identity).items()),
                source=next((code for code, each in _offered(identity).items() if each.id == identity.source), ""),
                entry=self._entry.fields() if self._entry is not None else (),
                entry_focus=self._entry_focus,
                entry_turn=self._entry_turn,
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

    def _chips(self, identity: Identity, count: int) -> tuple[ChipState, ...]:
        source = {
            "chip": ChipState(say("identity.chip_read"), Mark.OK, name="source"),
            "typed": ChipState(say("identity.chip_typed"), Mark.WARN, name="source"),
            "scanned": ChipState(say("identity.chip_scanned"), Mark.OK, name="source"),
            "electronic": ChipState(say("identity.chip_electronic"), Mark.WARN, name="source"),
            "register": ChipState(say("identity.chip_register"), Mark.WARN, name="source"),
        }[identity.evidence]
        free = identity.open_application is None
        chip = ChipState(say("identity.chip_free" if free else "identity.chip_open"), Mark.OK if free else Mark.WARN)
        open_ = (ChipState(say("identity.chip_differs", count=count), Mark.WARN, name="differs"),) if count else ()
        unknown = identity.person is None
        nobody = (ChipState(say("identity.chip_unknown"), Mark.WARN, name="unknown"),) if unknown else ()
        return (source, replace(chip, name="free"), *open_, *nobody)

    def _notice(self, identity: Identity) -> IdentityNotice | None:
        if identity.open_application is not None:
            number = identity.open_application.number
            title = say("identity.already_open", number=number)
            return IdentityNotice(Mark.WARN, title, say("identity.already_open_note"), say("identity.open_other"))
        name = self._answers(identity).get("name", "")
        if not name:
            return self._trouble or IdentityNotice(Mark.WARN, say("identity.nobody"), say("identity.nobody_note"))
        unwritable = name_on_card(name)
        if unwritable is not None and self._trouble is None:
            note = say("missing.advice", advice=advice_of(unwritable), code=unwritable.code)
            return IdentityNotice(Mark.WARN, message_of(unwritable), note)
        return self._trouble

    def _action(self, identity: Identity, count: int) -> ActionState:
        primary = say("shell.next", step=say("steps.bank"))
        if self.leave.state.open and not count:
            return self.leave.action(say("leave.act_open"))
        if identity.open_application is not None and not self.leave.state.open:
            return ActionState(primary, enabled=False, reason=say("identity.reason_open"), reason_mark=Mark.WARN)
        if not self._answers(identity).get("name") or (self._entry is not None and self._entry.first_open()):
            return self._lacking(primary)
        if count:
            reason = say("identity.reason_differs", count=count)
            return ActionState(primary, enabled=False, reason=reason, reason_mark=Mark.WARN)
        if identity.card is None:
            scanned = identity.evidence == Evidence.SCANNED
            reason = say("identity.ready_scan" if scanned else "identity.ready_unread")
            return ActionState(primary, reason=reason, reason_mark=Mark.OK if scanned else Mark.WARN)
        return ActionState(primary, reason=say("identity.ready"), reason_mark=Mark.OK)

    def _lacking(self, primary: Words) -> ActionState:
        """Return the action bar while it is not known who it is; its button leads to the first field that lacks."""
        entry = self._entry
        if entry is None:
            return ActionState(primary, enabled=False, reason=say("identity.reason_nobody"), reason_mark=Mark.WARN)
        reason = say("identity.reason_entry", field=entry.label(entry.first_open()))
        return ActionState(primary, reason=reason, reason_mark=Mark.WARN)

    def _show(self, state: IdentityState) -> None:
        self._state = state
        for view in self._views:
            view.show_state(state)


def _column(identity: Identity) -> str:
    """Return what the left column comes from: `chip`, `scan` or `typed`."""
    if identity.card is not None:
        return "chip"
    return "scan" if identity.evidence == Evidence.SCANNED else "typed"


def _offered(identity: Identity) -> dict[str, EvidenceSource]:
    """Return what can have been shown, by the number that is typed for it; nothing where a card was read."""
    if identity.card is not None or identity.evidence == Evidence.SCANNED:
        return {}
    old = identity.document_kind in _OLD_KINDS
    offered = (each for each in evidence_sources() if each.id not in _NOT_AT_A_COUNTER)
    return {str(at): each for at, each in enumerate((e for e in offered if old or not e.document_kind), start=1)}
