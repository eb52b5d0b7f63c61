"""Typing who it is from a document: the fields on screen, the field in turn, and the draft behind them. No Qt."""

from collections.abc import Callable

from sscard_desk.forms.definition import FormDefinition
from sscard_desk.ui.form.drafts import DraftKeeper
from sscard_desk.ui.identity.entry import Entry, EntryField
from sscard_desk.ui.serving.serving import STORE, Serving
from sscard_desk.ui.words import Words
from sscard_desk.usecases.form_of import REGISTRATION
from sscard_desk.usecases.identify import Identity
from sscard_desk.usecases.typed_person import TYPED_PERSON, TypedPerson, typed_person


class TypedEntry:
    """What is typed of the person in hand; nothing where a reader or the register said who it is.

    Args:
        serving: the counter and its lanes.
        changed: called when something else is to be shown.
        took_up: called with what was shown, when typing that broke off is gone on with.
    """

    def __init__(self, serving: Serving, changed: Callable[[], None], took_up: Callable[[str], None]) -> None:
        self._serving, self._changed, self._took_up = serving, changed, took_up
        self._entry: Entry | None = None
        self._identity: Identity | None = None
        self._drafts = DraftKeeper(serving, lambda _at: None)
        self.focus, self.turn = "", 0
        """The field in turn, and a number that grows when the focus is to go there."""

    def begin(self, identity: Identity) -> None:
        """Somebody else is in hand: begin where nobody was read or found, with what was typed of them before."""
        self.end()
        if identity.card is not None or identity.person is not None:
            return
        self._identity = identity
        store, today = self._serving.counter.store, self._serving.counter.today()

        def read() -> tuple[FormDefinition, TypedPerson | None]:
            return store.forms.current(REGISTRATION, today), typed_person(store.draft(TYPED_PERSON))

        def found(answer: tuple[FormDefinition, TypedPerson | None]) -> None:
            if self._identity is None or self._number() != identity.answers["id_number"]:
                return
            definition, before = answer
            self._entry = Entry(definition, identity.answers, self._identity.document_kind)
            if before is not None and before.number == self._number():
                self._entry.typed.update(before.typed)
                self._took_up(before.source)
            self._point(self._entry.first_open())

        self._serving.run(STORE, read, found)

    def end(self) -> None:
        """Nobody is typed any more."""
        self._entry = self._identity = None

    def shown(self, identity: Identity) -> None:
        """Something else was shown: it says which fields the document bears."""
        if self._identity is not None:
            self._identity = identity
        if self._entry is not None:
            self._entry.kind = identity.document_kind

    def type(self, field: str, text: str) -> None:
        """Take a key."""
        if self._entry is not None:
            self._entry.type(field, text)
            self._keep(field)

    def leave(self, field: str) -> None:
        """The field was left: now it may say what is wrong."""
        if self._entry is not None:
            self._entry.settle(field)
            self._keep(field)

    def show_missing(self) -> bool:
        """Go to the first field that is missing or wrong, and say what; return whether there is one."""
        if self._entry is None or not (missing := self._entry.first_open()):
            return False
        self._entry.show_open()
        self._point(missing)
        return True

    @property
    def open_label(self) -> Words | None:
        """What the first field is called that is missing or wrong, None if none is."""
        missing = self._entry.first_open() if self._entry is not None else ""
        return self._entry.label(missing) if self._entry is not None and missing else None

    @property
    def begun(self) -> bool:
        """Whether somebody is typed."""
        return self._entry is not None

    def answers(self) -> dict[str, str]:
        """Return what was typed, put right by its type."""
        return self._entry.answers() if self._entry is not None else {}

    def fields(self) -> tuple[EntryField, ...]:
        """Return the fields as they are shown."""
        return self._entry.fields() if self._entry is not None else ()

    def _number(self) -> str:
        return self._identity.answers["id_number"] if self._identity is not None else ""

    def _point(self, field: str) -> None:
        self.focus, self.turn = field, self.turn + 1
        self._changed()

    def _keep(self, field: str) -> None:
        if self._entry is not None and self._identity is not None:
            person = TypedPerson(self._number(), self._identity.source, self._entry.typed)
            self._drafts.keep(TYPED_PERSON, person.values(), field)
        self._changed()
