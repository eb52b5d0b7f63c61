"""Whatever is done to an application is done in the edition that it began with."""

from dataclasses import replace
from datetime import date

import pytest

from sscard_desk.domain.application import Application
from sscard_desk.domain.errors.operator import EditionUnknown
from sscard_desk.forms.load import load_form
from sscard_desk.resources import root
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.usecases.form_of import CONFIRMATION, REGISTRATION, editions_on, form_of
from tests.usecases.conftest import Person
from tests.usecases.test_counter_operations import TODAY, identity, open_application

BEFORE_ANY_APPLICATION = {"ui/app/ahead.py", "ui/form/view.py"}
"""They load the program's own edition ahead, so that the first form page is quick."""


def test_no_operation_and_no_page_takes_a_form_past_its_application() -> None:
    program = root() / "sscard_desk"
    files = [path for room in ("usecases", "ui") for path in (program / room).rglob("*.py")]
    files = [path for path in files if path.parent.name != "sample_desk"]  # pictures of the program's own editions
    loading = {str(path.relative_to(program)) for path in files if "load_form" in path.read_text(encoding="utf-8")}
    assert loading <= BEFORE_ANY_APPLICATION


@pytest.fixture
def application(store: DeskStore, clerk: Person) -> Application:
    return open_application(store, clerk, identity(store, moved=False), today=TODAY)


def test_an_application_notes_the_editions_of_its_signed_forms(store: DeskStore, application: Application) -> None:
    assert application.editions == editions_on(store, TODAY)
    assert set(application.editions) == {REGISTRATION, CONFIRMATION}
    assert store.application(application.id).editions == application.editions


def test_an_application_of_an_older_journal_keeps_what_was_printed(store: DeskStore, application: Application) -> None:
    old = replace(application, editions={})
    assert form_of(store, old, REGISTRATION) is load_form(REGISTRATION)
    printed = replace(old, edition=load_form(REGISTRATION).edition)
    assert form_of(store, printed, REGISTRATION) is load_form(REGISTRATION)
    with pytest.raises(EditionUnknown):
        form_of(store, replace(old, edition="2019-9"), REGISTRATION)


def test_before_every_edition_the_one_of_the_program_holds(store: DeskStore) -> None:
    assert store.forms.current(REGISTRATION, date(1999, 1, 1)) is load_form(REGISTRATION)
