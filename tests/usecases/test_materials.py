"""What a case asks to bring, how it may be shown or promised, and how an application ends without a card."""

from datetime import date, timedelta

import pytest

from sscard_desk.devices.calendar import StateCouncilCalendar
from sscard_desk.domain.application import Application
from sscard_desk.domain.due import Due, due_items
from sscard_desk.domain.errors.cardholder import MaterialsMissing
from sscard_desk.domain.errors.cases import (
    MaterialStateNotAccepted,
    NothingOverdue,
    PhotoAskedFor,
    PromiseNotAllowed,
    PromisesOutstanding,
    PromiseTooLate,
)
from sscard_desk.domain.errors.operator import ReasonMissing, RoleMissing, StepNotAllowed
from sscard_desk.domain.events import Material
from sscard_desk.domain.steps import Step
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.training.persons import persons
from sscard_desk.usecases.attach_photo import attach_photo
from sscard_desk.usecases.check_materials import (
    bring_material,
    check_materials,
    checklist,
    checklist_of,
    missing_items,
)
from sscard_desk.usecases.close_application import expire, refuse, withdraw
from sscard_desk.usecases.confirm_bank import confirm_bank
from sscard_desk.usecases.due_list import due_list
from sscard_desk.usecases.exempt_photo import exempt_photo
from sscard_desk.usecases.hand_over import hand_over, holding_back
from sscard_desk.usecases.identify import identify_document, identify_person
from sscard_desk.usecases.issue_form import issue_form
from sscard_desk.usecases.open_application import open_application
from sscard_desk.usecases.recording import Exemption
from sscard_desk.usecases.sign import sign
from sscard_desk.usecases.take_back_form import take_back_form

from .conftest import Person
from .test_counter_operations import REST, Register

TODAY = date(2026, 11, 23)
CALENDAR = StateCouncilCalendar()
GROWN = next(p for p in persons(50) if p.birth < date(1990, 1, 1) and p.document_kind == "citizen")
FULL = REST | {"mobile": "13812345678"}


def at_returned(store: DeskStore, clerk: Person, due: date | None = None, **answers: str) -> Application:
    application = open_application(store, clerk, identify_person(GROWN, store), today=TODAY)
    application = confirm_bank(store, clerk, application, "02", b"%PDF")
    application = attach_photo(store, clerk, application.id, jpeg=b"j", source="camera", measures={})
    application = issue_form(store, clerk, application, FULL | answers, pdf=b"%PDF", due=due, counted="working")
    return take_back_form(store, clerk, application, {})


def seen(application: Application, **other: Material) -> list[Material]:
    return [other.get(name, Material(name, "original_seen")) for name in checklist(application)]


def test_a_material_is_promised_within_the_days_of_the_data_and_shown_as_due(store: DeskStore, clerk: Person) -> None:
    application = at_returned(store, clerk)
    by = date(2026, 12, 7)
    promised = seen(application, household_register=Material("household_register", "promised", by))
    checked = check_materials(store, clerk, application, promised, today=TODAY, calendar=CALENDAR)
    assert [(item.subject, item.day, item.state) for item in due_items(checked, TODAY)] == [
        ("household_register", by, Due.RUNNING)
    ]
    assert due_items(checked, by)[0].state is Due.TODAY
    assert due_items(checked, by + timedelta(days=1))[0].state is Due.OVERDUE
    assert [line.asked.id for line in missing_items(checked)] == ["household_register"]
    assert [line.application.id for line in due_list(store, by)] == [checked.id]
    assert list(due_list(store, TODAY)) == []
    brought = bring_material(store, clerk, checked, "household_register", "copy_kept")
    assert due_items(brought, by) == ()
    assert missing_items(brought) == ()
    with pytest.raises(StepNotAllowed):
        bring_material(store, clerk, brought, "household_register", "original_seen")


def test_what_may_not_be_promised_and_for_how_long_is_data(store: DeskStore, clerk: Person) -> None:
    application = at_returned(store, clerk)
    with pytest.raises(PromiseNotAllowed):
        check_materials(
            store, clerk, application, seen(application, id_card=Material("id_card", "promised", TODAY)),
            today=TODAY, calendar=CALENDAR,
        )  # fmt: skip
    for day in (date(2026, 12, 8), TODAY - timedelta(days=1), None):
        late = seen(application, household_register=Material("household_register", "promised", day))
        with pytest.raises(PromiseTooLate) as caught:
            check_materials(store, clerk, application, late, today=TODAY, calendar=CALENDAR)
        assert caught.value.last == date(2026, 12, 7)
    copied = seen(application, registration_form=Material("registration_form", "copy_kept"))
    with pytest.raises(MaterialStateNotAccepted):
        check_materials(store, clerk, application, copied)
    assert store.application(application.id).step is Step.FORM_RETURNED


def test_what_is_missing_and_does_not_block_is_noted(store: DeskStore, clerk: Person) -> None:
    student = at_returned(store, clerk, person_status="10")
    assert "student_proof" in checklist(student)
    shown = seen(student, student_proof=Material("student_proof", "missing"))
    checked = check_materials(store, clerk, student, shown)
    assert {line.asked.id: line.state for line in checklist_of(checked)}["student_proof"] == "missing"
    assert checked.materials_exception == ""


def test_a_supervisors_exception_says_why_and_stands_on_record(
    store: DeskStore, clerk: Person, supervisor: Person
) -> None:
    application = at_returned(store, clerk)
    shown = seen(application, household_register=Material("household_register", "missing"))
    with pytest.raises(MaterialsMissing):
        check_materials(store, clerk, application, shown)
    checked = check_materials(store, clerk, application, shown, Exemption("burnt, police note seen", supervisor))
    assert checked.materials_exception == "burnt, police note seen"


def test_a_promise_that_was_not_kept_holds_the_card_back(store: DeskStore, clerk: Person) -> None:
    application = at_returned(store, clerk)
    by = date(2026, 12, 7)
    promised = seen(application, household_register=Material("household_register", "promised", by))
    checked = check_materials(store, clerk, application, promised, today=TODAY, calendar=CALENDAR)
    assert holding_back(checked) == ("household_register",)
    with pytest.raises(PromisesOutstanding):
        hand_over(store, clerk, checked)
    for party in checked.parties:
        checked = sign(store, clerk, checked, party=party, kind_of_signature="strokes", evidence=b"s")
    brought = bring_material(store, clerk, checked, "household_register", "original_seen")
    assert brought.step is Step.SIGNED
    assert brought.valid_signatures() == checked.valid_signatures()
    assert holding_back(brought) == ()


def test_only_a_supervisor_closes_as_expired_and_only_what_is_overdue(
    store: DeskStore, clerk: Person, supervisor: Person
) -> None:
    due = date(2026, 12, 7)
    application = open_application(store, clerk, identify_person(GROWN, store), today=TODAY)
    application = confirm_bank(store, clerk, application, "02", b"%PDF")
    application = issue_form(store, clerk, application, FULL, pdf=b"%PDF", due=due, counted="working")
    after = due + timedelta(days=1)
    with pytest.raises(RoleMissing):
        expire(store, clerk, application, "not brought back", after)
    with pytest.raises(ReasonMissing):
        expire(store, supervisor, application, " ", after)
    with pytest.raises(NothingOverdue):
        expire(store, supervisor, application, "not brought back", due)
    expired = expire(store, supervisor, application, "not brought back", after)
    assert (expired.step, expired.closed_reason) == (Step.EXPIRED, "not brought back")
    assert due_items(expired, after) == ()
    with pytest.raises(StepNotAllowed):
        withdraw(store, clerk, expired, "x")


def test_a_refusal_keeps_what_was_missing_for_its_notice(store: DeskStore, clerk: Person, supervisor: Person) -> None:
    application = at_returned(store, clerk)
    shown = seen(application, household_register=Material("household_register", "missing"))
    checked = check_materials(store, clerk, application, shown, Exemption("for the record", supervisor))
    with pytest.raises(ReasonMissing):
        refuse(store, clerk, checked, "")
    refused = refuse(store, clerk, checked, "incomplete", "materials_missing")
    assert (refused.step, refused.closed_code) == (Step.REFUSED, "materials_missing")
    assert store.open_for(GROWN.id_number) is None


def test_a_withdrawal_has_a_reason(store: DeskStore, clerk: Person) -> None:
    application = open_application(store, clerk, identify_person(GROWN, store), today=TODAY)
    with pytest.raises(ReasonMissing):
        withdraw(store, clerk, application, "\n")
    assert withdraw(store, clerk, application, "comes later").step is Step.WITHDRAWN


def test_the_photo_is_left_out_only_where_the_data_say_so(store: DeskStore, clerk: Person) -> None:
    grown = open_application(store, clerk, identify_person(GROWN, store), today=TODAY)
    with pytest.raises(PhotoAskedFor):
        exempt_photo(store, clerk, grown)
    child = identify_document("110101202203070037", {"name": "李小满"}, Register(), store, "household_register")
    young = open_application(store, clerk, child, today=TODAY)
    assert exempt_photo(store, clerk, young).photo_exempt == "young_child"
