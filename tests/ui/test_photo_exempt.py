"""A child under 7 needs no portrait: the page offers to go on without one, and only then."""

from PySide6.QtWidgets import QApplication

from sscard_desk.domain.numbers.citizen_id import check_character
from sscard_desk.ui.application_flow import Station
from sscard_desk.ui.sample_desk.desk import SampleDesk
from sscard_desk.usecases.confirm_bank import banks, confirm_bank
from sscard_desk.usecases.identify import identify_document
from sscard_desk.usecases.open_application import open_application


def test_a_young_child_goes_on_without_a_portrait(app: QApplication) -> None:
    desk = SampleDesk()
    counter, first = desk.counter, "11010120220307003"
    child = identify_document(
        first + check_character(first), {"name": "李小满"}, counter.persons, desk.store, "household_register"
    )
    application = open_application(desk.store, counter.session, child, today=counter.today())
    application = confirm_bank(desk.store, counter.session, application, banks(desk.store)[0].code, b"%PDF")
    desk.serving.open(application.id, Station.PHOTO)
    desk.pages.photo.exempt()
    assert desk.serving.application.photo_exempt == "young_child"
    assert desk.serving.here is Station.FORM


def test_nobody_else_does(app: QApplication) -> None:
    desk = SampleDesk()
    desk.until(Station.PHOTO)
    desk.pages.photo.exempt()
    assert not desk.serving.application.photo_settled
