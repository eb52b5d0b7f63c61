"""A scanned document is the copy of a material, in the same transaction as its entry; taking it back is an act."""

import hashlib
import itertools

import pytest

from sscard_desk.bootstrap.documents import make_documents
from sscard_desk.devices.scanner import escl_words as words
from sscard_desk.domain.application import Application
from sscard_desk.domain.errors.device import ScannedPageEmpty
from sscard_desk.domain.errors.operator import RoleMissing, StepNotAllowed
from sscard_desk.domain.events import DocumentKept, Material
from sscard_desk.domain.ids import AccountId, BlobId, Role
from sscard_desk.domain.scanned_document import DocumentPage
from sscard_desk.domain.steps import Step
from sscard_desk.forms.document_kinds import kind_for
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.training.persons import persons
from sscard_desk.training.scanner_papers import papers_of
from sscard_desk.training.scanner_tray import drawn
from sscard_desk.usecases.check_materials import check_materials, checklist_of
from sscard_desk.usecases.keep_document import Scanned, keep_document, take_back_document
from sscard_desk.usecases.sign import sign
from sscard_desk.wire.blob_names import blobs_of

from .conftest import Person
from .test_materials import CALENDAR, TODAY, at_returned

DESK = make_documents()
REGISTER = "household_register"
KIND = kind_for(REGISTER)


@pytest.fixture(scope="module")
def pages() -> tuple[DocumentPage, ...]:
    paper = papers_of(next(itertools.islice(persons(31), 30, None)))["register_1"]
    settings = words.ScanSettings(words.GLASS, 150, words.GREY, words.units(KIND.width), words.units(KIND.height))
    return DESK.pages(drawn(paper, x=10, y=10)(settings), 150.0, KIND)


def keep(store: DeskStore, who: Person, application: Application, pages: tuple[DocumentPage, ...]) -> Application:
    return keep_document(store, who, application, Scanned(REGISTER, KIND, pages), DESK)


def state_of(application: Application, name: str = REGISTER) -> str:
    return next(line.state for line in checklist_of(application) if line.asked.id == name)


def test_scanning_fills_copy_kept_with_the_digest_of_the_document(
    store: DeskStore, clerk: Person, pages: tuple[DocumentPage, ...]
) -> None:
    application = keep(store, clerk, at_returned(store, clerk), pages)
    (kept,) = application.documents
    pdf = store.blob(kept.document)
    assert hashlib.sha256(pdf).hexdigest() == kept.document
    assert (kept.material, kept.shape, kept.pages, kept.size, kept.doubts) == (REGISTER, "pages", 1, len(pdf), ())
    assert state_of(application) == "copy_kept"
    shown = [Material(line.asked.id, line.state or "original_seen") for line in checklist_of(application)]
    checked = check_materials(store, clerk, application, shown)
    assert next(each.copy for each in checked.materials if each.name == REGISTER) == kept.document
    assert store.application(application.id) == checked
    assert [line.kind for line in store.history(application.id)][-2:] == ["document.kept", "materials.checked"]


def test_a_document_taken_back_opens_what_was_checked_by_it_alone(
    store: DeskStore, clerk: Person, pages: tuple[DocumentPage, ...]
) -> None:
    application = keep(store, clerk, at_returned(store, clerk), pages)
    (kept,) = application.documents
    shown = [Material(line.asked.id, line.state or "original_seen") for line in checklist_of(application)]
    checked = check_materials(store, clerk, application, shown)
    back = take_back_document(store, clerk, checked, kept.document, "wrong page")
    assert (back.step, back.documents, state_of(back)) == (Step.FORM_RETURNED, (), "")
    assert store.blob(kept.document)
    with pytest.raises(StepNotAllowed):
        take_back_document(store, clerk, back, kept.document)
    seen = [Material(line.asked.id, "original_seen") for line in checklist_of(back)]
    again = keep(store, clerk, check_materials(store, clerk, back, seen), pages)
    assert take_back_document(store, clerk, again, kept.document).step is Step.MATERIALS_CHECKED


def test_what_was_promised_is_brought_by_its_scan_and_no_signature_falls(
    store: DeskStore, clerk: Person, pages: tuple[DocumentPage, ...]
) -> None:
    application = at_returned(store, clerk)
    shown = [
        Material(line.asked.id, "promised", TODAY)
        if line.asked.id == REGISTER
        else Material(line.asked.id, "original_seen")
        for line in checklist_of(application)
    ]
    application = check_materials(store, clerk, application, shown, today=TODAY, calendar=CALENDAR)
    for party in application.parties:
        application = sign(store, clerk, application, party=party, kind_of_signature="strokes", evidence=b"s")
    after = keep(store, clerk, application, pages)
    assert (after.step, state_of(after), len(after.signatures)) == (
        Step.SIGNED,
        "copy_kept",
        len(application.signatures),
    )
    with pytest.raises(StepNotAllowed):
        take_back_document(store, clerk, after, after.documents[0].document)


def test_nothing_is_kept_without_a_page_or_by_who_may_not(
    store: DeskStore, clerk: Person, pages: tuple[DocumentPage, ...]
) -> None:
    application = at_returned(store, clerk)
    with pytest.raises(ScannedPageEmpty):
        keep(store, clerk, application, ())
    administrator = Person(AccountId("a" * 32), "李", Role.ADMINISTRATOR)
    with pytest.raises(RoleMissing):
        keep(store, administrator, application, pages)
    assert store.application(application.id) == application


def test_a_document_that_another_desk_kept_is_asked_for() -> None:
    document = BlobId("c" * 64)
    kept = DocumentKept(REGISTER, "pages", document, 1, 10)
    assert list(blobs_of(kept)) == [document]
