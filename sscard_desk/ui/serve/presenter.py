"""Waiting for a person: an id card is laid, a number typed, a name searched, or the last work is gone on with."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, Protocol

from sscard_desk.domain.application import Application
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.device import IdCardNotRead, IdReaderMissing, IdReaderSilent
from sscard_desk.domain.id_card import IdCard
from sscard_desk.domain.ids import ApplicationId, PersonKey
from sscard_desk.domain.numbers.shown import grouped, masked, normalised
from sscard_desk.domain.steps import ENDED
from sscard_desk.ports.devices import Cancel
from sscard_desk.ports.store import Draft
from sscard_desk.ui.application_flow import Station, reachable
from sscard_desk.ui.id_scan.presenter import ID_SCAN
from sscard_desk.ui.serve.finder import Found, find, is_whole_number, judge, looks_like_number
from sscard_desk.ui.serve.state import ServeState
from sscard_desk.ui.serving.serving import STORE, Serving
from sscard_desk.ui.serving.side_panel import DUE_MARKS, due_words
from sscard_desk.ui.states import ActionState, Hit, Mark, ToastState
from sscard_desk.ui.words import Words, advice_of, message_of, say
from sscard_desk.usecases.counter import Counter
from sscard_desk.usecases.due_list import DueLine, due_list
from sscard_desk.usecases.find_returned import ScannedForm, find_form, form_code
from sscard_desk.usecases.identify import Identity, identify_card, identify_number, identify_person, read_card
from sscard_desk.usecases.typed_person import TYPED_PERSON, TypedPerson, forget_typed, last_typed

READER = "id_reader"
POLL_S = 2.0
"""One wait on the reader's lane; between two of them the lane can be used or stopped."""
SECOND: Final = "second_application"
"""Target of the notice that somebody has an application in work."""
MOST_DUE: Final = 8
"""Lines of the list of what is due; the page never scrolls for them."""
PAUSE_S = 3.0
"""How long a missing reader is left alone before it is looked for again."""


class View(Protocol):
    """What shows the start page."""

    def show_state(self, state: ServeState) -> None:
        """Show it."""


class ServePresenter:
    """The start page, and the search box of the top bar, which asks the same questions."""

    def __init__(self, serving: Serving) -> None:
        self._serving = serving
        self._state = ServeState(reader_mark=Mark.BUSY, reader=say("serve.reader_waits"))
        self._views: list[View] = []
        self._cancel: Cancel | None = None
        self._lies_there = ""
        self._found = Found("")
        self._resume: ApplicationId | TypedPerson | None = None

    def attach(self, view: View) -> None:
        """Show this page in a view."""
        self._views.append(view)
        view.show_state(self._state)

    # -- the frame's calls

    def opened(self) -> None:
        """The page came into view: watch the reader, and look for work that was cut off."""
        self._show(replace(self._state, typed="", error=None, warning="", hits=(), busy=False))
        self._watch_reader()
        counter = self._serving.counter
        store, today = counter.store, counter.today()
        self._serving.run(STORE, lambda: _last_work(counter), self._show_last)
        self._serving.run(STORE, lambda: due_list(store, today), self._show_due)

    def closed(self) -> None:
        """Another page comes into view: leave the reader alone."""
        if self._cancel is not None:
            self._cancel.set()
            self._cancel = None

    def go_on(self) -> None:
        """Ctrl+Enter: go on with the work that was cut off, if there is any."""
        self.resume()

    def stop(self) -> bool:
        """Esc: clear the field."""
        used = bool(self._state.typed)
        self.typed("")
        return used

    # -- the clerk's words

    def read(self) -> None:
        """F5: read the card that lies there, even if it was read before."""
        self._lies_there = ""
        self._show(replace(self._state, reader_mark=Mark.BUSY, reader=say("serve.reader_reads"), reader_note=""))
        self.closed()
        self._watch_reader()

    def reader_failed(self, error: DeskError) -> None:
        """The reader is missing, silent, or what it read could not be used; it is tried again by itself."""
        mark = Mark.ERR if isinstance(error, IdReaderMissing | IdReaderSilent) else Mark.WARN
        note = say("missing.advice", advice=advice_of(error), code=error.code)
        self._show(replace(self._state, reader_mark=mark, reader=message_of(error), reader_note=note))

    def scan_card(self) -> None:
        """F7: there is no reader, or it does not read: read the id card from its scan."""
        self._serving.begin_aside(ID_SCAN)

    def typed(self, text: str) -> None:
        """A key in the field or in the search box."""
        shown = grouped(text) if looks_like_number(text) else text
        self._show(replace(self._state, typed=shown, error=judge(text), warning=""))
        if not text.strip():
            self._found = Found("")
            self._show(replace(self._state, hits=(), busy=False))
            return
        counter = self._serving.counter
        self._serving.run(STORE, lambda: find(text, counter.persons, counter.store), self._show_found)

    def entered(self) -> None:
        """Enter: the number if it is one, otherwise the first hit."""
        text = self._state.typed
        error = judge(text, whole=True)
        if error is not None:
            self._show(replace(self._state, error=error))
        elif is_whole_number(text):
            self._identify_number(normalised(text))
        elif self._state.hits:
            self.choose(self._state.hits[0].key)
        elif text.strip():
            self._show(replace(self._state, error=say("serve.nobody")))

    def scanned(self, code: str) -> bool:
        """A scanner sent a code from anywhere: a form's opens its application, where it comes back if it does.

        Returns:
            Whether it was a form's code; any other is searched for as if it were typed.
        """
        serial = form_code(code)
        if serial is None:
            return False
        store = self._serving.counter.store
        self._serving.run(STORE, lambda: find_form(store, serial), self._form_found)
        return True

    def choose(self, key: str) -> None:
        """A line of the list was chosen."""
        kind, _, name = key.partition(":")
        if kind in {"application", "form"}:
            self._serving.open(ApplicationId(name), Station.FORM if kind == "form" else None)
            return
        person = next((each for each in self._found.persons if each.key == PersonKey(name)), None)
        if person is not None:
            store = self._serving.counter.store
            self._serving.run(STORE, lambda: identify_person(person, store), self._identified)

    def forget(self) -> None:
        """The person who was being typed will not be served: nothing of them stays."""
        if isinstance(self._resume, TypedPerson):
            counter = self._serving.counter
            self._serving.run(
                STORE, lambda: forget_typed(counter.store, counter.session), lambda _none: self._show_last(None)
            )

    def resume(self) -> None:
        """Go on with the work that was cut off."""
        if isinstance(self._resume, TypedPerson):
            self._identify_number(self._resume.number)
        elif self._resume is not None:
            self._serving.open(self._resume, Station.FORM)

    # -- inner

    def _watch_reader(self) -> None:
        cancel = self._cancel = Cancel()
        self._poll(cancel, 0.0)

    def _poll(self, cancel: Cancel, pause: float) -> None:
        reader = self._serving.counter.devices.id_reader

        def read() -> IdCard:
            cancel.wait(pause)
            return read_card(reader, cancel, POLL_S)

        self._serving.run(
            READER, read, lambda card: self._card_read(card, cancel), lambda e: self._not_read(e, cancel), cancel
        )

    def _card_read(self, card: IdCard, cancel: Cancel) -> None:
        if cancel.is_set():
            return
        if card.number == self._lies_there:  # served already and still on the reader
            self._poll(cancel, 1.0)
            return
        self._lies_there = card.number
        self._show(replace(self._state, reader_mark=Mark.OK, reader=say("serve.reader_read"), reader_note=""))
        counter = self._serving.counter
        self._serving.run(STORE, lambda: identify_card(card, counter.persons, counter.store), self._identified)

    def _not_read(self, error: DeskError, cancel: Cancel) -> None:
        if cancel.is_set():
            return
        if isinstance(error, IdCardNotRead):
            self._lies_there = ""
            self._show(
                replace(
                    self._state,
                    reader_mark=Mark.BUSY,
                    reader=say("serve.reader_waits"),
                    reader_note=say("serve.reader_hint"),
                )
            )
        else:
            self.reader_failed(error)
        self._poll(cancel, 0.0 if isinstance(error, IdCardNotRead) else PAUSE_S)

    def _identify_number(self, number: str) -> None:
        counter = self._serving.counter
        self._serving.run(STORE, lambda: identify_number(number, counter.persons, counter.store), self._identified)

    def _identified(self, identity: Identity) -> None:
        if identity.open_application is not None:
            number = identity.open_application.number
            self._serving.second = identity
            note = say("serve.opened_again_note", number=number)
            self._serving.notify(ToastState(say("serve.opened_again"), note, action=say("serve.second"), target=SECOND))
            self._serving.open(identity.open_application.id)
        else:
            self._serving.receive(identity)

    def _form_found(self, found: ScannedForm) -> None:
        station = Station.FORM if found.returned and reachable(found.application, Station.FORM) else None
        self._serving.open(found.application.id, station)

    def _show_found(self, found: Found) -> None:
        if grouped(found.text) != grouped(self._state.typed) and found.text != self._state.typed:
            return  # the user typed on
        self._found = found
        warning = say("serve.already_open", number=found.application.number) if found.application else ""
        self._show(replace(self._state, hits=found.hits(), warning=warning, busy=False))

    def _show_due(self, due: Sequence[DueLine]) -> None:
        """Show what is due today or overdue, one line for each application, and how many more there are."""
        first: dict[str, DueLine] = {}
        for line in due:
            first.setdefault(line.application.id, line)
        hits = tuple(_due_hit(line) for line in list(first.values())[:MOST_DUE])
        count: Words = say("due.count", count=len(first)) if first else ""
        self._show(replace(self._state, due=hits, due_count=count))

    def _show_last(self, last: TypedPerson | tuple[Application, Draft | None] | None) -> None:
        if isinstance(last, TypedPerson):
            self._resume = last
            self._show(
                replace(
                    self._state,
                    can_forget=True,
                    resume=say("serve.resume_person", name=last.typed.get("name") or "……", number=masked(last.number)),
                    resume_note=say("serve.resume_person_note"),
                    action=ActionState(primary=say("serve.resume_act"), back=False),
                )
            )
            return
        if last is None:
            self._resume = None
            nothing = ActionState(back=False)
            self._show(replace(self._state, resume="", resume_note="", can_forget=False, action=nothing))
            return
        application, draft = last
        self._resume = application.id
        step = say(f"missing.at.{application.step.value}")
        key = "serve.resume_field" if draft is not None and draft.field else "serve.resume_note"
        self._show(
            replace(
                self._state,
                can_forget=False,
                resume=say("serve.resume", name=application.name, number=application.number),
                resume_note=say(key, step=step),
                action=ActionState(primary=say("serve.resume_act"), back=False),
            )
        )

    def _show(self, state: ServeState) -> None:
        self._state = state
        for view in self._views:
            view.show_state(self._state)


def _due_hit(line: DueLine) -> Hit:
    application = line.application
    note = say("due.line", number=application.number, due=due_words(line.item))
    return Hit(f"application:{application.id}", application.name, note, DUE_MARKS[line.item.state])


def _last_work(counter: Counter) -> TypedPerson | tuple[Application, Draft | None] | None:
    """Return what has the newest draft, an application or who was being typed: where the clerk was at the end."""
    typed = last_typed(counter.store, counter.session, counter.today())
    draft = counter.store.last_draft()
    if draft is None or draft.application == TYPED_PERSON:
        return typed
    application = counter.store.application(draft.application)
    return None if application.step in ENDED else (application, draft)
