"""Promises, exceptions and what comes later, at the materials page over the real operations."""

from datetime import date

from PySide6.QtWidgets import QApplication

from sscard_desk.domain.steps import Step
from sscard_desk.ui.application_flow import Station
from sscard_desk.ui.materials.presenter import MaterialsPresenter
from sscard_desk.ui.materials.state import MaterialsState
from sscard_desk.ui.sample_desk.desk import PASSWORD, SampleDesk
from sscard_desk.ui.serving.side_panel import due_lines
from sscard_desk.ui.states import Mark


class Watch:
    """What the page was last told to show."""

    def __init__(self, page: MaterialsPresenter) -> None:
        self.state = MaterialsState()
        page.attach(self)

    def show_state(self, state: MaterialsState) -> None:
        self.state = state


def test_a_promise_stands_in_the_panel_until_it_is_brought(app: QApplication) -> None:
    desk = SampleDesk()
    desk.until(Station.MATERIALS)
    page, watch = desk.pages.materials, Watch(desk.pages.materials)
    page.mark_all()
    page.mark("promised", "id_card")  # the data do not let it be promised
    page.mark("promised", "household_register")
    assert [line.state for line in watch.state.lines] == ["original_seen", "promised", "original_seen"]
    page.promise("household_register", "2026-12-01")
    page.go_on()
    application = desk.serving.application
    assert application.step is Step.MATERIALS_CHECKED
    assert application.materials[1].promised == date(2026, 12, 1)
    counter = desk.counter
    assert due_lines(application, date(2026, 12, 1), counter.time_limit)[0].mark is Mark.WARN
    assert due_lines(application, date(2026, 12, 2), counter.time_limit)[0].mark is Mark.ERR
    desk.signed(application, counter.session)
    desk.serving.open(application.id, Station.MATERIALS)
    page.mark("missing", "household_register")  # signed: only what comes can be kept
    assert desk.serving.application.materials[1].state == "promised"
    page.mark("original_seen", "household_register")
    assert desk.serving.application.materials[1].state == "original_seen"
    assert desk.serving.application.step is Step.SIGNED


def test_a_day_that_the_data_do_not_allow_is_refused_and_nothing_is_lost(app: QApplication) -> None:
    desk = SampleDesk()
    desk.until(Station.MATERIALS)
    page, watch = desk.pages.materials, Watch(desk.pages.materials)
    page.mark_all()
    page.mark("promised", "household_register")
    page.promise("household_register", "2027-12-01")
    page.go_on()
    assert desk.serving.application.step is Step.FORM_RETURNED
    assert watch.state.lines[1].promised == "2027-12-01"
    page.promise("household_register", "soon")
    page.go_on()
    assert desk.serving.application.step is Step.FORM_RETURNED


def test_a_supervisor_allows_what_is_missing_with_reason_and_own_password(app: QApplication) -> None:
    desk = SampleDesk()
    desk.until(Station.MATERIALS)
    page, watch = desk.pages.materials, Watch(desk.pages.materials)
    page.mark_all()
    page.mark("missing", "household_register")
    assert watch.state.leave.offered
    page.go_on()
    assert desk.serving.application.step is Step.FORM_RETURNED
    page.leave.ask()
    page.leave.account_typed("chenjing")
    page.leave.password_typed("wrong")
    assert not watch.state.action.enabled  # no reason yet
    page.leave.reason_typed("burnt, police note seen")
    page.go_on()
    assert watch.state.leave.error
    page.leave.password_typed(PASSWORD)
    page.go_on()
    application = desk.serving.application
    assert application.step is Step.MATERIALS_CHECKED
    assert application.materials_exception == "burnt, police note seen"
    desk.serving.go(Station.MATERIALS)
    assert watch.state.exception == "burnt, police note seen"
    assert not watch.state.leave.open
    assert "wrong" not in repr(page.__dict__["_state"])


def test_esc_takes_the_exception_back(app: QApplication) -> None:
    desk = SampleDesk()
    desk.until(Station.MATERIALS)
    page, watch = desk.pages.materials, Watch(desk.pages.materials)
    page.mark_all()
    page.mark("missing", "household_register")
    page.leave.ask()
    page.leave.reason_typed("x")
    assert page.stop()
    assert not watch.state.leave.open
    assert watch.state.leave.reason == ""
    assert not page.stop()
