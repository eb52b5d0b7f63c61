"""The schema for editors is what the loader asks for: made from it, and refusing what it refuses."""

import importlib.util
import json
import re
import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from sscard_desk.forms.definition import CheckKind, FieldType
from sscard_desk.forms.layout import BlockKind
from sscard_desk.forms.load import shipped_forms
from sscard_desk.resources import form_folder, root
from tests.forms.broken import MUTATIONS, Mutation

FOLDER = root() / "docs" / "schema"
SCHEMAS: dict[str, dict[str, Any]] = {
    f"{name}.toml": json.loads((FOLDER / f"{name}.schema.json").read_text(encoding="utf-8"))
    for name in ("form", "paper")
}
IN_THE_SCHEMA = {
    "unknown_key", "missing", "not_a_whole", "not_a_text", "not_a_flag", "not_a_day", "not_a_table", "not_a_number",
    "not_a_choice", "out_of_range", "id_shape", "letter_shape", "edition_shape",
}  # fmt: skip
BY_THE_LOADER_ALONE = {"code-without-table", "check-in-one-language", "page-that-is-not-there"} | {
    "nan-for-a-place", "no-end-of-a-height", "width-beyond-all-numbers", "heading-without-section",
    "choice-without-a-box",
}  # fmt: skip
TYPES: dict[str, tuple[type, ...]] = {
    "string": (str, date), "boolean": (bool,), "integer": (int,), "number": (int, float), "array": (list,),
    "object": (dict,),
}  # fmt: skip


def violations(value: Any, schema: dict[str, Any], whole: dict[str, Any], at: str = "") -> list[str]:
    """Return where a value breaks the part of JSON Schema that these files use."""
    if "$ref" in schema:
        return violations(value, whole["$defs"][schema["$ref"].rpartition("/")[2]], whole, at)
    kind = schema["type"]
    day = isinstance(value, date) and not isinstance(value, datetime)
    fits: bool = isinstance(value, TYPES[kind])
    if not fits or (isinstance(value, bool) and kind != "boolean"):
        return [f"{at}: no {kind}"]
    if kind == "string" and (day is not ("format" in schema) or isinstance(value, datetime)):
        return [f"{at}: date"]
    wrong = []
    if "enum" in schema and value not in schema["enum"]:
        wrong.append(f"{at}: enum")
    if "pattern" in schema and not re.search(schema["pattern"], value):
        wrong.append(f"{at}: pattern")
    if "minimum" in schema and not schema["minimum"] <= value <= schema["maximum"]:
        wrong.append(f"{at}: range")
    if kind == "array" and "items" in schema:
        wrong += [v for n, each in enumerate(value) for v in violations(each, schema["items"], whole, f"{at}[{n}]")]
    if kind == "object":
        wrong += [f"{at}.{key}: missing" for key in schema["required"] if key not in value]
        for key, inner in value.items():
            known = schema["properties"].get(key)
            wrong += violations(inner, known, whole, f"{at}.{key}") if known else [f"{at}.{key}: unknown"]
    return wrong


def of_file(path: Path) -> list[str]:
    schema = SCHEMAS[path.name]
    return violations(tomllib.loads(path.read_text(encoding="utf-8")), schema, schema)


@pytest.mark.parametrize("name", shipped_forms())
@pytest.mark.parametrize("file", sorted(SCHEMAS))
def test_every_shipped_form_keeps_it(name: str, file: str) -> None:
    assert of_file(form_folder(name) / file) == []


STRUCTURAL = [m for m in MUTATIONS if m.reason in IN_THE_SCHEMA and m.name not in BY_THE_LOADER_ALONE]


@pytest.mark.parametrize("mutation", STRUCTURAL, ids=lambda mutation: mutation.name)
def test_what_the_loader_refuses_by_shape_it_refuses_too(mutation: Mutation, tmp_path: Path) -> None:
    mutation.make(tmp_path / "registration")
    assert of_file(tmp_path / "registration" / mutation.file)


def test_there_are_many_such_mistakes() -> None:
    assert len(STRUCTURAL) > 20


def test_it_is_made_from_the_loader_as_it_is_now() -> None:
    spec = importlib.util.spec_from_file_location("build_docs", root() / "tools" / "build_docs.py")
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    made = tool.schemas()
    assert {name: (FOLDER / name).read_text(encoding="utf-8") for name in made} == made


def test_it_knows_every_type_check_and_block() -> None:
    form, paper = SCHEMAS["form.toml"]["$defs"], SCHEMAS["paper.toml"]["$defs"]
    assert form["field"]["properties"]["type"]["enum"] == list(FieldType)
    assert form["check"]["properties"]["kind"]["enum"] == list(CheckKind)
    assert paper["block"]["properties"]["kind"]["enum"] == list(BlockKind)


@pytest.mark.parametrize("file", sorted(SCHEMAS))
def test_the_docs_name_every_key_and_word(file: str) -> None:
    text = (root() / "docs" / "forms.md").read_text(encoding="utf-8")
    schema = SCHEMAS[file]
    tables = [schema, *schema["$defs"].values()]
    keys = {key for each in tables for key in each["properties"]}
    words = {word for each in tables for facts in each["properties"].values() for word in facts.get("enum", ())}
    named = set(re.findall(r"[a-z_]+", " ".join(re.findall(r"`([^`]+)`", text))))
    assert (keys | words) - named - {""} == set()
