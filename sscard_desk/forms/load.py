"""Loads a form from its folder: `form.toml` (questions, checks, words) and `paper.toml` (layout in mm)."""

import tomllib
from functools import cache
from pathlib import Path

from sscard_desk.domain.errors.operator import FormDefinitionWrong
from sscard_desk.forms.codes import table
from sscard_desk.forms.definition import (
    CheckKind,
    Condition,
    CrossCheck,
    FieldDefinition,
    FieldType,
    FormDefinition,
    Prose,
    ScreenWidth,
    Section,
    Words,
)
from sscard_desk.forms.load_paper import read_layout
from sscard_desk.forms.node import Node
from sscard_desk.forms.positions import Positions
from sscard_desk.resources import form_folder


@cache
def load_form(name: str) -> FormDefinition:
    """Return a shipped form, read once.

    Args:
        name: folder of the form, for example `registration`.

    Raises:
        FormDefinitionWrong: the definition breaks the schema; file, line and field are named.
    """
    return read_form(form_folder(name))


def read_form(folder: Path) -> FormDefinition:
    """Read the form in a folder.

    Raises:
        FormDefinitionWrong: the definition breaks the schema; file, line and field are named.
    """
    root = _root(folder / "form.toml")
    sections = tuple(_section(node) for node in root.tables("section"))
    nodes = root.tables("field")
    fields = tuple(_field(node, sections) for node in nodes)
    _unique(nodes, fields)
    checks_at = root.tables("check")
    checks = tuple(_check(node) for node in checks_at)
    prose = tuple(_prose(node) for node in root.tables("prose"))
    paper_root = _root(folder / "paper.toml")
    layout = read_layout(paper_root, {f.id for f in fields}, {s.id for s in sections}, {p.id for p in prose})
    definition = FormDefinition(
        name=folder.name,
        letter=root.text("letter"),
        words=root.words(),
        edition=root.text("edition"),
        valid_from=root.day("valid_from"),
        valid_to=root.day("valid_to") if root.has("valid_to") else None,
        sections=sections,
        fields=fields,
        checks=checks,
        prose=prose,
        paper=layout,
    )
    root.done()
    _references(definition, nodes, checks_at)
    return definition


def _root(path: Path) -> Node:
    positions = Positions.read(path)
    try:
        return Node(positions, "", tomllib.loads(positions.text))
    except tomllib.TOMLDecodeError as error:
        raise positions.syntax(error) from None


def _section(node: Node) -> Section:
    made = Section(id=node.text("id"), words=node.words(), note=_optional_words(node, "note"))
    node.done()
    return made


def _optional_words(node: Node, key: str) -> Words | None:
    if not node.has(key):
        return None
    inner = node.table(key)
    words = inner.words()
    inner.done()
    return words


def _field(node: Node, sections: tuple[Section, ...]) -> FieldDefinition:
    field_type = node.choice("type", FieldType)
    made = FieldDefinition(
        id=node.text("id"),
        section=node.text("section"),
        type=field_type,
        words=node.words(),
        required=node.flag("required", default=False),
        locked=node.flag("locked", default=False),
        when=_condition(node.table("when")) if node.has("when") else None,
        table=node.text("table") if field_type is FieldType.CODE else "",
        most=node.whole("most", 70),
        screen=node.choice("screen", ScreenWidth, "half"),
        beside=node.text("beside", ""),
        document_field=node.text("document_field", ""),
        words_field=node.text("words_field", ""),
        hint=_optional_words(node, "hint"),
    )
    if made.section not in {section.id for section in sections}:
        raise node.wrong("section", f"{made.section}?")
    if made.table:
        try:
            table(made.table)
        except FormDefinitionWrong as error:
            if error.line:
                raise
            raise node.wrong("table", f"{made.table}?") from None
    node.done()
    return made


def _condition(node: Node) -> Condition:
    groups = {key: tuple(_condition(part) for part in node.tables(key)) for key in ("all_of", "any_of", "none_of")}
    made = Condition(
        field=node.text("field", ""),
        one_of=node.texts("one_of"),
        filled=node.flag("filled", default=False) if node.has("filled") else None,
        age_below=node.whole("age_below") if node.has("age_below") else None,
        on=node.text("on") if node.has("age_below") else "",
        **groups,
    )
    tests = sum((bool(made.one_of), made.filled is not None, made.age_below is not None))
    if sum(map(bool, groups.values())) + tests != 1 or bool(tests) != bool(made.field):
        raise node.wrong("field", "one_of | filled | age_below + on | all_of | any_of | none_of")
    node.done()
    return made


def _check(node: Node) -> CrossCheck:
    made = CrossCheck(
        kind=node.choice("kind", CheckKind),
        field=node.text("field"),
        text=f"forms.{node.text('text')}",
        other=node.text("other", ""),
        one_of=node.texts("one_of"),
        when=_condition(node.table("when")) if node.has("when") else None,
        blocks=node.flag("blocks", default=True),
    )
    if (made.kind is CheckKind.ONE_OF) != bool(made.one_of) or bool(made.other) == bool(made.one_of):
        raise node.wrong("kind", "other | one_of")
    node.done()
    return made


def _prose(node: Node) -> Prose:
    when = _condition(node.table("when")) if node.has("when") else None
    made = Prose(id=node.text("id"), words=node.words(), when=when)
    node.done()
    return made


def _unique(nodes: list[Node], fields: tuple[FieldDefinition, ...]) -> None:
    seen: set[str] = set()
    for node, field in zip(nodes, fields, strict=True):
        if field.id in seen:
            raise node.wrong("id", f"{field.id} ×2")
        seen.add(field.id)


def _references(definition: FormDefinition, fields: list[Node], checks: list[Node]) -> None:
    """Refuse names of fields that do not exist."""
    for node, field in zip(fields, definition.fields, strict=True):
        named = {"beside": field.beside, "document_field": field.document_field, "words_field": field.words_field}
        for key, other in named.items():
            _known(definition, node, key, other)
        for other in sorted(field.when.fields() if field.when else ()):
            _known(definition, node, "when", other)
    for node, rule in zip(checks, definition.checks, strict=True):
        _known(definition, node, "field", rule.field)
        _known(definition, node, "other", rule.other)
        for other in sorted(rule.when.fields() if rule.when else ()):
            _known(definition, node, "when", other)


def _known(definition: FormDefinition, node: Node, key: str, field_id: str) -> None:
    if field_id and not definition.has(field_id):
        raise node.wrong(key, f"{field_id}?")
