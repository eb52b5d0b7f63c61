"""Every case from opening to signed: its checklist, who signs, both papers read back, and the plan of its card.

`SSCARD_CASES_OUT=DIR` keeps the pages as pictures, to be looked at.
"""

import os
import re
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from sscard_desk.cards import ssse
from sscard_desk.cards.plan import plan
from sscard_desk.cards.profile_file import load_profile
from sscard_desk.domain.application import Application
from sscard_desk.domain.comparison import Verdict
from sscard_desk.domain.errors.operator import CharacterNotOnCard, NameTooLongForCard
from sscard_desk.domain.events import Material
from sscard_desk.domain.id_card import IdCard, IdCardKind
from sscard_desk.domain.numbers.citizen_id import check_character
from sscard_desk.domain.steps import Step
from sscard_desk.forms.conditions import visible
from sscard_desk.forms.definition import FieldType
from sscard_desk.forms.load import load_form
from sscard_desk.paper import PdfPaper
from sscard_desk.resources import resource
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.training.id_cards import id_card_of
from sscard_desk.training.persons import persons
from sscard_desk.usecases.attach_photo import attach_photo
from sscard_desk.usecases.card_content import card_content, last_day
from sscard_desk.usecases.case_of import case_of, materials_asked
from sscard_desk.usecases.check_materials import check_materials, checklist_of
from sscard_desk.usecases.confirm_bank import (
    Bank,
    banks,
    confirm_bank,
    confirmation_answers,
    confirmation_paper,
)
from sscard_desk.usecases.exempt_photo import can_exempt_photo, exempt_photo
from sscard_desk.usecases.identify import Identity, identify_card, identify_document
from sscard_desk.usecases.issue_form import issue_form, paper_answers, registration_paper
from sscard_desk.usecases.open_application import open_application
from sscard_desk.usecases.press import Press
from sscard_desk.usecases.sign import sign
from sscard_desk.usecases.take_back_form import take_back_form

from .conftest import Person
from .test_counter_operations import REST, Register

TODAY = date(2026, 11, 23)
OUT = os.environ.get("SSCARD_CASES_OUT", "")
FULL = REST | {"mobile": "13812345678", "region": "420196"}
AGENT = {
    "agent_name": "王芳", "agent_relationship": "8", "agent_document_kind": "01", "agent_mobile": "13900139000",
    "agent_id_number": "11010119900307002X",
}  # fmt: skip


class Clock:
    def now(self) -> datetime:
        return datetime(2026, 11, 23, 2, 52, tzinfo=UTC)

    def counted(self) -> datetime:
        return self.now()


def number(first: str) -> str:
    return first + check_character(first)


def card(kind: IdCardKind, told: str, name: str, birth: date, **more: str) -> IdCard:
    return IdCard(
        kind=kind, number=told, name=name, sex="1", birth=birth, authority="示例市公安局城关分局",
        valid_from=date(2024, 5, 12), valid_to=date(2044, 5, 12), **more,
    )  # fmt: skip


GROWN = next(p for p in persons(50) if p.birth < date(1990, 1, 1) and p.document_kind == "citizen")
HMT = next(p for p in persons(50) if p.document_kind == "hmt_resident")
FOREIGN_2023 = next(p for p in persons(50) if p.document_kind == "foreign_2023")
CITIZEN = number("42019619900307451")
TYPED = {"name": "李小满", "address": "示例市城关区和平路18号", "authority": "示例市公安局城关分局", "ethnic": "01"}
TYPED_FOREIGN = {"name": "JOHN SMITH", "birth": "1981-08-03", "sex": "1", "nationality": "USA"}


@dataclass(frozen=True)
class Walk:
    """One applicant: a card that is read, or a document that is typed, and what differs from an ordinary form."""

    case: str
    materials: tuple[str, ...]
    card: IdCard | None = None
    typed: tuple[str, dict[str, str], str] | None = None
    answers: dict[str, str] = field(default_factory=dict)
    parties: tuple[str, ...] = ("applicant", "clerk")
    evidence: str = "chip"
    written: str = ""
    refused: type[Exception] | None = None
    origin: str = "walk_in"
    left_out: tuple[str, ...] = ()


HOUSE, FORM = "household_register", "registration_form"
ADULT = ("id_card", HOUSE, FORM)
WALKS = {
    "adult": Walk("adult", ADULT, id_card_of(GROWN)),
    "minor": Walk(
        "minor", (HOUSE, "guardian_id", "birth_certificate", FORM),
        typed=(number("42019620150307451"), TYPED, "household_register"),
        answers=AGENT | {"applied_by": "2"}, parties=("guardian", "clerk"), evidence="typed",
    ),
    "young-child": Walk(
        "young_child", (HOUSE, "guardian_id", "birth_certificate", FORM),
        typed=(number("42019620220307451"), TYPED, "household_register"),
        answers=AGENT | {"applied_by": "2"}, parties=("guardian", "clerk"), evidence="typed",
    ),
    "ward": Walk(
        "ward", ("id_card", HOUSE, "guardian_id", FORM), id_card_of(GROWN),
        answers=AGENT | {"applied_by": "2"}, parties=("guardian", "clerk"),
    ),
    "agent": Walk(
        "agent", (*ADULT[:2], "agent_id", "authorisation", FORM), id_card_of(GROWN),
        answers=AGENT | {"applied_by": "3"}, parties=("agent", "clerk"),
    ),
    "hmt": Walk("hmt_resident", ("hmt_permit", FORM), id_card_of(HMT)),
    "foreign-2023": Walk("foreign_resident", ("foreign_permit", FORM), id_card_of(FOREIGN_2023)),
    "foreign-2017": Walk(
        "foreign_resident", ("foreign_permit", FORM),
        card(IdCardKind.FOREIGN_2017, "USA110081080310", "约翰", date(1981, 8, 3), nationality="USA"),
    ),
    "foreign-old": Walk(
        "foreign_resident", ("foreign_permit", FORM),
        typed=("USA110081080310", TYPED_FOREIGN, "foreign_permit_2004"), evidence="typed", written="JOHN SMITH",
    ),
    "collective": Walk(
        "collective_household", ("id_card", "collective_page", FORM), id_card_of(GROWN),
        answers={"household_book": "2"},
    ),
    "student": Walk(
        "student", (*ADULT[:2], "student_proof", FORM), id_card_of(GROWN),
        answers={"person_status": "10", "school": "示例市第一中学", "class_name": "高三（2）班",
                 "student_number": "G42019619"},
    ),
    "class-list": Walk(
        "class_list", ("id_card_copy", FORM), typed=(CITIZEN, TYPED | {"person_status": "10"}, "class_list"),
        answers={"person_status": "10", "school": "示例市第一中学"}, evidence="register", origin="class",
    ),
    "no-phone": Walk(
        "no_mobile", ADULT, id_card_of(GROWN), left_out=("mobile",),
        answers={"no_mobile": "yes", "contact_name": "王芳", "contact_phone": "027-66001234"},
    ),
    "temporary-id": Walk(
        "not_read", ("temporary_id_card", HOUSE, FORM), typed=(CITIZEN, TYPED, "temporary_id_card"), evidence="typed",
    ),
    "chip-unreadable": Walk("not_read", ADULT, typed=(CITIZEN, TYPED, "chip_unreadable"), evidence="typed"),
    "electronic": Walk(
        "electronic_id", ("id_card_after_electronic", HOUSE, FORM), typed=(CITIZEN, TYPED, "electronic_id"),
        evidence="electronic",
    ),
    "dot-2022": Walk(
        "adult", ADULT, typed=(CITIZEN, TYPED | {"name": "阿依古丽\u2022买买提"}, "id_card"), evidence="typed",
        written="阿依古丽·买买提",
    ),
    "dot-30fb": Walk(
        "adult", ADULT, typed=(CITIZEN, TYPED | {"name": "阿依古丽\u30fb买买提"}, "id_card"), evidence="typed",
        written="阿依古丽·买买提",
    ),
    "outside-gbk": Walk(
        "name_not_writable", ADULT, typed=(CITIZEN, TYPED | {"name": "王䶮"}, "id_card"), evidence="typed",
        answers={"name_description": "上龙下天"}, refused=CharacterNotOnCard,
    ),
    "outside-gbk-pinyin": Walk(
        "name_outside_gbk", ADULT, typed=(CITIZEN, TYPED | {"name": "王䶮"}, "id_card"), evidence="typed",
        answers={"name_description": "上龙下天", "name_on_card": "WANG YAN"}, written="WANG YAN",
    ),
    "beyond-bmp": Walk(
        "name_outside_gbk", ADULT, typed=(CITIZEN, TYPED | {"name": "李𠅤"}, "id_card"), evidence="typed",
        answers={"name_description": "亠心恵", "name_on_card": "LI HUI"}, written="LI HUI",
    ),
    "extension": Walk(
        "adult", ADULT, typed=(CITIZEN, TYPED | {"name": "阿卜杜热合曼江·麦麦提图尔荪江·吐"}, "id_card"),
        evidence="typed",
        written="阿卜杜热合曼江·麦麦提图尔荪江·吐",
    ),
    "too-long": Walk(
        "name_too_long", ADULT, typed=(CITIZEN, TYPED | {"name": "阿" * 26}, "id_card"), evidence="typed",
        refused=NameTooLongForCard,
    ),
}  # fmt: skip


def identity_of(walk: Walk, store: DeskStore) -> Identity:
    if walk.card is not None:
        return identify_card(walk.card, Register(GROWN, HMT, FOREIGN_2023), store)
    assert walk.typed is not None
    told, typed, source = walk.typed
    return identify_document(told, typed, Register(), store, source)


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return bare(text)


def bare(text: str) -> str:
    return re.sub(r"[\s\-]", "", text)


def keep_pictures(name: str, paper: str, pdf: bytes) -> None:
    for page in range(PdfPaper().pages(pdf)):
        seen = PdfPaper().render(pdf, page, 100)
        assert len(set(seen.rgb)) > 16  # something is drawn
        if OUT:
            Path(OUT).mkdir(parents=True, exist_ok=True)
            target = Path(OUT) / f"{name}-{paper}{page + 1}.png"
            Image.frombytes("RGB", (seen.width, seen.height), seen.rgb).save(target)


def the_paper_says_the_answers(form: str, pdf: bytes, answers: dict[str, str]) -> None:
    definition, text = load_form(form), text_of(pdf)
    drawn = {cell.field for block in definition.paper.blocks for line in block.rows for cell in line.cells}
    told = 0
    for each in visible(definition, answers):
        answer = answers.get(each.id, "")
        if each.id not in drawn or not answer or each.type in {FieldType.TICK, FieldType.PHOTO, FieldType.SIGNATURE}:
            continue
        if each.table:
            answer = each.codes.row(answer).words.zh or answer
        elif each.words_field:
            answer = answers.get(each.words_field, answer)
        assert bare(answer) in text, each.id
        told += 1
    assert told >= 5


@pytest.mark.parametrize("name", WALKS)
def test_a_case_goes_from_opening_to_signed(name: str, store: DeskStore, clerk: Person) -> None:
    walk = WALKS[name]
    press = Press(store, PdfPaper(), Clock(), clerk, "城关街道社保服务点")
    who = identity_of(walk, store)
    application = open_application(store, clerk, who, today=TODAY, origin=walk.origin)
    assert application.evidence == walk.evidence
    assert application.evidence_source == (walk.typed[2] if walk.typed else "id_card_chip")

    bank: Bank = banks(store)[0]
    confirmation = confirmation_paper(press, application, bank)
    keep_pictures(name, "confirmation", confirmation)
    the_paper_says_the_answers("confirmation", confirmation, confirmation_answers(application, bank))
    application = confirm_bank(store, clerk, application, bank.code, confirmation)
    if can_exempt_photo(application):
        application = exempt_photo(store, clerk, application)
    else:
        application = attach_photo(store, clerk, application.id, jpeg=portrait(), source="camera", measures={})

    filled = {key: value for key, value in FULL.items() if key not in walk.left_out} | walk.answers
    answers = filled | dict.fromkeys(walk.left_out, "")
    registration = registration_paper(press, application, answers, due=date(2026, 12, 7))
    keep_pictures(name, "registration", registration)
    the_paper_says_the_answers("registration", registration, paper_answers(application, answers))
    application = issue_form(
        store, clerk, application, answers, pdf=registration, due=date(2026, 12, 7), counted="working"
    )
    application = take_back_form(store, clerk, application, {})

    situation = case_of(application)
    assert walk.case in {case.id for case in situation.cases}
    assert tuple(asked.id for asked in materials_asked(application)) == walk.materials
    shown = [Material(asked.id, asked.accepts[0]) for asked in materials_asked(application)]
    application = check_materials(store, clerk, application, shown)
    assert all(line.state == "original_seen" for line in checklist_of(application))
    assert application.parties == walk.parties
    for party in walk.parties:
        assert application.step is Step.MATERIALS_CHECKED
        application = sign(store, clerk, application, party=party, kind_of_signature="strokes", evidence=party.encode())
    assert application.step is Step.SIGNED
    the_card_holds_the_name(application, walk)


def the_card_holds_the_name(application: Application, walk: Walk) -> None:
    profile = load_profile(resource("card_profiles", "training.toml"))
    content = card_content(application, "K00008171", TODAY, last_day(TODAY, 10))
    if walk.refused is not None:
        assert not case_of(application).card_here
        with pytest.raises(walk.refused):
            plan(content, profile, "2.00")
        return
    assert case_of(application).card_here
    records = {one.item: one for one in plan(content, profile, "2.00")}
    name = b"".join(records[item].value.rstrip(b"\x00") for item in (ssse.HOLDER_NAME, ssse.NAME_EXTENSION))
    assert name.decode("gbk").replace("\u30fb", "·") == (walk.written or application.name)
    if "·" in (walk.written or application.name):
        assert b"\xa1\xa4" in name
    assert records[ssse.SOCIAL_SECURITY_NUMBER].value.rstrip(b"\x00").decode() == application.id_number


@pytest.mark.parametrize("dot", ["\u00b7", "\u2022", "\u30fb"])
def test_the_dots_of_a_name_are_one_and_the_same(dot: str, store: DeskStore) -> None:
    register = replace(GROWN, name="阿依古丽·买买提")
    read = replace(id_card_of(register), name=f"阿依古丽{dot}买买提")
    found = identify_card(read, Register(register), store)
    assert [row.verdict for row in found.compared if row.field == "name"] == [Verdict.SAME]


def portrait() -> bytes:
    import io

    target = io.BytesIO()
    Image.new("RGB", (358, 441), "white").save(target, "JPEG")
    return target.getvalue()
