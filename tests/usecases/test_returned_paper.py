"""The paper that comes back: which pages are taken, and what is kept of them in the encrypted store."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import cv2
import numpy as np
import pytest

from sscard_desk.bootstrap.scans import make_form_reader
from sscard_desk.domain.application import Application
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.operator import (
    ApplicationUnknown,
    FormCopyOld,
    FormOfOtherApplication,
    FormOfOtherPoint,
    NoFormOnPage,
    PageScannedTwice,
)
from sscard_desk.domain.events import Event, FormReturned
from sscard_desk.domain.form_scan import FormPage, TickReading, TickState
from sscard_desk.domain.numbers.application_number import ApplicationNumber, parse_application_number
from sscard_desk.domain.steps import Step
from sscard_desk.paper import PdfPaper
from sscard_desk.ports.form_reader import ScanReading, UnreadSheet
from sscard_desk.store import journal
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.usecases.attach_photo import attach_photo
from sscard_desk.usecases.confirm_bank import confirm_bank
from sscard_desk.usecases.find_returned import find_form, form_code
from sscard_desk.usecases.issue_form import issue_form, registration_paper
from sscard_desk.usecases.open_application import open_application
from sscard_desk.usecases.press import Press
from sscard_desk.usecases.returned_paper import NO_PAPER, ReturnedPaper, take_pile
from sscard_desk.usecases.take_back_form import take_back_form
from sscard_desk.wire.entry import decode_event
from tests.faults.worn_paper import Picture, wear

from .conftest import Person
from .test_counter_operations import TODAY, complete, identity

PORTRAIT = cv2.imencode(".jpg", np.full((441, 358, 3), 220, np.uint8))[1].tobytes()


@dataclass
class Issued:
    """An application whose form went out, and the form."""

    application: Application
    pages: list[Picture]


@pytest.fixture
def issued(store: DeskStore, clerk: Person) -> Issued:
    application = open_application(store, clerk, identity(store, moved=False), today=TODAY)
    application = confirm_bank(store, clerk, application, "02", b"%PDF-1.4 bank")
    application = attach_photo(store, clerk, application.id, jpeg=PORTRAIT, source="camera", measures={})
    answers = complete(application)
    paper = PdfPaper()
    press = Press(store, paper, store.clock, clerk, "城关街道社保服务点")
    pdf = registration_paper(press, application, answers)
    previews = [paper.render(pdf, page, 300) for page in range(paper.pages(pdf))]
    pages = [
        cv2.cvtColor(np.frombuffer(each.rgb, np.uint8).reshape(each.height, each.width, 3), cv2.COLOR_RGB2BGR)
        for each in previews
    ]
    application = issue_form(store, clerk, application, answers, pdf=pdf, due=date(2026, 12, 7))
    return Issued(application, pages)


def last_event(store: DeskStore) -> Event:
    """Return what the newest entry of the journal says."""
    with store._engine.connect() as connection:
        *_, entry = journal.entries(connection)
    assert entry.payload is not None
    return decode_event(entry.read_header().kind, entry.payload)


def read(*pictures: Picture) -> ScanReading:
    reader = make_form_reader()
    found: list[FormPage] = []
    for number, picture in enumerate(pictures, start=1):
        found += reader.read(cv2.imencode(".png", picture)[1].tobytes(), first=number).pages
    return ScanReading(tuple(found))


def errors(paper: ReturnedPaper, reading: ScanReading, application: Application) -> list[type[DeskError]]:
    return [type(error) for error in take_pile(paper, reading, application).refused]


def test_pages_and_cut_outs_are_kept_encrypted_with_the_changes_of_the_applicant(
    store: DeskStore, clerk: Person, issued: Issued, tmp_path: Path
) -> None:
    worn = [wear(sheet, page, 40 + page).picture for page, sheet in enumerate(issued.pages, start=1)]
    pile = take_pile(NO_PAPER, read(*reversed(worn)), issued.application)
    assert (pile.taken, pile.refused) == (2, ())
    assert [page.page for page in pile.paper.pages] == [1, 2]
    assert pile.paper.lacking("registration") == ()
    returned = take_back_form(store, clerk, issued.application, {"postcode": "430001"}, pile.paper)
    assert returned.step is Step.FORM_RETURNED
    event = last_event(store)
    assert isinstance(event, FormReturned)
    assert [(change.field, change.old, change.new, change.source) for change in event.changes] == [
        ("postcode", "430000", "430001", "applicant")
    ]
    assert [store.blob(scan) for scan in event.scans] == [page.straight for page in pile.paper.pages]
    assert {cut.name for cut in event.cut_outs} == {
        "photo_receipt", "signature_applicant", "signature_clerk", "signature_supervisor"
    }  # fmt: skip
    assert all(store.blob(cut.blob).startswith(b"\xff\xd8") for cut in event.cut_outs)
    on_disk = b"".join(path.read_bytes() for path in (tmp_path / "desk").rglob("*") if path.is_file())
    assert b"JFIF" not in on_disk


def page(application: Application, **changed: object) -> FormPage:
    """Return a page as the reader gives it, of this application unless something else is said."""
    known = FormPage(
        sheet=1, serial=application.serial, form="registration", edition=application.edition, digest="", page=1,
        pages=2, read_by="qr", rotation=0, skew=0.0, dpi=300.0, pose=(), residual=0.0, ticks=(), cut_outs=(),
        straight=b"",
    )  # fmt: skip
    return replace(known, **changed)  # type: ignore[arg-type] # fields by name


def test_a_page_is_taken_once(issued: Issued) -> None:
    first = take_pile(NO_PAPER, ScanReading((page(issued.application),)), issued.application).paper
    assert errors(first, ScanReading((page(issued.application),)), issued.application) == [PageScannedTwice]
    assert first.lacking("registration") == (2,)


def test_pages_of_others_are_left_out_and_named(issued: Issued) -> None:
    own = parse_application_number(issued.application.number)
    neighbour = replace(own, running=own.running + 1)
    elsewhere = ApplicationNumber("5101", 1, 2026, 7)
    reading = ScanReading(
        (
            page(issued.application, serial=f"{neighbour}-R1"),
            page(issued.application),
            page(issued.application, serial=f"{elsewhere}-R1"),
        ),
        (UnreadSheet(4, NoFormOnPage(sheet=4)),),
    )
    pile = take_pile(NO_PAPER, reading, issued.application)
    assert pile.taken == 1
    assert [type(error) for error in pile.refused] == [NoFormOnPage, FormOfOtherApplication, FormOfOtherPoint]


def test_only_the_copy_that_was_printed_last_is_taken(issued: Issued) -> None:
    printed_again = replace(issued.application, copies=2, serial=f"{issued.application.number}-R2")
    old = page(issued.application, serial=f"{issued.application.number}-R1")
    assert errors(NO_PAPER, ScanReading((old,)), printed_again) == [FormCopyOld]


def test_what_was_printed_ticked_is_no_proposal(issued: Issued) -> None:
    ticks = tuple(
        TickReading("pick_up", code, state, 0.9, 0.2)
        for code, state in (("1", TickState.TICKED), ("2", TickState.EMPTY), ("3", TickState.EMPTY))
    )
    answers = issued.application.answers | {"pick_up": "1"}
    application = replace(issued.application, answers=answers)
    assert ReturnedPaper((page(application, ticks=ticks),)).proposals("registration", application) == {}
    moved = (*ticks[:2], replace(ticks[2], state=TickState.TICKED))
    found = ReturnedPaper((page(application, ticks=moved),)).proposals("registration", application)
    assert {name: tick.code for name, tick in found.items()} == {"pick_up": "3"}


@pytest.mark.parametrize("text", ["{serial}", "{bare}", "SSF1:{bare}:2026-1:0123456789ABCDEF:2/2", " {lower} "])
def test_any_code_of_a_form_finds_its_application(store: DeskStore, issued: Issued, text: str) -> None:
    serial = issued.application.serial
    bare = serial.replace("-", "")
    code = form_code(text.format(serial=serial, bare=bare, lower=bare.lower()))
    assert code is not None
    found = find_form(store, code)
    assert (found.application.id, found.returned) == (issued.application.id, True)


@pytest.mark.parametrize("text", ["", "110101199003070020", "4201-03-26-00123-2", "SSF1:nonsense", "李四"])
def test_what_is_no_form_s_code_is_none(text: str) -> None:
    assert form_code(text) is None


def test_a_form_of_another_point_is_named_so_and_an_unknown_one_unknown(store: DeskStore, issued: Issued) -> None:
    own = parse_application_number(issued.application.number)
    for number, error in (
        (ApplicationNumber("5101", 1, 2026, 7), FormOfOtherPoint),
        (replace(own, running=own.running + 500), ApplicationUnknown),
    ):
        code = form_code(f"{number}-R1")
        assert code is not None
        with pytest.raises(error):
            find_form(store, code)
