"""A second application for somebody who has one in work: a supervisor allows it, with reason and own password."""

from PySide6.QtWidgets import QApplication

from sscard_desk.domain.steps import ENDED
from sscard_desk.ui.application_flow import Station
from sscard_desk.ui.language import text
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
    page.leave.reason_typed("the first one was opened under the wrong origin")
    page.leave.account_typed("chenjing")
    page.leave.password_typed("other")
    desk.serving.go_on()
    assert desk.serving.dossier is None
    page.leave.password_typed(PASSWORD)
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


def test_what_was_shown_is_chosen_where_no_card_was_read_and_stands_on_record(app: QApplication) -> None:
    desk = SampleDesk()
    desk.pages.serve.typed(LI_SI.id_number)
    desk.pages.serve.entered()
    page = desk.pages.identity
    offered = {text(option.label): option.code for option in page._state.sources}
    assert "外国人永久居留证（旧版，无芯片）" not in offered  # the number is a citizen's
    page.choose_source("99")
    page.choose_source(offered["电子证件上的号码"])
    desk.serving.go_on()
    application = desk.serving.application
    assert (application.evidence, application.evidence_source) == ("electronic", "electronic_id")
    read = SampleDesk()
    read.identify()
    read.pages.identity.choose_source(offered["电子证件上的号码"])
    assert read.serving.identity is not None
    assert read.serving.identity.evidence == "chip"
