"""A second application for somebody who has one in work: a supervisor allows it, with reason and own password."""

from PySide6.QtWidgets import QApplication

from sscard_desk.domain.steps import ENDED
from sscard_desk.ui.application_flow import Station
from sscard_desk.ui.sample_desk.desk import PASSWORD, SampleDesk
from sscard_desk.ui.sample_desk.people import LI_SI
from sscard_desk.ui.serve.presenter import SECOND


def test_a_supervisor_allows_a_second_application_from_the_notice(app: QApplication) -> None:
    desk = SampleDesk()
    first = desk.record_until(Station.FORM)
    desk.serving.wait()
    desk.pages.serve.typed(LI_SI.id_number)
    desk.pages.serve.entered()
    assert desk.serving.application.id == first.id
    desk.shell.target_chosen.emit(SECOND)
    page = desk.pages.identity
    assert desk.serving.identity is not None
    desk.serving.go_on()
    assert desk.serving.dossier is None  # nobody allowed it yet
    page.ask_leave()
    page.reason_typed("the first one was opened under the wrong origin")
    page.account_typed("chenjing")
    page.password_typed("other")
    desk.serving.go_on()
    assert desk.serving.dossier is None
    page.password_typed(PASSWORD)
    desk.serving.go_on()
    second = desk.serving.application
    assert second.id != first.id
    assert second.second_exception == "the first one was opened under the wrong origin"
    assert desk.store.application(first.id).step not in ENDED


def test_the_first_page_of_the_open_application_leads_there_too(app: QApplication) -> None:
    desk = SampleDesk()
    first = desk.record_until(Station.FORM)
    desk.serving.wait()
    desk.pages.serve.typed(LI_SI.id_number)
    desk.pages.serve.entered()
    desk.serving.go(Station.IDENTITY)
    desk.pages.identity.ask_leave()
    assert desk.serving.dossier is None
    assert desk.serving.identity is not None
    assert desk.pages.identity.stop()
    desk.pages.identity.open_other()
    assert desk.serving.application.id == first.id
    desk.serving.wait()
    assert desk.serving.second is None
