"""An application ends without a card: with a reason, and by a supervisor where a limit has passed."""

from PySide6.QtWidgets import QApplication

from sscard_desk.domain.steps import Step
from sscard_desk.ui.application_flow import Station
from sscard_desk.ui.closing.presenter import ClosingPresenter
from sscard_desk.ui.closing.state import ClosingState
from sscard_desk.ui.sample_desk.desk import PASSWORD, SampleDesk
from sscard_desk.ui.sample_desk.store import SampleStore
from sscard_desk.ui.serving.person_strip import person_state
from sscard_desk.ui.serving.side_panel import CLOSING, closing_lines

DAY = 24 * 60


class Watch:
    """What the page was last told to show."""

    def __init__(self, page: ClosingPresenter) -> None:
        self.state = ClosingState()
        page.attach(self)

    def show_state(self, state: ClosingState) -> None:
        self.state = state


def out_for(days: int) -> SampleDesk:
    desk = SampleDesk()
    application = desk.form_out()
    desk.clock.move(days * DAY)
    desk.serving.open(application.id, Station.FORM)
    desk.shell.target_chosen.emit(CLOSING)
    return desk


def test_a_clerk_withdraws_with_a_reason_and_the_next_person_may_come(app: QApplication) -> None:
    desk = out_for(1)
    page, watch = desk.pages.closing, Watch(desk.pages.closing)
    application = desk.serving.application
    assert not watch.state.can_expire
    page.choose("expired")
    assert watch.state.act is None
    page.choose("withdrawn")
    desk.serving.go_on()
    assert desk.store.application(application.id).step is Step.FORM_ISSUED  # no reason yet
    page.choose_reason("changed_mind")
    desk.serving.go_on()
    ended = desk.store.application(application.id)
    assert (ended.step, ended.closed_reason) == (Step.WITHDRAWN, "申领人暂不办理")
    assert desk.serving.here is None
    assert closing_lines(ended)[0].note == "申领人暂不办理"


def test_a_refusal_keeps_the_chosen_reason_and_what_was_added(app: QApplication) -> None:
    desk = out_for(1)
    page, key = desk.pages.closing, desk.serving.application.id
    page.choose("refused")
    page.choose_reason("not_eligible")
    page.text_typed("参保地在外省")
    page.go_on()
    ended = desk.store.application(key)
    assert (ended.step, ended.closed_code) == (Step.REFUSED, "not_eligible")
    assert ended.closed_reason == "不符合本地首次申领条件；参保地在外省"


def test_only_a_supervisors_password_closes_as_expired(app: QApplication) -> None:
    desk = out_for(20)
    page, watch = desk.pages.closing, Watch(desk.pages.closing)
    application = desk.serving.application
    assert watch.state.can_expire
    strip = person_state(application, desk.counter.today())
    assert strip.due is not None
    page.choose("expired")
    page.choose_reason("form_not_returned")
    page.leave.account_typed("chenjing")
    page.leave.password_typed("other")
    page.go_on()
    assert watch.state.leave.error
    assert desk.store.application(application.id).step is Step.FORM_ISSUED
    page.leave.password_typed(PASSWORD)
    page.go_on()
    assert desk.store.application(application.id).step is Step.EXPIRED


def test_esc_comes_back_to_the_station(app: QApplication) -> None:
    desk = out_for(1)
    desk.serving.back()
    assert desk.serving.here is Station.FORM
    assert desk.serving.application.step is Step.FORM_ISSUED


def test_what_is_due_stands_on_the_start_page_and_opens_by_its_line(app: QApplication) -> None:
    desk = out_for(20)
    key = desk.serving.application.id
    desk.serving.wait()
    due = desk.pages.serve._state.due
    assert [hit.key for hit in due] == [f"application:{key}"]
    desk.pages.serve.choose(due[0].key)
    assert desk.serving.application.id == key
    early = out_for(1)
    early.serving.wait()
    assert early.pages.serve._state.due == ()


def test_an_application_is_given_to_another_service_point_with_a_reason(app: QApplication) -> None:
    desk = SampleDesk()
    application = desk.form_out()
    assert isinstance(desk.store, SampleStore)
    desk.store.told["service_point"] = [{"id": "4203", "name": "城东服务点"}]
    desk.serving.open(application.id, Station.FORM)
    desk.shell.target_chosen.emit(CLOSING)
    page, watch = desk.pages.closing, Watch(desk.pages.closing)
    page.choose("transferred")
    page.text_typed("搬家")
    desk.serving.go_on()
    assert desk.store.application(application.id).point == ""  # nobody chose where
    page.choose_point("4203")
    assert watch.state.action.enabled
    desk.serving.go_on()
    given = desk.store.application(application.id)
    assert (given.point, given.point_name, desk.serving.here) == ("4203", "城东服务点", None)
