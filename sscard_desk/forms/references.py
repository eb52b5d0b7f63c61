"""Whether the parts of a definition fit: names that exist, fields of the right type, no question waiting for itself."""

import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final

from sscard_desk.forms.codes import NO_CODES
from sscard_desk.forms.definition import CODED, Condition, CrossCheck, FieldDefinition, FieldType
from sscard_desk.forms.load_questions import Questions
from sscard_desk.forms.node import Node, nearest
from sscard_desk.resources import resource

_DATES: Final = frozenset({FieldType.DATE, FieldType.DATE_OR_LONG})
_NAMED: Final[dict[str, frozenset[FieldType]]] = {
    "document_field": frozenset({FieldType.CODE}),
    "words_field": frozenset({FieldType.TEXT}),
    "bank_field": frozenset({FieldType.BANK}),
    "rare_field": frozenset({FieldType.TEXT}),
}
"""Keys that name another field, and the types that it may have."""
_HOLDERS: Final[dict[str, frozenset[FieldType]]] = {
    "document_field": frozenset({FieldType.ID_NUMBER}),
    "bank_field": frozenset({FieldType.OUTLET}),
    "rare_field": frozenset({FieldType.NAME}),
}
"""Types of the fields in which such a key stands; others may not have it."""


def check_references(root: Node, questions: Questions) -> None:
    """Note whatever names something that is not there, or something that cannot be meant."""
    for nodes, things in (
        (questions.section_nodes, questions.sections),
        (questions.field_nodes, questions.fields),
        (questions.prose_nodes, questions.prose),
    ):
        _unique(nodes, [thing.id for thing in things])
    for node, field in zip(questions.field_nodes, questions.fields, strict=True):
        _field(node, field, questions)
    for node, rule in zip(questions.check_nodes, questions.checks, strict=True):
        _rule(node, rule, questions)
    for node, paragraph in zip(questions.prose_nodes, questions.prose, strict=True):
        if paragraph.when is not None:
            _condition(node, paragraph.when, questions)
    _cycles(questions)
    if not questions.fields and root.sound:
        root.refuse("field", "missing", key="field")


def _unique(nodes: Sequence[Node], ids: Sequence[str]) -> None:
    seen: set[str] = set()
    for node, own in zip(nodes, ids, strict=True):
        if own and own in seen:
            node.refuse("id", "twice", id=own)
        seen.add(own)


def _field(node: Node, field: FieldDefinition, questions: Questions) -> None:
    if field.section and field.section not in questions.section_ids:
        known = nearest(field.section, sorted(questions.section_ids))
        node.refuse("section", "no_such_section", id=field.section, known=known)
    for key in ("beside", *_NAMED):
        other: str = getattr(field, key)
        if not other:
            continue
        holders = _HOLDERS.get(key)
        if holders is not None and field.type not in holders:
            node.refuse(key, "not_for_type", key=key, type=field.type.value)
        elif other == field.id:
            node.refuse(key, "itself", id=other)
        elif _known(node, key, other, questions) and key in _NAMED:
            _typed(node, key, questions.by_id[other], _NAMED[key])
    if field.when is not None:
        _condition(node, field.when, questions)


def _known(node: Node, key: str, field_id: str, questions: Questions) -> bool:
    if field_id in questions.field_ids:
        return True
    node.refuse(key, "no_such_field", id=field_id, known=nearest(field_id, sorted(questions.field_ids)))
    return False


def _typed(node: Node, key: str, field: FieldDefinition, types: Iterable[FieldType]) -> None:
    if field.type not in types:
        wanted = " | ".join(sorted(kind.value for kind in types))
        node.refuse(key, "wrong_type", id=field.id, type=field.type.value, wanted=wanted)


def _condition(node: Node, condition: Condition, questions: Questions) -> None:
    """Look at a condition and those inside it; whatever is wrong is told at `when`."""
    for part in (*condition.all_of, *condition.any_of, *condition.none_of):
        _condition(node, part, questions)
    known = [_known(node, "when", name, questions) for name in (condition.field, condition.on) if name]
    if not known or not all(known):
        return
    field = questions.by_id[condition.field]
    if condition.age_below is not None and condition.on:
        _typed(node, "when", field, _DATES)
        _typed(node, "when", questions.by_id[condition.on], _DATES)
    _codes(node, "when", field, condition.one_of)


def _codes(node: Node, key: str, field: FieldDefinition, codes: Iterable[str]) -> None:
    """Note a code that the field's table does not know: such a question would never be asked."""
    if field.type not in CODED or field.codes is NO_CODES:
        return  # a table that is missing is told where it is named
    for code in codes:
        if not field.codes.knows(code):
            node.refuse(key, "no_such_code", code=code, table=field.table)


def _rule(node: Node, rule: CrossCheck, questions: Questions) -> None:
    here = bool(rule.field) and _known(node, "field", rule.field, questions)
    there = bool(rule.other) and _known(node, "other", rule.other, questions)
    if rule.when is not None:
        _condition(node, rule.when, questions)
    if rule.text and rule.text.removeprefix("forms.") not in _messages():
        name = rule.text.removeprefix("forms.")
        node.refuse("text", "no_such_text", id=name, known=nearest(name, sorted(_messages())))
    if here and rule.one_of:
        _codes(node, "one_of", questions.by_id[rule.field], rule.one_of)
    if here and there and rule.kind.value == "ordered":
        for key, name in (("field", rule.field), ("other", rule.other)):
            _typed(node, key, questions.by_id[name], _DATES)
    if here and there and rule.kind.value == "agrees_with_number":
        _typed(node, "other", questions.by_id[rule.other], (FieldType.ID_NUMBER,))
    if here and rule.other == rule.field:
        node.refuse("other", "itself", id=rule.other)


@cache
def _messages() -> frozenset[str]:
    """Return the names of the sentences that a cross-check may use; those of both languages are the same (a test)."""
    texts = tomllib.loads(resource("texts", "zh_CN", "forms.toml").read_text(encoding="utf-8"))
    return frozenset(name for name, text in texts.items() if isinstance(text, str))


def _cycles(questions: Questions) -> None:
    """Note each ring of questions that wait for one another, at its first question."""
    waits = {field.id: field.when.fields() if field.when else frozenset() for field in questions.fields}
    told: set[str] = set()
    for node, field in zip(questions.field_nodes, questions.fields, strict=True):
        ring = _ring(field.id, waits) if field.id not in told else ()
        if ring:
            told.update(ring)
            node.refuse("when", "cycle", ring=" → ".join((*ring, field.id)))


def _ring(start: str, waits: dict[str, frozenset[str]]) -> tuple[str, ...]:
    """Return the way from a question back to itself, empty where there is none."""
    ways: list[tuple[str, ...]] = [(start,)]
    seen = {start}
    while ways:
        way = ways.pop()
        for name in sorted(waits.get(way[-1], ())):
            if name == start:
                return way
            if name not in seen:
                seen.add(name)
                ways.append((*way, name))
    return ()
