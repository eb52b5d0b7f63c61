"""The notices of a case, from the store to the paper and read back."""

from datetime import UTC, date, datetime
from pathlib import Path

from sscard_desk.domain.events import Material
from sscard_desk.forms.load import load_form
from sscard_desk.paper import draw
from sscard_desk.ports.paper import PaperFacts
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.usecases.check_materials import check_materials
from sscard_desk.usecases.close_application import refuse
from sscard_desk.usecases.import_class import import_class
from sscard_desk.usecases.notices import (
    CLASS_LIST,
    MISSING_NOTICE,
    REFUSAL_NOTICE,
    NoticeContent,
    class_list,
    missing_notice,
    refusal_notice,
)

from .conftest import Person
from .test_cases import bare, text_of
from .test_counter_operations import Register
from .test_import_class import HEAD, check, row, xlsx
from .test_materials import CALENDAR, GROWN, TODAY, at_returned, seen


def paper(form: str, content: NoticeContent) -> str:
    definition = load_form(form)
    number = "4201-03-26-00123-2"
    facts = PaperFacts(
        application_no=number, serial=f"{number}-{definition.letter}1", copy=1,
        issued=datetime(2026, 11, 23, 2, 52, tzinfo=UTC), service_point="城关街道社保服务点", printed_by="王丽",
    )  # fmt: skip
    return text_of(draw(definition, content.answers, facts, content.lists))


def test_the_one_time_notice_names_everything_that_has_not_come_and_until_when(store: DeskStore, clerk: Person) -> None:
    student = at_returned(store, clerk, person_status="10")
    shown = seen(
        student,
        household_register=Material("household_register", "promised", date(2026, 12, 1)),
        student_proof=Material("student_proof", "missing"),
    )
    checked = check_materials(store, clerk, student, shown, today=TODAY, calendar=CALENDAR)
    content = missing_notice(checked, TODAY, CALENDAR)
    assert [line["item"] for line in content.lists["missing"]] == ["户口簿", "学生证或学籍证明"]
    assert content.answers["supply_until"] == "2026-12-08"
    text = paper(MISSING_NOTICE, content)
    for said in ("户口簿", "首页和本人页", "学生证或学籍证明", bare("2026-12-01"), GROWN.name):
        assert said in text
    assert GROWN.id_number not in text


def test_the_notice_of_refusal_says_why(store: DeskStore, clerk: Person) -> None:
    refused = refuse(store, clerk, at_returned(store, clerk), "不符合本地首次申领条件；参保地在外省", "not_eligible")
    text = paper(REFUSAL_NOTICE, refusal_notice(refused))
    assert "参保地在外省" in text
    assert GROWN.id_number in text


def test_the_class_list_is_printed_with_the_applications_that_were_opened(
    tmp_path: Path, store: DeskStore, clerk: Person
) -> None:
    found = check(xlsx(tmp_path / "a.xlsx", [HEAD, *map(row, range(3))]))
    done = import_class(store, clerk, Register(), found, today=TODAY)
    content = class_list(found.rows, done)
    text = paper(CLASS_LIST, content)
    for line in content.lists["students"]:
        assert bare(line["student_application_no"]) in text
        assert line["student_id_number"] in text
    assert "示例市第一小学" in text
