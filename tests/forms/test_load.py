"""Definitions load whole, or are refused with file, line and field."""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sscard_desk.domain.errors.operator import FormDefinitionWrong
from sscard_desk.forms.definition import FieldType, FormDefinition
from sscard_desk.forms.load import read_form
from sscard_desk.resources import form_folder
from sscard_desk.texts import LANGUAGES

SHIPPED = ("registration", "confirmation")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(form_folder("registration"), tmp_path / "registration"))


def spoil(path: Path, old: str, new: str) -> int:
    """Replace one line's text; return its line number."""
    lines = path.read_text(encoding="utf-8").splitlines()
    number = next(n for n, line in enumerate(lines) if old in line)
    lines[number] = lines[number].replace(old, new)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return number + 1


@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_form_has_words_in_both_languages(name: str) -> None:
    form = read_form(form_folder(name))
    parts = (form.fields, form.sections, form.prose)
    labels = [form.words, *(part.words for kind in parts for part in kind)]
    assert all(words(language).strip() for words in labels for language in LANGUAGES)


@pytest.mark.parametrize("name", SHIPPED)
def test_every_question_that_is_answered_on_screen_stands_on_the_paper(name: str) -> None:
    form = read_form(form_folder(name))
    drawn = {cell.field for block in form.paper.blocks for row in block.rows for cell in row.cells}
    drawn |= {block.tick for block in form.paper.blocks} | {block.field for block in form.paper.blocks}
    drawn |= {party.field for block in form.paper.blocks for party in block.parties}
    words_of_others = {field.words_field for field in form.fields}
    assert {field.id for field in form.fields} - drawn - words_of_others == set()


def test_the_registration_form_asks_what_the_picture_shows(registration: FormDefinition) -> None:
    required = {field.id for field in registration.fields if field.required and field.when is None}
    assert registration.field("mobile").required
    assert required >= {"mailing_address", "postcode", "household_kind", "person_status", "region"}
    locked = {field.id for field in registration.fields if field.locked}
    assert locked >= {"name", "id_number", "sex", "ethnic", "valid_to"}
    assert registration.field("pick_up").type is FieldType.CODE
    assert registration.edition == "2026-1"


@pytest.mark.parametrize(
    ("file", "old", "new", "field"),
    [
        ("form.toml", 'type = "mobile"', 'type = "mobil"', "field[12].type"),
        ("form.toml", 'table = "household_kind"', 'table = "household_sort"', "field[17].table"),
        ("form.toml", "most = 120", 'most = "many"', "field[35].most"),
        ("form.toml", 'words_field = "bank_name"', 'words_feld = "bank_name"', "field[21].words_feld"),
        (
            "form.toml",
            'document_field = "agent_document_kind"',
            'document_field = "nothing"',
            "field[29].document_field",
        ),
        ("form.toml", 'kind = "ordered"', 'kind = "orderly"', "check[2].kind"),
        ("form.toml", 'edition = "2026-1"', "edition = 2026", "edition"),
        ("form.toml", "valid_from = 2026-01-01", 'valid_from = "today"', "valid_from"),
        ("paper.toml", 'section = "contact"', 'section = "contakt"', "block[4].section"),
        ("paper.toml", 'field = "mobile", label = 22', 'field = "mobile", label = 23', "block[5].rows[0].cells"),
        ("paper.toml", 'field = "photo"', 'field = "foto"', "block[2].field"),
        ("paper.toml", "y = 230", "y = 290", "block[19].y"),
    ],
)
def test_a_wrong_value_is_refused_at_its_line(folder: Path, file: str, old: str, new: str, field: str) -> None:
    line = spoil(folder / file, old, new)
    with pytest.raises(FormDefinitionWrong) as caught:
        read_form(folder)
    error = caught.value
    assert (error.file, error.field) == (f"registration/{file}", field)
    assert error.line == line


def test_a_misspelt_key_is_answered_with_the_nearest_one(folder: Path) -> None:
    spoil(folder / "form.toml", "required = true", "requird = true")
    with pytest.raises(FormDefinitionWrong) as caught:
        read_form(folder)
    assert dict(caught.value.details)["known"] == "required"


def test_what_is_no_toml_is_refused_at_its_line(folder: Path) -> None:
    line = spoil(folder / "form.toml", 'zh = "联系方式"', 'zh = "联系方式')
    with pytest.raises(FormDefinitionWrong) as caught:
        read_form(folder)
    assert caught.value.line == line


def test_a_file_that_is_not_utf8_is_refused_at_its_line(folder: Path) -> None:
    path = folder / "form.toml"
    path.write_bytes(b'zh = "a"\nen = "\xd6\xd0"\n')
    with pytest.raises(FormDefinitionWrong) as caught:
        read_form(folder)
    assert caught.value.line == 2


def test_two_fields_of_one_name_are_refused(folder: Path) -> None:
    spoil(folder / "form.toml", 'id = "phone"', 'id = "mobile"')
    with pytest.raises(FormDefinitionWrong) as caught:
        read_form(folder)
    assert caught.value.field == "field[13].id"


def test_a_condition_of_two_shapes_is_refused(folder: Path) -> None:
    spoil(
        folder / "form.toml",
        'when = { field = "photo_source", one_of = ["3", "studio"] }',
        'when = { field = "photo_source", one_of = ["3"], filled = true }',
    )
    with pytest.raises(FormDefinitionWrong) as caught:
        read_form(folder)
    assert caught.value.field.startswith("field[33].when")


def test_a_form_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(FormDefinitionWrong) as caught:
        read_form(tmp_path / "nothing")
    assert caught.value.reason == "file_missing"


LINES = {
    file: (form_folder("registration") / file).read_text(encoding="utf-8").splitlines()
    for file in ("form.toml", "paper.toml")
}


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(LINES)), st.data())
def test_a_damaged_definition_is_taken_or_refused_and_never_anything_else(file: str, data: st.DataObject) -> None:
    lines = list(LINES[file])
    at = data.draw(st.integers(0, len(lines) - 1))
    half, unquoted = lines[at][: len(lines[at]) // 2], lines[at].replace('"', "", 1)
    lines[at] = data.draw(st.sampled_from(["", half, unquoted, "x = 1"]))
    refused = None
    with TemporaryDirectory() as folder:
        for name, whole in LINES.items():
            text = "\n".join(lines if name == file else whole)
            (Path(folder) / name).write_text(text, encoding="utf-8")
        try:
            read_form(Path(folder))
        except FormDefinitionWrong as error:
            refused = error
    if refused is not None:
        assert refused.file.endswith((file, "paper.toml"))
        assert refused.line <= len(LINES[refused.file.partition("/")[2]])


@pytest.mark.parametrize(
    ("form", "old", "new", "field"),
    [
        ("class_list", 'list = "students"', 'list = ""', "block[1].list"),
        ("class_list", 'field = "student_sex", width = 12', 'field = "student_sex", width = 13', "block[1].columns"),
        ("class_list", 'field = "student_sex", width', 'field = "pupil_sex", width', "block[1].columns[2].field"),
        ("class_list", "height = 62", "height = 20", "block[1].height"),
        ("class_list", 'kind = "prose"', 'kind = "table"', "block[2].list"),
        ("class_list", 'total = "count"', 'total = "average"', "block[1].columns[1].total"),
        ("class_list", 'numbered = "list"', 'numbered = "lists"', "page.numbered"),
        ("refusal_notice", 'prose = ["to"]', 'prose = ["two"]', "block[0].prose[0]"),
    ],
)
def test_a_wrong_table_or_letter_is_refused(tmp_path: Path, form: str, old: str, new: str, field: str) -> None:
    folder = Path(shutil.copytree(form_folder(form), tmp_path / form))
    spoil(folder / "paper.toml", old, new)
    with pytest.raises(FormDefinitionWrong) as caught:
        read_form(folder)
    assert caught.value.field == field


@pytest.mark.parametrize("text", ["{nobody}", "{name", "{0}"])
def test_a_letter_that_names_what_nobody_fills_in_is_refused(tmp_path: Path, text: str) -> None:
    folder = Path(shutil.copytree(form_folder("refusal_notice"), tmp_path / "refusal_notice"))
    spoil(folder / "form.toml", "To {name} (", f"To {text} (")
    with pytest.raises(FormDefinitionWrong) as caught:
        read_form(folder)
    assert caught.value.field == "block[0].prose"


@pytest.mark.parametrize(
    ("form", "file", "old", "new", "reason"),
    [
        ("refusal_notice", "form.toml", "{service_point}", "{service_point:>9999999}", "braces"),
        ("refusal_notice", "form.toml", "{service_point}", "{service_point!r}", "braces"),
        ("class_list", "paper.toml", "row = 8", "row = 0", "out_of_range"),
        ("class_list", "paper.toml", "again = 42", "again = 160", "out_of_range"),
    ],
)
def test_a_letter_or_table_that_would_never_end_is_refused(  # noqa: PLR0917 - one line a case
    tmp_path: Path, form: str, file: str, old: str, new: str, reason: str
) -> None:
    folder = Path(shutil.copytree(form_folder(form), tmp_path / form))
    spoil(folder / file, old, new)
    with pytest.raises(FormDefinitionWrong) as caught:
        read_form(folder)
    assert caught.value.reason == reason


def test_a_file_that_begins_with_a_mark_of_its_encoding_is_read(folder: Path) -> None:
    path = folder / "form.toml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert read_form(folder) == read_form(form_folder("registration"))


@pytest.mark.parametrize(
    ("form", "old", "new"),
    [
        ("bank_handover", 'list = "cards"', 'list = "card"'),
        ("class_list", 'list = "students"', 'list = "pupils"'),
    ],
)
def test_a_table_that_the_program_does_not_fill_is_refused(tmp_path: Path, form: str, old: str, new: str) -> None:
    folder = Path(shutil.copytree(form_folder(form), tmp_path / form))
    spoil(folder / "paper.toml", old, new)
    with pytest.raises(FormDefinitionWrong) as caught:
        read_form(folder)
    assert caught.value.reason == "program_list"


def test_a_field_that_the_program_reads_may_not_be_called_otherwise(folder: Path) -> None:
    for path in folder.glob("*.toml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace('"birth"', '"born"'), encoding="utf-8")
    with pytest.raises(FormDefinitionWrong) as caught:
        read_form(folder)
    assert (caught.value.reason, dict(caught.value.details)["id"]) == ("program_field", "birth")
