"""A new edition of a form goes from the centre to a desk: real centre, real encrypted store, real paper."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from sscard_desk.central import imports
from sscard_desk.central.forms import deliver_form, withdraw_form
from sscard_desk.domain.application import Application
from sscard_desk.domain.errors.operator import (
    EditionTaken,
    EditionUnknown,
    FormDefinitionWrong,
    FormIncomplete,
    FormKindUnknown,
)
from sscard_desk.domain.ids import AccountId, Role
from sscard_desk.forms.definition import FormDefinition
from sscard_desk.forms.shelf import Shelf
from sscard_desk.paper import PdfPaper
from sscard_desk.resources import form_folder, resource
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.store.opening import open_desk
from sscard_desk.sync.client import HttpCentre
from sscard_desk.sync.identity import DeskIdentity
from sscard_desk.sync.passes import run_pass
from sscard_desk.training.id_cards import id_card_of
from sscard_desk.training.persons import persons
from sscard_desk.usecases.confirm_bank import Bank, confirm_bank, confirmation_paper
from sscard_desk.usecases.form_of import CONFIRMATION, REGISTRATION, form_of
from sscard_desk.usecases.identify import identify_card
from sscard_desk.usecases.issue_form import issue_form, registration_paper
from sscard_desk.usecases.open_application import open_application
from sscard_desk.usecases.press import Press
from sscard_desk.usecases.take_back_form import take_back_form
from sscard_desk.wire.feed import REFERENCE
from sscard_desk.wire.forms import KIND, FormEdition
from tests.machines.counter import REGION, Counter
from tests.sync.test_real_desk import KEY, POINT, real_desk
from tests.usecases.conftest import Person
from tests.usecases.test_counter_operations import REST, Register

DAY = date(2026, 11, 23)
PEOPLE = [person for person in persons(80) if person.birth < date(1990, 1, 1) and person.document_kind == "citizen"]
BANK = {"code": "01", "name": "示例银行", "outlet": "0101", "outlet_name": "示例支行"}


@pytest.fixture
def desk(tmp_path: Path, counter: Counter) -> Iterator[DeskStore]:
    imports.import_point(counter.open, POINT, "示例街道服务站", REGION)
    imports.import_banks(counter.open, [BANK])
    store = real_desk(tmp_path / "first", "D-0001", 1)
    counter.identity("D-0001", POINT).keep(store)
    pull(store)
    yield store
    store.close()


@pytest.fixture
def clerk() -> Person:
    return Person(AccountId("c" * 32), "王丽", Role.CLERK)


def pull(store: DeskStore) -> None:
    with HttpCentre(DeskIdentity.load(store, store.desk, training=store.training)) as line:
        assert run_pass(store, line).up_to_date


def edition_folder(place: Path, edition: str, *changes: tuple[str, str], valid_from: str = "2026-06-01") -> Path:
    folder = place / edition / "registration"
    shutil.copytree(form_folder("registration"), folder)
    path = folder / "form.toml"
    text = path.read_text(encoding="utf-8")
    for old, new in (("2026-01-01", valid_from), ('"2026-1"', f'"{edition}"'), *changes):
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")
    return folder


FORMER_POSTCODE = """id = "postcode_old"
section = "contact"
type = "postcode"
zh = "原邮编"
en = "Former postcode"
screen = "none"

[[field]]
"""
ASKS_MORE = ('id = "postcode"\n', FORMER_POSTCODE + 'id = "postcode"\n')


PICK_UP = """zh = "领卡方式"
en = "How the card is collected"
standard = "示例市"
certainty = "own"
rows = [
    ["1", "本服务点领取", "here", "bfwdlq"],
    ["2", "银行网点领取", "at the bank", "yhwdlq"],
    ["3", "邮寄", "by post", "yj"],
    ["7", "社区代领", "at the community office", "sqdl"],
]
"""


def with_codes(folder: Path, **tables: str) -> Path:
    (folder / "codes").mkdir()
    for name, text in tables.items():
        (folder / "codes" / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder


def begin(store: DeskStore, clerk: Person, number: int) -> Application:
    card = id_card_of(PEOPLE[number])
    application = open_application(store, clerk, identify_card(card, Register(PEOPLE[number]), store), today=DAY)
    return confirm_bank(store, clerk, application, "01", b"%PDF-1.4 bank")


def press(store: DeskStore, clerk: Person) -> Press:
    return Press(store, PdfPaper(), store.clock, clerk, "示例街道服务站")


def edition_on(pdf: bytes) -> str:
    return pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range()


def answers_of(application: Application) -> dict[str, str]:
    return REST | {"region": application.id_number[:6], "applied_by": "1"}


def test_an_application_keeps_its_edition_and_the_next_one_takes_the_new(
    counter: Counter, desk: DeskStore, clerk: Person, tmp_path: Path
) -> None:
    old = begin(desk, clerk, 0)
    deliver_form(counter.open, edition_folder(tmp_path, "2026-2", ASKS_MORE))
    pull(desk)
    new = begin(desk, clerk, 1)
    assert (old.editions[REGISTRATION], new.editions[REGISTRATION]) == ("2026-1", "2026-2")
    assert old.editions[CONFIRMATION] == new.editions[CONFIRMATION] == "2026-1"
    for application, edition in ((old, "2026-1"), (new, "2026-2")):
        answers = answers_of(application)
        pdf = registration_paper(press(desk, clerk), application, answers, due=None)
        assert f"{edition} 版" in edition_on(pdf)
        issued = issue_form(desk, clerk, application, answers, pdf=pdf, due=None)
        assert issued.edition == edition
        back = take_back_form(desk, clerk, issued, {"postcode": "430001"})
        assert form_of(desk, back, REGISTRATION).edition == edition
        assert form_of(desk, back, REGISTRATION).has("postcode_old") is (edition == "2026-2")
        again = registration_paper(press(desk, clerk), back, back.answers, due=None)
        assert f"{edition} 版" in edition_on(again)
    bank = Bank("01", "示例银行", "0101", "示例支行", "")
    assert "2026-1 版" in edition_on(confirmation_paper(press(desk, clerk), new, bank))


def test_code_tables_travel_with_an_edition_and_older_applications_keep_their_codes(
    counter: Counter, desk: DeskStore, clerk: Person, tmp_path: Path
) -> None:
    old = begin(desk, clerk, 0)
    edition, changed = deliver_form(counter.open, with_codes(edition_folder(tmp_path, "2026-2"), pick_up=PICK_UP))
    tables = dict(edition.codes)
    assert (changed, tables["pick_up"]) == (True, PICK_UP)
    assert tables["sex"] == resource("codes", "sex.toml").read_text(encoding="utf-8")  # a later program changes nothing
    pull(desk)
    new = begin(desk, clerk, 1)
    codes = [form_of(desk, each, REGISTRATION).field("pick_up").codes for each in (old, new)]
    assert [table.knows("7") for table in codes] == [False, True]
    with pytest.raises(FormIncomplete):
        issue_form(desk, clerk, old, answers_of(old) | {"pick_up": "7"}, pdf=b"%PDF-1.4", due=None)
    answers = answers_of(new) | {"pick_up": "7"}
    assert "社区代领" in edition_on(registration_paper(press(desk, clerk), new, answers, due=None))
    assert issue_form(desk, clerk, new, answers, pdf=b"%PDF-1.4", due=None).answers["pick_up"] == "7"
    assert begin(desk, clerk, 2).editions[REGISTRATION] == "2026-2"
    withdraw_form(counter.open, "registration", "2026-2")
    pull(desk)
    assert form_of(desk, new, REGISTRATION).field("pick_up").codes.row("7").words.zh == "社区代领"


def test_the_same_edition_with_other_codes_is_another_edition(
    counter: Counter, desk: DeskStore, tmp_path: Path
) -> None:
    deliver_form(counter.open, with_codes(edition_folder(tmp_path, "2026-2"), pick_up=PICK_UP))
    other = with_codes(edition_folder(tmp_path / "other", "2026-2"), pick_up=PICK_UP.replace("社区", "街道"))
    with pytest.raises(EditionTaken):
        deliver_form(counter.open, other)
    pull(desk)
    assert desk.forms.of(REGISTRATION, "2026-2").field("pick_up").codes.row("7").words.zh == "社区代领"


@pytest.mark.parametrize(
    ("table", "text", "reason"),
    [
        ("pick_up", PICK_UP.replace('"own"', '"sure"'), "not_a_choice"),
        ("pick_up", PICK_UP + 'other_codes = "["', "not_a_pattern"),
        ("pick_up", PICK_UP.replace('["3", "邮寄", "by post", "yj"]', '"3"'), "code_row"),
        ("document_kind", PICK_UP, "word_of_program"),
        ("pickup", PICK_UP, "table_not_named"),
    ],
)
def test_a_wrong_code_table_refuses_its_edition_whole(
    counter: Counter, desk: DeskStore, tmp_path: Path, *, table: str, text: str, reason: str
) -> None:
    folder = with_codes(edition_folder(tmp_path, "2026-2"), **{table: text})
    with pytest.raises(FormDefinitionWrong) as caught:
        deliver_form(counter.open, folder)
    assert (caught.value.file, caught.value.reason) == (f"codes/{table}.toml", reason)
    publish(counter, replace(read(folder, "2026-2"), codes=((table, text),)))
    pull(desk)
    (refused,) = desk.refused_forms()
    assert refused.problem is not None
    assert (refused.why, refused.problem.file, refused.problem.reason) == ("definition", caught.value.file, reason)
    assert desk.forms.current(REGISTRATION, DAY).edition == "2026-1"


def test_both_editions_open_and_print_after_the_program_was_started_again(
    counter: Counter, desk: DeskStore, clerk: Person, tmp_path: Path
) -> None:
    old = begin(desk, clerk, 0)
    deliver_form(counter.open, edition_folder(tmp_path, "2026-2", ASKS_MORE))
    pull(desk)
    new = begin(desk, clerk, 1)
    desk.close()
    again = open_desk(tmp_path / "first", KEY)
    try:
        for number, edition in ((old.number, "2026-1"), (new.number, "2026-2")):
            application = again.find_application(number)
            pdf = registration_paper(press(again, clerk), application, answers_of(application), due=None)
            assert f"{edition} 版" in edition_on(pdf)
        assert again.forms.current(REGISTRATION, DAY).edition == "2026-2"
    finally:
        again.close()


def test_an_edition_counts_from_its_first_day_on_and_not_after_its_last(
    counter: Counter, desk: DeskStore, tmp_path: Path
) -> None:
    deliver_form(counter.open, edition_folder(tmp_path, "2027-1", valid_from="2027-01-01\nvalid_to = 2027-06-30"))
    pull(desk)
    days = {
        date(2026, 12, 31): "2026-1",
        date(2027, 1, 1): "2027-1",
        date(2027, 6, 30): "2027-1",
        date(2027, 7, 1): "2026-1",
    }
    assert {day: desk.forms.current(REGISTRATION, day).edition for day in days} == days


def test_a_broken_edition_is_refused_by_the_centre_and_by_a_desk_that_gets_it_all_the_same(
    counter: Counter, desk: DeskStore, clerk: Person, tmp_path: Path
) -> None:
    deliver_form(counter.open, edition_folder(tmp_path, "2026-2", ASKS_MORE))
    pull(desk)
    broken = edition_folder(tmp_path, "2026-3", ('type = "email"', 'type = "e-mail"'))
    with pytest.raises(FormDefinitionWrong):
        deliver_form(counter.open, broken)
    publish(counter, read(broken, "2026-3"))
    pull(desk)
    (refused,) = desk.refused_forms()
    assert (refused.form, refused.edition, refused.why) == ("registration", "2026-3", "definition")
    assert refused.problem is not None
    assert (refused.problem.file, refused.problem.item, refused.problem.reason) == (
        "registration/form.toml", "email", "not_a_choice",
    )  # fmt: skip
    assert desk.forms.current(REGISTRATION, DAY).edition == "2026-2"
    with pytest.raises(EditionUnknown):
        desk.forms.of(REGISTRATION, "2026-3")
    assert begin(desk, clerk, 2).editions[REGISTRATION] == "2026-2"


def read(folder: Path, edition: str) -> FormEdition:
    form, paper = ((folder / name).read_text(encoding="utf-8") for name in ("form.toml", "paper.toml"))
    return FormEdition("registration", edition, form, paper)


def publish(counter: Counter, edition: FormEdition, seal: bytes | None = None, **changed: str) -> None:
    """Put a row into the feed past the centre's own check."""
    own = counter.open.keys.receipt.sign(edition.sealed_bytes()) if seal is None else seal
    imports.import_rows(counter.open, REFERENCE, KIND, {edition.id: edition.row(own) | changed})


def test_an_edition_that_the_centre_did_not_seal_is_not_used(counter: Counter, desk: DeskStore, tmp_path: Path) -> None:
    edition = read(edition_folder(tmp_path, "2026-2"), "2026-2")
    publish(counter, edition, form_toml=edition.form_toml.replace("手机号码", "银行密码"))
    publish(counter, replace(edition, edition="2026-4"), seal=bytes(64))
    pull(desk)
    assert {(each.edition, each.why) for each in desk.refused_forms()} == {("2026-2", "seal"), ("2026-4", "seal")}
    assert desk.forms.current(REGISTRATION, DAY).edition == "2026-1"
    publish(counter, edition)
    pull(desk)
    assert desk.forms.current(REGISTRATION, DAY).edition == "2026-2"
    assert [each.edition for each in desk.refused_forms()] == ["2026-4"]


def test_an_edition_never_changes_once_it_was_delivered(counter: Counter, desk: DeskStore, tmp_path: Path) -> None:
    first = edition_folder(tmp_path / "first", "2026-2")
    other = edition_folder(tmp_path / "other", "2026-2", ASKS_MORE)
    deliver_form(counter.open, first)
    pull(desk)
    assert deliver_form(counter.open, first)[1] is False
    with pytest.raises(EditionTaken):
        deliver_form(counter.open, other)
    withdraw_form(counter.open, "registration", "2026-2")
    with pytest.raises(EditionTaken):
        deliver_form(counter.open, other)
    publish(counter, read(other, "2026-2"))
    publish(counter, read(edition_folder(tmp_path / "third", "2026-1", ASKS_MORE), "2026-1"))
    pull(desk)
    assert {(each.edition, each.why) for each in desk.refused_forms()} == {("2026-2", "changed"), ("2026-1", "changed")}
    assert not desk.forms.of(REGISTRATION, "2026-2").has("postcode_old")
    assert not desk.forms.of(REGISTRATION, "2026-1").has("postcode_old")


def test_a_withdrawn_edition_begins_no_application_and_ends_those_that_it_began(
    counter: Counter, desk: DeskStore, clerk: Person, tmp_path: Path
) -> None:
    deliver_form(counter.open, edition_folder(tmp_path, "2026-2", ASKS_MORE))
    pull(desk)
    begun = begin(desk, clerk, 0)
    withdraw_form(counter.open, "registration", "2026-2")
    pull(desk)
    assert begin(desk, clerk, 1).editions[REGISTRATION] == "2026-1"
    kept: FormDefinition = form_of(desk, begun, REGISTRATION)
    assert (kept.edition, kept.has("postcode_old")) == ("2026-2", True)
    assert issue_form(desk, clerk, begun, answers_of(begun), pdf=b"%PDF-1.4", due=None).edition == "2026-2"
    with pytest.raises(EditionUnknown):
        withdraw_form(counter.open, "registration", "2026-2")


def test_a_desk_without_the_edition_of_another_desks_application_says_so_until_it_comes(
    counter: Counter, desk: DeskStore, clerk: Person, tmp_path: Path
) -> None:
    second = real_desk(tmp_path / "second", "D-0002", 2)
    counter.identity("D-0002", POINT).keep(second)
    try:
        deliver_form(counter.open, edition_folder(tmp_path, "2026-2", ASKS_MORE))
        pull(desk)
        application = begin(desk, clerk, 0)
        with pytest.raises(EditionUnknown):
            form_of(second, application, REGISTRATION)
        pull(desk)
        pull(second)
        assert form_of(second, second.find_application(application.number), REGISTRATION).edition == "2026-2"
    finally:
        second.close()


def test_a_scan_of_a_delivered_edition_finds_its_definition(counter: Counter, desk: DeskStore, tmp_path: Path) -> None:
    deliver_form(counter.open, edition_folder(tmp_path, "2026-2", ASKS_MORE))
    publish(counter, read(edition_folder(tmp_path, "2026-5", ('"R"', '"Q"')), "2026-5"))
    pull(desk)
    shelf = Shelf(desk.forms)
    assert shelf.find("R", "2026-2").has("postcode_old")
    assert shelf.find("R", "").edition == "2026-1"
    assert [(each.edition, each.why) for each in desk.refused_forms()] == [("2026-5", "changed")]
    for letter, edition, error in (("R", "2026-5", EditionUnknown), ("Q", "2026-5", FormKindUnknown)):
        with pytest.raises(error):
            shelf.find(letter, edition)


def test_a_new_desk_gets_every_edition_with_the_snapshot(counter: Counter, desk: DeskStore, tmp_path: Path) -> None:
    del desk
    imports.import_notices(counter.open, [{"id": f"n{number}", "text": "通知"} for number in range(3_100)])
    deliver_form(counter.open, edition_folder(tmp_path, "2026-2", ASKS_MORE))
    late = real_desk(tmp_path / "late", "D-0003", 3)
    counter.identity("D-0003", POINT).keep(late)
    try:
        pull(late)
        assert late.forms.current(REGISTRATION, DAY).edition == "2026-2"
    finally:
        late.close()
