"""Forms: their definitions, answers and editions (E110-119)."""

from dataclasses import dataclass
from typing import ClassVar

from sscard_desk.domain.errors.base import OperatorCanFix


@dataclass(eq=False)
class FormDefinitionWrong(OperatorCanFix):
    """A form definition breaks its schema; the position is exact.

    Attributes:
        file: folder and name.
        line: counted from 1; 0 where the file is not there.
        field: path of the key, for example `field[12].type`.
        reason: a word of `definition.toml` (`unknown_key`), or a sign that reads in every language.
        details: what the sentence of this reason fills in.
        item: id of the field, section, check or paragraph in which the key stands, if it has one.
        problems: how many problems the definition has in all; this one is the first.
    """

    code: ClassVar[str] = "E111"
    file: str
    line: int
    field: str
    reason: str
    details: tuple[tuple[str, str], ...] = ()
    item: str = ""
    problems: int = 1


@dataclass(eq=False)
class FormIncomplete(OperatorCanFix):
    """A form cannot be issued while fields are missing or wrong."""

    code: ClassVar[str] = "E112"
    fields: tuple[str, ...]


@dataclass(eq=False)
class CharacterNotDrawable(OperatorCanFix):
    """A form holds a character that no font here can draw; `fields` names where, never which character."""

    code: ClassVar[str] = "E113"
    fields: tuple[str, ...]


@dataclass(eq=False)
class TextDoesNotFit(OperatorCanFix):
    """An answer is too long for its place on the paper even in the smallest readable type."""

    code: ClassVar[str] = "E114"
    fields: tuple[str, ...]


@dataclass(eq=False)
class DefinitionsWrong(OperatorCanFix):
    """Some of the form definitions that were checked break their schema."""

    code: ClassVar[str] = "E115"
    wrong: int
    total: int
    problems: int


@dataclass(eq=False)
class FormUnknown(OperatorCanFix):
    """There is no form of this name, and no folder with a definition either."""

    code: ClassVar[str] = "E116"
    name: str


@dataclass(eq=False)
class EditionUnknown(OperatorCanFix):
    """This edition of a form is not on this computer: it neither came with the program nor through the feed."""

    code: ClassVar[str] = "E117"
    form: str
    edition: str


@dataclass(eq=False)
class AnswersUnreadable(OperatorCanFix):
    """A file of answers cannot be read as TOML or JSON, or holds something else than texts by field."""

    code: ClassVar[str] = "E118"
    line: int


@dataclass(eq=False)
class EditionTaken(OperatorCanFix):
    """An edition was published before with other content; signatures are bound to it, so it never changes."""

    code: ClassVar[str] = "E119"
    form: str
    edition: str
