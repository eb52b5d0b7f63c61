"""How fields of a scanned id card are said: values in words, and what each proposal was held against."""

from typing import Final

from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.id_scan import ScannedField, ScanVerdict
from sscard_desk.domain.numbers.shown import grouped
from sscard_desk.forms.codes import table
from sscard_desk.ui.id_scan.state import PORTRAIT, ScanRow
from sscard_desk.ui.serving.material_words import both
from sscard_desk.ui.serving.person_strip import code_words
from sscard_desk.ui.states import Mark, Option
from sscard_desk.ui.words import Words, message_of, say
from sscard_desk.usecases.identify_scan import ScanTrouble

_CODED: Final = frozenset({"sex", "ethnic"})

_MARKS: Final = {
    ScanVerdict.CHECKED: Mark.TODO,
    ScanVerdict.UNCHECKED: Mark.TODO,
    ScanVerdict.DOUBTFUL: Mark.WARN,
    ScanVerdict.CONTRADICTS: Mark.ERR,
    ScanVerdict.MISSING: Mark.WARN,
}


def row_of(field: ScannedField, confirmed: str | None) -> ScanRow:
    """Return a field's line in the list; what was confirmed stands before what was proposed."""
    text = field.text if confirmed is None else confirmed
    if confirmed is not None:
        changed = confirmed != field.text
        note = say("id_scan.confirmed_changed" if changed else "id_scan.confirmed")
        return ScanRow(field.name, label_of(field.name), _words(field.name, text), Mark.OK, note)
    note = say(f"id_scan.verdict.{field.verdict.value}")
    return ScanRow(field.name, label_of(field.name), _words(field.name, text), _MARKS[field.verdict], note)


def portrait_row(*, confirmed: bool) -> ScanRow:
    """Return the last line: the person beside the portrait."""
    note = say("id_scan.same_person" if confirmed else "id_scan.compare")
    return ScanRow(PORTRAIT, label_of(PORTRAIT), "", Mark.OK if confirmed else Mark.TODO, note)


def label_of(name: str) -> Words:
    """Return a field's name for people."""
    return say(f"id_scan.field.{name}")


def shown_value(field: ScannedField, text: str) -> str:
    """Return what stands in the field: an answer, numbers grouped."""
    return grouped(text) if field.name == "id_number" else text


def field_options(name: str) -> tuple[Option, ...]:
    """Return the codes of a field that has some."""
    if name not in _CODED:
        return ()
    return tuple(Option(row.code, both(row.words), row.initials) for row in table(name).rows)


def hint_of(field: ScannedField) -> Words:
    """Return in a sentence what the proposal was held against."""
    return say(f"id_scan.hint.{field.verdict.value}")


def error_words(trouble: ScanTrouble | DeskError | None) -> Words | None:
    """Return why a field cannot be confirmed."""
    if trouble is None:
        return None
    return message_of(trouble) if isinstance(trouble, DeskError) else say(f"id_scan.trouble.{trouble.value}")


def _words(name: str, text: str) -> Words:
    if name in _CODED and text:
        return code_words(name, text)
    return grouped(text) if name == "id_number" else text
