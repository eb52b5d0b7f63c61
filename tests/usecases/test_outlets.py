"""Outlets that the centre closed or took off its list, at the desk: choice, form, print and return."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from sscard_desk.domain.application import Application
from sscard_desk.domain.errors.operator import FormIncomplete
from sscard_desk.forms.definition import FormDefinition
from sscard_desk.forms.load import load_form
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.store.opening import create_folder, open_desk
from sscard_desk.ui.form.answers import FormAnswers
from sscard_desk.ui.form.shape import shape_of
from sscard_desk.usecases.attach_photo import attach_photo
from sscard_desk.usecases.bank_list import bank_list
from sscard_desk.usecases.confirm_bank import banks, confirm_bank
from sscard_desk.usecases.form_of import REGISTRATION, form_of
from sscard_desk.usecases.issue_form import issue_form
from sscard_desk.usecases.open_application import open_application
from sscard_desk.usecases.take_back_form import take_back_form

from .conftest import KEY, Person
from .test_counter_operations import TODAY, complete, identity


def close(store: DeskStore, outlet: str = "0201", bank: str = "02") -> None:
    store.keep_local_reference("outlet", outlet, {"code": outlet, "bank": bank, "name": "城关支行", "closed": "yes"})


def chosen(store: DeskStore, clerk: Person) -> Application:
    application = open_application(store, clerk, identity(store, moved=False), today=TODAY)
    application = confirm_bank(store, clerk, application, "02", b"%PDF-1.4 bank")
    return attach_photo(store, clerk, application.id, jpeg=b"\xff\xd8 portrait", source="camera", measures={})


def issued(store: DeskStore, clerk: Person, application: Application) -> Application:
    answers, due = complete(application), date(2026, 12, 7)
    return issue_form(store, clerk, application, answers, pdf=b"%PDF-1.4 form", due=due)


def test_a_closed_outlet_is_told_at_its_field_and_nothing_is_issued_until_another_one_is_chosen(
    store: DeskStore, clerk: Person
) -> None:
    application = chosen(store, clerk)
    assert application.outlet == "0201"
    close(store)
    with pytest.raises(FormIncomplete) as caught:
        issued(store, clerk, application)
    assert caught.value.fields == ("outlet",)
    definition = form_of(store, application, REGISTRATION)
    answers = FormAnswers.begin(definition, application, TODAY, {}, listed=bank_list(store))
    finding = answers.finding("outlet")
    assert finding is not None
    assert (finding.text, finding in answers.findings().blocking) == ("forms.outlet_closed", True)
    again = confirm_bank(store, clerk, application, "01", b"%PDF-1.4 bank")
    assert issued(store, clerk, again).outlet == "0101"


def test_a_form_is_not_taken_back_for_an_outlet_that_was_closed_since(store: DeskStore, clerk: Person) -> None:
    out = issued(store, clerk, chosen(store, clerk))
    close(store)
    with pytest.raises(FormIncomplete):
        take_back_form(store, clerk, out, {})
    again = confirm_bank(store, clerk, out, "01", b"%PDF-1.4 bank")
    assert take_back_form(store, clerk, again, {}).answers["outlet"] == "0101"


def test_a_bank_whose_outlet_was_closed_comes_with_its_next_open_one_or_with_none(store: DeskStore) -> None:
    def serving() -> tuple[str, str, str]:
        bank = next(each for each in banks(store) if each.code == "02")
        return bank.outlet, bank.outlet_name, bank.hint

    assert serving() == ("0201", "城关支行", "步行 3 分钟")
    close(store)
    assert serving() == ("", "", "")
    store.keep_local_reference("outlet", "0202", {"code": "0202", "bank": "02", "name": "东湖支行"})
    assert serving() == ("0202", "东湖支行", "")


def test_a_form_whose_outlet_is_filled_in_chooses_from_the_feed(store: DeskStore) -> None:
    listed = bank_list(store)
    assert listed is not None
    definition = form_of_city()
    shape = {field.id: field for section in shape_of(definition, {"bank": "02"}, listed) for field in section.fields}
    assert [row.code for row in shape["outlet"].codes.rows] == ["0201"]
    assert shape["bank"].codes.rows == ()  # locked: chosen in step 2


def form_of_city() -> FormDefinition:
    """Return the registration form of a city that lets the outlet be filled in."""
    definition = load_form(REGISTRATION)
    fields = tuple(replace(each, locked=each.locked and each.id != "outlet") for each in definition.fields)
    return replace(definition, fields=fields)


def test_a_desk_that_heard_of_no_bank_judges_by_shape(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    create_folder(folder, desk_id="D-1", service_point="4201", desk_no=1, training=True, database_key=KEY)
    empty = open_desk(folder, KEY)
    try:
        assert bank_list(empty) is None
        assert banks(empty) == []
    finally:
        empty.close()
