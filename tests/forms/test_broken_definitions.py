"""`forms check`: a folder of broken definitions, each with one mistake, and every mistake is told where it stands."""

from pathlib import Path

import pytest

from sscard_desk.domain.errors.operator import FormDefinitionWrong, FormUnknown
from sscard_desk.forms.check_folder import check_folder
from sscard_desk.forms.load import EDITIONS, CheckedForm, check_form, read_form
from sscard_desk.resources import form_folder, root
from sscard_desk.texts import LANGUAGES, Catalogue, definition_reason
from tests.forms.broken import FORM, MUTATIONS, PAPER, Mutation

TEXTS = {language: Catalogue(language) for language in LANGUAGES}


def told(checked: CheckedForm) -> list[tuple[str, int, str, str]]:
    return [(problem.file, problem.line, problem.item, problem.field) for problem in checked.problems]


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.name)
def test_one_mistake_is_told_once_at_its_file_line_and_field(mutation: Mutation, tmp_path: Path) -> None:
    folder = tmp_path / mutation.name
    line = mutation.make(folder)
    checked = check_form(folder)
    assert checked.definition is None
    assert len(checked.problems) == 1, told(checked)
    problem = checked.problems[0]
    assert (problem.file, problem.line, problem.item) == (f"{mutation.name}/{mutation.file}", line, mutation.field)
    assert problem.field.endswith(mutation.key)
    assert problem.reason == mutation.reason
    sentences = [definition_reason(problem, texts) for texts in TEXTS.values()]
    assert all(sentences)
    assert sentences[0] != sentences[1]


def test_a_folder_of_broken_definitions_is_told_whole(tmp_path: Path) -> None:
    lines = {mutation.name: mutation.make(tmp_path / mutation.name) for mutation in MUTATIONS}
    assert len(lines) >= 30
    checked = check_folder(tmp_path)
    assert [form.name for form in checked] == sorted(lines)
    for form in checked:
        own = [problem for problem in form.problems if problem.reason != "letter_taken"]
        assert [problem.line for problem in own] == [lines[form.name]]
        assert form.definition is None


def test_all_mistakes_of_a_form_are_told_at_once_and_the_first_refuses_it(tmp_path: Path) -> None:
    folder = tmp_path / "registration"
    MUTATIONS[3].make(folder)
    for file, old, new in (
        (FORM, 'table = "pick_up"', 'table = "pickup"'),
        (FORM, 'kind = "ordered"', 'kind = "orderly"'),
        (FORM, 'en = "E-mail"\n', ""),
        (PAPER, '"receipt_hint"]', '"receipt_hynt"]'),
        (PAPER, "y = 230", "y = 290"),
    ):
        path = folder / file
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    problems = check_form(folder).problems
    assert [problem.reason for problem in problems[:4]] == ["unknown_key", "missing", "no_such_table", "not_a_choice"]
    assert len(problems) == 6
    with pytest.raises(FormDefinitionWrong) as caught:
        read_form(folder)
    assert (caught.value.line, caught.value.field, caught.value.problems) == (problems[0].line, problems[0].field, 6)


def test_a_ring_of_conditions_is_told_at_its_first_question_with_all_of_it(tmp_path: Path) -> None:
    folder = tmp_path / "registration"
    first, second = 'id = "phone"\n', 'id = "email"\n'
    MUTATIONS[0].make(folder)
    text = (form_folder("registration") / FORM).read_text(encoding="utf-8")
    text = text.replace(first, f'{first}when = {{ field = "email", filled = true }}\n')
    text = text.replace(second, f'{second}when = {{ field = "phone", filled = false }}\n')
    (folder / FORM).write_text(text, encoding="utf-8")
    problems = check_form(folder).problems
    assert [(problem.item, problem.reason) for problem in problems] == [("phone", "cycle")]
    assert dict(problems[0].details)["ring"] == "phone → email → phone"


def test_two_forms_of_one_letter_are_told(tmp_path: Path) -> None:
    for name in ("first", "second"):
        MUTATIONS[0].make(tmp_path / name)
        for file in (FORM, PAPER):
            (tmp_path / name / file).write_bytes((form_folder("registration") / file).read_bytes())
    first, second = check_folder(tmp_path)
    assert first.definition is not None
    assert [(problem.reason, problem.line) for problem in second.problems] == [("letter_taken", 5)]


def test_a_former_edition_is_checked_too_and_is_called_like_its_folder(tmp_path: Path) -> None:
    folder = tmp_path / "registration"
    former = folder / EDITIONS / "2025-1"
    MUTATIONS[0].make(former)
    for file in (FORM, PAPER):
        for place in (folder, former):
            (place / file).write_bytes((form_folder("registration") / file).read_bytes())
    present, old = check_folder(folder)
    assert present.definition is not None
    assert old.name == "registration"
    assert [(problem.reason, problem.field) for problem in old.problems] == [("not_the_folder", "edition")]


def test_a_missing_paper_is_told_and_an_empty_folder_is_no_form(tmp_path: Path) -> None:
    folder = tmp_path / "registration"
    MUTATIONS[0].make(folder)
    (folder / FORM).write_bytes((form_folder("registration") / FORM).read_bytes())
    (folder / PAPER).unlink()
    assert [(problem.file, problem.reason) for problem in check_form(folder).problems] == [
        ("registration/paper.toml", "file_missing")
    ]
    (tmp_path / "empty").mkdir()
    with pytest.raises(FormUnknown):
        check_folder(tmp_path / "empty")


def test_the_shipped_forms_are_sound() -> None:
    checked = check_folder(root() / "forms")
    assert {form.name for form in checked} >= {"registration", "confirmation"}
    assert [told(form) for form in checked if form.problems] == []
