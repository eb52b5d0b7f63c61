"""A form as it was defined: sections, fields, conditions, cross-checks and the layout of screen and paper.

No source shows an official layout of these forms (process reference), so every form is data that a city replaces.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from sscard_desk.forms.codes import NO_CODES, CodeTable
from sscard_desk.forms.layout import PaperLayout
from sscard_desk.forms.words import Words


class FieldType(StrEnum):
    """What a field takes; each type brings its own check and its own way to be drawn."""

    TEXT = "text"
    NAME = "name"
    ID_NUMBER = "id_number"
    MOBILE = "mobile"
    PHONE = "phone"
    POSTCODE = "postcode"
    EMAIL = "email"
    ADDRESS = "address"
    CODE = "code"
    DATE = "date"
    DATE_OR_LONG = "date_or_long"
    REGION = "region"
    BANK = "bank"
    OUTLET = "outlet"
    TICK = "tick"
    PHOTO = "photo"
    SIGNATURE = "signature"
    BARCODE = "barcode"


CODED: Final = frozenset({FieldType.CODE, FieldType.REGION})
"""Types whose answer is a code of a table."""
GIVEN_ELSEWHERE: Final = frozenset({FieldType.SIGNATURE, FieldType.PHOTO})
"""Types that are given in steps of their own, not while the form is filled in."""
REGIONS: Final = "region"
"""The table of a region field that names none: GB/T 2260."""

LONG_TERM: Final = "长期"
"""The answer of a date without an end, as on the id card (domain reference B.3)."""
TICKED: Final = "yes"
"""The answer of a tick that is set; an empty answer is one that is not."""


@dataclass(frozen=True)
class Condition:
    """When a field is asked, or a cross-check holds.

    Exactly one shape is filled: `field` with one of the comparisons, or `all_of`, `any_of` or `none_of` others.

    Attributes:
        field: the field that is looked at.
        one_of: its answer is one of these codes.
        filled: it has an answer (True) or none (False).
        beyond_gbk: its answer holds a character that no card can hold (True), or none (False).
        age_below: the birth date in `field` lies fewer full years before the date in the field `on`.
        on: the field with the day on which age is counted.
    """

    field: str = ""
    one_of: tuple[str, ...] = ()
    filled: bool | None = None
    beyond_gbk: bool | None = None
    age_below: int | None = None
    on: str = ""
    all_of: tuple["Condition", ...] = ()
    any_of: tuple["Condition", ...] = ()
    none_of: tuple["Condition", ...] = ()

    def fields(self) -> frozenset[str]:
        """Return every field that this condition looks at."""
        inner = (part.fields() for part in (*self.all_of, *self.any_of, *self.none_of))
        return frozenset(name for name in (self.field, self.on) if name).union(*inner)


class ScreenWidth(StrEnum):
    """How much of the screen form's line a field takes."""

    HALF = "half"
    FULL = "full"
    NONE = "none"


@dataclass(frozen=True)
class FieldDefinition:
    """One question of a form.

    Attributes:
        id: what answers, journal and findings call it.
        section: the section in which it stands.
        type: what it takes.
        words: its label.
        required: an empty answer is a finding (while the field is visible).
        locked: comes from the id card or an earlier step and is not edited here.
        when: the condition under which it is asked; None means always.
        codes: the code table of a code or region field; `NO_CODES` for the others.
        most: longest answer in characters.
        screen: its width in the screen form; `none` leaves it to the paper.
        beside: a field that shares its line and label, for example sex / ethnic group.
        document_field: the field that says which document an id number stands on.
        words_field: the field that holds the words for this field's code, where the table is not ours (banks).
        bank_field: the field with the bank that an outlet belongs to.
        rare_field: the field in which a name is described or spelt out that no card can hold (beyond GBK).
        hint: what an empty field says, if anything.
    """

    id: str
    section: str
    type: FieldType
    words: Words
    required: bool = False
    locked: bool = False
    when: Condition | None = None
    codes: CodeTable = NO_CODES
    most: int = 70
    screen: ScreenWidth = ScreenWidth.HALF
    beside: str = ""
    document_field: str = ""
    words_field: str = ""
    bank_field: str = ""
    rare_field: str = ""
    hint: Words | None = None

    @property
    def table(self) -> str:
        """Name of the code table, empty where there is none."""
        return self.codes.name

    def label(self, language: str) -> str:
        """Return the label in this language."""
        return self.words(language)


@dataclass(frozen=True)
class Section:
    """A group of fields under one heading; `note` says where they come from, if that helps."""

    id: str
    words: Words
    note: Words | None = None

    def label(self, language: str) -> str:
        """Return the heading in this language."""
        return self.words(language)


class CheckKind(StrEnum):
    """What a cross-check compares."""

    DIFFERS = "differs"
    ORDERED = "ordered"
    ONE_OF = "one_of"
    AGREES_WITH_NUMBER = "agrees_with_number"
    BEGINS_WITH = "begins_with"


@dataclass(frozen=True)
class CrossCheck:
    """A rule between fields.

    Attributes:
        kind: what is compared.
        field: the field that gets the finding.
        other: the field that it is compared with.
        one_of: allowed codes, for `one_of`.
        when: the condition under which the rule holds.
        text: key of the message in `forms.toml`, empty where the form brings its own words.
        words: the form's own words, so that a city's rule is data alone.
        blocks: False makes it a warning.
    """

    kind: CheckKind
    field: str
    text: str = ""
    other: str = ""
    one_of: tuple[str, ...] = ()
    when: Condition | None = None
    words: Words | None = None
    blocks: bool = True


@dataclass(frozen=True)
class Prose:
    """A paragraph of a form in our own words: a consent, the declaration, a note."""

    id: str
    words: Words
    when: Condition | None = None


@dataclass(frozen=True)
class FormDefinition:
    """One form in one edition.

    Attributes:
        name: folder and short name, for example `registration`.
        letter: what form serials call it (`R`, `C`).
        words: its official name.
        edition: printed on every page; answers and signatures are bound to it.
        valid_from: first day of this edition.
        valid_to: last day, None while it has no end.
    """

    name: str
    letter: str
    words: Words
    edition: str
    valid_from: date
    valid_to: date | None
    sections: tuple[Section, ...]
    fields: tuple[FieldDefinition, ...]
    checks: tuple[CrossCheck, ...]
    prose: tuple[Prose, ...]
    paper: PaperLayout
    _by_id: dict[str, FieldDefinition] = field(init=False, repr=False, compare=False, hash=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_id", {each.id: each for each in self.fields})

    def holds_on(self, day: date) -> bool:
        """Return whether applications that begin on this day may take this edition."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def label(self, language: str) -> str:
        """Return the form's name in this language."""
        return self.words(language)

    def field(self, field_id: str) -> FieldDefinition:
        """Return one field.

        Raises:
            KeyError: the form has no such field.
        """
        return self._by_id[field_id]

    def has(self, field_id: str) -> bool:
        """Return whether the form has this field."""
        return field_id in self._by_id

    def paragraph(self, prose_id: str) -> Prose:
        """Return one paragraph.

        Raises:
            KeyError: the form has no such paragraph.
        """
        return {each.id: each for each in self.prose}[prose_id]

    def in_section(self, section_id: str) -> tuple[FieldDefinition, ...]:
        """Return the fields of one section in their order."""
        return tuple(each for each in self.fields if each.section == section_id)
