"""Who it is, typed from a document that no reader read: which fields, checked by the form's own rules. No Qt."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from sscard_desk.domain.document_kind import DocumentKind
from sscard_desk.forms.checks import check_field
from sscard_desk.forms.codes import CodeTable
from sscard_desk.forms.definition import CODED, FormDefinition
from sscard_desk.forms.findings import Finding
from sscard_desk.forms.tidy import tidy
from sscard_desk.ui.serving.finding_words import say_finding
from sscard_desk.ui.states import FieldState
from sscard_desk.ui.words import Both, Words

_FOREIGN: Final = frozenset({DocumentKind.FOREIGN_2004, DocumentKind.FOREIGN_2017, DocumentKind.FOREIGN_2023})
_ON_CITIZEN: Final = ("name", "ethnic", "address", "valid_from", "valid_to", "authority")
_ON_FOREIGN: Final = ("name", "sex", "birth", "nationality", "valid_from", "valid_to", "authority")
_ON_HMT: Final = ("name", "address", "valid_from", "valid_to", "authority")


@dataclass(frozen=True)
class EntryField:
    """One field to be typed from the document.

    Attributes:
        id: the form's field.
        label: its name.
        required: whether nobody can be taken in without it.
        codes: the choices, None where it is typed.
        state: value and what is wrong with it.
    """

    id: str
    label: Words
    required: bool
    codes: CodeTable | None
    state: FieldState


@dataclass
class Entry:
    """What is typed of one person.

    Attributes:
        definition: the registration form, whose rules hold.
        known: answers that the number told.
        kind: the document, a `DocumentKind` word; it says which fields it bears.
        typed: what was typed, by field.
    """

    definition: FormDefinition
    known: Mapping[str, str] = field(repr=False)
    kind: str
    typed: dict[str, str] = field(default_factory=dict, repr=False)
    _shown: set[str] = field(default_factory=set)

    def names(self) -> tuple[str, ...]:
        """Return the fields that this document bears and its number does not tell, those that the form has."""
        kind = DocumentKind(self.kind)
        on_it = _ON_FOREIGN if kind in _FOREIGN else _ON_HMT if kind is DocumentKind.HMT_RESIDENT else _ON_CITIZEN
        return tuple(name for name in on_it if self.definition.has(name) and not self.known.get(name))

    def answers(self) -> dict[str, str]:
        """Return what was typed and is on this document, put right by its type."""
        return {
            name: tidy(self.definition.field(name), self.typed[name]) for name in self.names() if self.typed.get(name)
        }

    def type(self, name: str, text: str) -> None:
        """Take a key; an error goes with the key that mends it."""
        self.typed[name] = text
        if self.finding(name) is None:
            self._shown.discard(name)

    def settle(self, name: str) -> None:
        """The field was left: now it may say what is wrong; what nobody typed yet is not wrong, only missing."""
        if name not in self.typed:
            return
        self.typed[name] = tidy(self.definition.field(name), self.typed[name])
        if self.finding(name) is not None:
            self._shown.add(name)

    def finding(self, name: str) -> Finding | None:
        """Return what is wrong with a field; an empty one is wrong only where the form asks for it."""
        answers = {**self.known, "document_kind": self.kind, **self.answers()}
        found = check_field(self.definition, name, answers.get(name, ""), answers)
        return found if found is not None and found.verdict.blocks else None

    def first_open(self) -> str:
        """Return the first field that is missing or wrong, empty if none is."""
        return next((name for name in self.names() if self.finding(name) is not None), "")

    def show_open(self) -> None:
        """Let each field that is missing or wrong say so."""
        self._shown |= {name for name in self.names() if self.finding(name) is not None}

    def fields(self) -> tuple[EntryField, ...]:
        """Return the fields as they are shown."""
        return tuple(self._field(name) for name in self.names())

    def label(self, name: str) -> Words:
        """Return what a field is called."""
        words = self.definition.field(name).words
        return Both(words.zh, words.en)

    def _field(self, name: str) -> EntryField:
        defined = self.definition.field(name)
        finding = self.finding(name) if name in self._shown else None
        error = say_finding(finding) if finding is not None else None
        codes = defined.codes if defined.type in CODED else None
        state = FieldState(self.typed.get(name, ""), error=error)
        return EntryField(name, self.label(name), defined.required, codes, state)
