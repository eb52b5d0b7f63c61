"""Reads `form.toml`: sections, fields, conditions, cross-checks and paragraphs."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

from sscard_desk.forms.code_book import CodeBook
from sscard_desk.forms.codes import NO_CODES
from sscard_desk.forms.definition import (
    CODED,
    REGIONS,
    CheckKind,
    Condition,
    CrossCheck,
    FieldDefinition,
    FieldType,
    Prose,
    ScreenWidth,
    Section,
)
from sscard_desk.forms.node import Node
from sscard_desk.forms.words import Words

LONGEST_ANSWER: Final = 2000
_GROUPS: Final = ("all_of", "any_of", "none_of")
_SHAPES: Final = "one_of | filled | beyond_gbk | age_below + on | all_of | any_of | none_of"


@dataclass(frozen=True)
class Questions:
    """What a form asks, beside the tables that it was read from, one for one."""

    sections: tuple[Section, ...]
    fields: tuple[FieldDefinition, ...]
    checks: tuple[CrossCheck, ...]
    prose: tuple[Prose, ...]
    section_nodes: list[Node]
    field_nodes: list[Node]
    check_nodes: list[Node]
    prose_nodes: list[Node]

    @cached_property
    def by_id(self) -> dict[str, FieldDefinition]:
        """The fields by id."""
        return {field.id: field for field in self.fields}

    @property
    def field_ids(self) -> frozenset[str]:
        """Ids of the fields, also of those that are wrong otherwise: a mistake is told where it stands."""
        return frozenset(self.by_id)

    @property
    def section_ids(self) -> frozenset[str]:
        """Ids of the sections."""
        return frozenset(section.id for section in self.sections)

    @cached_property
    def paragraphs(self) -> dict[str, Prose]:
        """The paragraphs by id."""
        return {paragraph.id: paragraph for paragraph in self.prose}


def read_questions(root: Node, book: CodeBook) -> Questions:
    """Return what a form asks; what is wrong is noted with the root's problems."""
    sections, fields = root.tables("section"), root.tables("field")
    checks, prose = root.tables("check"), root.tables("prose")
    return Questions(
        sections=tuple(_section(node) for node in sections),
        fields=tuple(_field(node, book) for node in fields),
        checks=tuple(_check(node) for node in checks),
        prose=tuple(_prose(node) for node in prose),
        section_nodes=sections,
        field_nodes=fields,
        check_nodes=checks,
        prose_nodes=prose,
    )


def _section(node: Node) -> Section:
    made = Section(id=node.id(), words=node.words(), note=_words(node, "note"))
    node.done()
    return made


def _words(node: Node, key: str) -> Words | None:
    inner = node.table_if(key, "words")
    if inner is None:
        return None
    words = inner.words()
    inner.done()
    return words


def _field(node: Node, book: CodeBook) -> FieldDefinition:
    kind = node.choice("type", FieldType)
    table = node.text("table", "")
    if kind is FieldType.CODE and not table:
        node.refuse("table", "missing", key="table")
    if table and kind not in CODED:
        node.refuse("table", "not_for_type", key="table", type=kind.value)
    name = table or (REGIONS if kind is FieldType.REGION else "")
    made = FieldDefinition(
        id=node.id(),
        section=node.text("section"),
        type=kind,
        words=node.words(),
        required=node.flag("required", default=False),
        locked=node.flag("locked", default=kind is FieldType.BARCODE),
        when=read_when(node),
        codes=book.find(node, name) if name else NO_CODES,
        most=node.whole("most", 70, least=1, most=LONGEST_ANSWER),
        screen=node.choice("screen", ScreenWidth, "none" if kind is FieldType.BARCODE else "half"),
        beside=node.text("beside", ""),
        document_field=node.text("document_field", ""),
        words_field=node.text("words_field", ""),
        bank_field=node.text("bank_field", ""),
        rare_field=node.text("rare_field", ""),
        hint=_words(node, "hint"),
    )
    if kind is FieldType.BARCODE and (made.required or not made.locked or made.screen is not ScreenWidth.NONE):
        node.refuse("type", "machine_made")
    node.done()
    return made


def read_when(node: Node) -> Condition | None:
    """Return the `when` of a table; None means always."""
    inner = node.table_if("when", "condition")
    return _condition(inner) if inner is not None else None


def _condition(node: Node) -> Condition:
    groups = {key: tuple(_condition(part) for part in node.tables(key, "condition")) for key in _GROUPS}
    made = Condition(
        field=node.text("field", ""),
        one_of=node.texts("one_of"),
        filled=node.flag_if("filled"),
        beyond_gbk=node.flag_if("beyond_gbk"),
        age_below=node.whole("age_below", least=1, most=150) if node.has("age_below") else None,
        on=node.text("on", ""),
        **groups,
    )
    node.know("age_below", "whole")
    node.done()
    tests = (bool(made.one_of), made.filled is not None, made.beyond_gbk is not None, made.age_below is not None)
    one_shape = sum(map(bool, groups.values())) + sum(tests) == 1
    named = any(tests) == bool(made.field) and (made.age_below is not None) == bool(made.on)
    if node.sound and not (one_shape and named):
        node.refuse("", "condition_shape", shapes=_SHAPES)
    return made


def _check(node: Node) -> CrossCheck:
    text, zh, en = node.text("text", ""), node.text("zh", ""), node.text("en", "")
    made = CrossCheck(
        kind=node.choice("kind", CheckKind),
        field=node.text("field"),
        text=f"forms.{text}" if text else "",
        other=node.text("other", ""),
        one_of=node.texts("one_of"),
        when=read_when(node),
        words=Words(zh, en) if zh and en else None,
        blocks=node.flag("blocks", default=True),
    )
    if node.sound and ((made.kind is CheckKind.ONE_OF) != bool(made.one_of) or bool(made.other) == bool(made.one_of)):
        node.refuse("kind", "check_shape", kind=made.kind.value)
    if bool(zh) != bool(en):
        node.refuse("en" if zh else "zh", "missing", key="en" if zh else "zh")
    elif bool(text) == bool(zh):
        node.refuse("text", "check_words")
    node.done()
    return made


def _prose(node: Node) -> Prose:
    made = Prose(id=node.id(), words=node.words(), when=read_when(node))
    node.done()
    return made
