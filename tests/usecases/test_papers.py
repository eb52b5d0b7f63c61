"""Receipts, notices and lists, made from what a real store holds and read back from their PDF."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pypdfium2
import pytest
from PIL import Image

from sscard_desk.devices.calendar import StateCouncilCalendar
from sscard_desk.domain.application import Application, CardRun
from sscard_desk.domain.errors.operator import ReasonMissing
from sscard_desk.domain.errors.printing import ReprintReasonMissing
from sscard_desk.domain.events import Material
from sscard_desk.domain.numbers.form_serial import parse_form_serial
from sscard_desk.domain.numbers.shown import masked
from sscard_desk.domain.prints import PrintState
from sscard_desk.domain.steps import Step
from sscard_desk.forms.load import load_form
from sscard_desk.paper import PdfPaper
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.texts import LANGUAGES
from sscard_desk.training.persons import persons
from sscard_desk.usecases.attach_photo import attach_photo
from sscard_desk.usecases.check_materials import check_materials, checklist
from sscard_desk.usecases.confirm_bank import confirm_bank
from sscard_desk.usecases.identify import identify_person
from sscard_desk.usecases.issue_form import issue_form
from sscard_desk.usecases.list_papers import SchoolClass, bank_handover, class_forms, class_list, spoiled_register
from sscard_desk.usecases.open_application import open_application
from sscard_desk.usecases.papers import (
    MadePaper,
    acceptance_receipt,
    collection_notice,
    materials_receipt,
    missing_notice,
    privacy_consent,
    refusal_notice,
    to_print,
)
from sscard_desk.usecases.press import Press
from sscard_desk.usecases.prints import Drawn, order_prints, plan_print, spoil
from sscard_desk.usecases.take_back_form import take_back_form

from .conftest import Person
from .test_counter_operations import REST

TODAY = date(2026, 11, 23)
CALENDAR = StateCouncilCalendar()
GROWN = [p for p in persons(60) if p.birth < date(1990, 1, 1) and p.document_kind == "citizen"]
FULL = REST | {"mobile": "13812345678"}


@pytest.fixture(scope="module")
def portrait() -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (358, 441), "white").save(target, "JPEG")
    return target.getvalue()


class At:
    """A clock that stands."""

    def now(self) -> datetime:
        return datetime(2026, 11, 23, 2, 0, tzinfo=UTC)

    def counted(self) -> datetime:
        return self.now()


@pytest.fixture
def press(store: DeskStore, clerk: Person) -> Press:
    return Press(store, PdfPaper(), At(), clerk, "城关街道社保服务点")


def opened(store: DeskStore, clerk: Person, jpeg: bytes, number: int = 0, bank: str = "02") -> Application:
    application = open_application(store, clerk, identify_person(GROWN[number], store), today=TODAY)
    application = confirm_bank(store, clerk, application, bank, b"%PDF")
    application = attach_photo(store, clerk, application.id, jpeg=jpeg, source="camera", measures={})
    return issue_form(store, clerk, application, FULL, pdf=b"%PDF", due=None, counted="working")


@pytest.fixture
def application(store: DeskStore, clerk: Person, portrait: bytes) -> Application:
    return take_back_form(store, clerk, opened(store, clerk, portrait), {})


def text_of(paper: MadePaper | bytes) -> str:
    document = pypdfium2.PdfDocument(paper if isinstance(paper, bytes) else paper.pdf)
    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return text.replace("\r\n", "").replace("\n", "").replace(" ", "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_paper_of_a_case_names_the_applicant_and_its_serial(press, application, language) -> None:
    press = replace(press, language=language)
    made = [
        acceptance_receipt(press, application, CALENDAR),
        materials_receipt(press, application),
        missing_notice(press, application, CALENDAR),
        refusal_notice(press, application, "", "has_card"),
        privacy_consent(press, application),
        collection_notice(press, application),
    ]
    assert [parse_form_serial(paper.serial).letter for paper in made] == list("AMNFPT")
    for paper in made:
        assert parse_form_serial(paper.serial).application == parse_form_serial(f"{application.number}-R1").application
        text = text_of(paper)
        assert application.name in text
        assert paper.serial in text


def test_a_receipt_says_when_the_card_can_be_collected_and_shows_no_whole_number(press, application) -> None:
    waiting = acceptance_receipt(press, application, CALENDAR)
    assert waiting.answers["collect_on"] == "2026-12-14"  # fifteen working days
    assert waiting.answers["collect_until"] == "2027-03-14"
    text = text_of(waiting)
    assert "2026-12-14" in text
    assert masked(application.id_number) in text
    assert application.id_number not in text
    written = acceptance_receipt(press, replace(application, step=Step.CARD_WRITTEN), CALENDAR)
    assert written.answers["collect_on"] == "2026-11-23"


def test_the_receipt_of_materials_lists_what_was_shown_and_nothing_else(press, store, clerk, application) -> None:
    names = checklist(application)
    promised = TODAY + timedelta(days=7)
    shown = [Material(names[0], "copy_kept"), *(Material(name, "original_seen") for name in names[1:])]
    checked = replace(application, materials=(*shown[:1], Material(names[1], "promised", promised), *shown[2:]))
    rows = materials_receipt(press, checked).lists["materials"]
    assert [row["material_state"] for row in rows][:2] == ["copy_kept", "promised"]
    assert rows[0]["material_copies"] == "1"
    assert "2026-11-30" in rows[1]["material_remarks"]
    assert materials_receipt(press, replace(application, materials=())).lists["materials"] == []
    kept = check_materials(store, clerk, application, shown)
    assert len(materials_receipt(press, kept).lists["materials"]) == len(names)


def test_the_notice_names_everything_missing_at_once_and_until_when(press, application) -> None:
    names = checklist(application)
    made = missing_notice(press, application, CALENDAR)
    assert len(made.lists["missing"]) == len(names)
    assert made.answers["supply_until"] == "2026-12-07"  # ten working days
    day = TODAY + timedelta(days=30)
    shown = [Material(names[0], "original_seen"), Material(names[1], "promised", day)]
    shown += [Material(name, "original_seen") for name in names[2:]]
    promised = missing_notice(press, application, CALENDAR, shown)
    (row,) = promised.lists["missing"]
    assert row["promised_on"] == promised.answers["supply_until"] == day.isoformat()
    assert "2026年12月23日前补齐" in text_of(promised)


def test_a_refusal_needs_a_reason_and_names_it_with_both_ways_of_review(press, application) -> None:
    with pytest.raises(ReasonMissing):
        refusal_notice(press, application, "  ")
    text = text_of(refusal_notice(press, application, "卡状态正常", "has_card"))
    assert "理由：已有社会保障卡；卡状态正常" in text
    assert "60日内向示例市人民政府申请行政复议" in text
    assert "6个月内依法向示例市城关区人民法院提起行政诉讼" in text
    assert application.id_number in text


def test_the_centres_words_for_a_notice_go_before_the_shipped_ones(press, store, application) -> None:
    row = {"paper": "refusal_notice", "field": "court", "text": "乙市人民法院"}
    store.keep_local_reference("notice_words", "refusal_notice.court", row)
    assert "法向乙市人民法院提起" in text_of(refusal_notice(press, application, "理由在此"))


def test_a_consent_is_ticked_only_where_it_was_given(press, application) -> None:
    assert privacy_consent(press, application).answers["consent_face"] == ""
    given = privacy_consent(press, application, face=True).answers
    assert (given["consent_face"], given["consent_bank"]) == ("yes", "")


def test_a_notice_is_printed_like_a_form_and_a_second_copy_needs_a_reason(press, store, clerk, application) -> None:
    first = refusal_notice(press, application, "理由在此")
    (record,) = order_prints(store, clerk, "前台", [to_print(press, application, first)])
    assert (record.serial, record.pages, record.form) == (first.serial, 1, "refusal_notice")
    again = refusal_notice(press, application, "理由在此")
    assert (first.serial[-2:], again.serial[-2:]) == ("F1", "F2")
    with pytest.raises(ReprintReasonMissing):
        order_prints(store, clerk, "前台", [to_print(press, application, again)])
    other = refusal_notice(press, application, "另一理由")
    (changed,) = order_prints(store, clerk, "前台", [to_print(press, application, other)])
    assert (changed.copy, changed.reason) == (2, "4")


def test_a_class_list_has_a_number_of_its_own_and_a_row_for_each_pupil(press, store, clerk, portrait) -> None:
    pupils = [opened(store, clerk, portrait, number) for number in range(3)]
    a_class = SchoolClass("示例市第一实验小学", "三年级（2）班", contact="买买提江·阿布都", phone="027-12345678")
    first, second = class_list(press, a_class, pupils), class_list(press, a_class, pupils)
    serials = [parse_form_serial(made.serial) for made in (first, second)]
    assert serials[1].application.running == serials[0].application.running + 1
    assert {serial.application for serial in serials}.isdisjoint(
        parse_form_serial(f"{each.number}-R1").application for each in pupils
    )
    text = text_of(first)
    assert all(each.name in text and each.number in text and each.id_number in text for each in pupils)


def test_the_forms_of_a_class_are_one_document_and_a_broken_one_is_named(press, store, clerk, portrait) -> None:
    pupils = [opened(store, clerk, portrait, number) for number in range(3)]
    pupils[1] = replace(pupils[1], answers=pupils[1].answers | {"authority": "局" * 200})
    (forms,) = class_forms(press, pupils, due=date(2026, 12, 7))
    made = forms.batch
    assert [number for number, _ in made.failed] == [1]
    assert made.pages == 2 * load_form("registration").paper.least_pages
    text = text_of(made.pdf)
    assert [each.name in text for each in pupils] == [True, False, True]
    assert f"{pupils[0].number}-R2" in text


def test_a_bank_is_handed_only_its_own(press, store, clerk, portrait) -> None:
    card = CardRun("0" * 32, "A00000001", "p", "d", TODAY, date(2036, 11, 23), "written")
    chosen = [replace(opened(store, clerk, portrait, n, bank), card=card) for n, bank in enumerate(("02", "02", "03"))]
    made = bank_handover(press, "02", "", chosen, "已发卡资料")
    rows = made.lists["cards"]
    assert [row["holder_application_no"] for row in rows] == [each.number for each in chosen[:2]]
    assert {row["card_number"] for row in rows} == {"A00000001"}
    assert chosen[2].name not in text_of(made)


def test_the_register_holds_the_papers_that_were_spoiled_in_its_days(press, store, clerk, application) -> None:
    definition = load_form("refusal_notice")
    digest = "0" * 64
    plan = plan_print(application, (), definition, digest)
    (record,) = order_prints(store, clerk, "前台", [Drawn(plan, b"%PDF", 1)])
    assert record.state is PrintState.ORDERED
    spoil(store, clerk, record, "3")
    today = datetime.now(UTC).astimezone().date()
    made = spoiled_register(press, today - timedelta(days=1), today + timedelta(days=1), {clerk.account: "王丽"})
    (row,) = made.lists["papers"]
    assert (row["paper_serial"], row["spoiled_by"]) == (f"{application.number}-F1", "王丽")
    assert row["spoiled_reason"]
    text = text_of(made)
    assert row["paper_serial"] in text
    before = spoiled_register(press, today - timedelta(days=9), today - timedelta(days=8), {})
    assert before.lists["papers"] == []
    assert "（本清单没有记录）" in text_of(before)
