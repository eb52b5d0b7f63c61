"""Keeping and erasing: what stands in words, a request by keys alone, and a real desk's journal behind it."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from sscard_desk.domain.erasure import ErasureRequest, RequestState
from sscard_desk.domain.errors.steps import ApplicationUnknown
from sscard_desk.domain.ids import Role
from sscard_desk.domain.keys import uuid7
from sscard_desk.ui.doctor.samples import AtOnce
from sscard_desk.ui.keeping.presenter import KeepingPresenter
from sscard_desk.ui.keeping.samples import LINES, NUMBER, SampleBook
from sscard_desk.ui.keeping.state import KeepingState
from sscard_desk.ui.keeping.view import KeepingView
from sscard_desk.ui.language import text
from sscard_desk.ui.navigation.areas import join_keeping
from sscard_desk.ui.shell.samples import framed
from sscard_desk.ui.staff.samples import SampleSession
from sscard_desk.ui.states import Mark, ToastState
from tests.ui.letting_work import let_work


class Page:
    def __init__(self, role: Role = Role.SUPERVISOR, book: SampleBook | None = None) -> None:
        self.book, self.toasts, self.state = book or SampleBook(), list[ToastState](), KeepingState()
        self.presenter = KeepingPresenter(SampleSession(role), self.book, AtOnce(), self.toasts.append)
        self.presenter.attach(self)
        self.presenter.opened()

    def show_state(self, state: KeepingState) -> None:
        self.state = state


def test_each_line_says_what_it_waits_for_and_the_newest_stands_first() -> None:
    page = Page()
    assert [line.when for line in page.state.lines] == sorted((line.when for line in page.state.lines), reverse=True)
    by_what = {line.what: line for line in page.state.lines}
    assert "2" in text(by_what["4201-03-26-00102-2"].word)
    assert by_what["4201-03-26-00102-2"].mark is Mark.BUSY
    assert "法定保存期未满" in text(by_what["4201-03-26-00101-4"].word)
    assert by_what["…bbbbbbbb"].mark is Mark.OK  # erased: its number is gone with it
    assert len(page.state.lines) == 7
    assert "60" in text(page.state.rule)


def test_two_that_were_opened_in_one_minute_and_whose_numbers_are_gone_are_told_apart() -> None:
    keys = [uuid7(1_795_000_000_000 + later) for later in (0, 30_000)]
    asked = tuple(ErasureRequest(key, "D-0231", LINES.requests[0].asked, RequestState.ERASED) for key in keys)
    page = Page(book=SampleBook(replace(LINES, requests=asked, erasures=(), numbers={})))
    assert len({line.what for line in page.state.lines}) == 2


def test_a_request_needs_number_and_reason_and_nothing_of_it_stays_behind_the_page() -> None:
    page = Page()
    page.presenter.go_on()
    page.presenter.typed("number", f" {NUMBER} ")
    page.presenter.go_on()
    page.presenter.typed("reason", "不再办理")
    page.presenter.choose_by("guardian")
    page.presenter.go_on()
    page.presenter.go_on()
    assert page.book.asked == [(NUMBER, "guardian", "不再办理")]
    assert len(page.toasts) == 1
    assert page.state.notice  # what the law says the person is to be told
    page.presenter.typed("reason", "x")
    page.presenter.closed()
    assert (page.state.reason, page.state.notice) == ("", "")


def test_an_unknown_number_keeps_what_was_typed_and_an_administrator_records_nothing() -> None:
    page = Page(book=SampleBook(refusal=ApplicationUnknown()))
    page.presenter.typed("number", NUMBER)
    page.presenter.typed("reason", "不再办理")
    page.presenter.go_on()
    assert (page.state.mark, page.state.number, page.state.reason) == (Mark.ERR, NUMBER, "不再办理")
    other = Page(Role.ADMINISTRATOR)
    other.presenter.typed("number", NUMBER)
    other.presenter.typed("reason", "不再办理")
    other.presenter.go_on()
    assert (other.book.asked, other.state.may_ask) == ([], False)


def test_a_request_is_recorded_by_keys_alone(app: QApplication) -> None:
    shell, page, book = framed(app, "setup"), KeepingView(), SampleBook()
    presenter = KeepingPresenter(SampleSession(Role.CLERK), book, AtOnce(), shell.notify)
    join_keeping(page, presenter)
    shell.add_page("setup", page, serving=False)
    shell.show()
    shell.show_page("setup")
    presenter.opened()
    let_work()
    page.focus_first()
    for words in (NUMBER, "no more"):
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClicks(focus, words)
        QTest.keyClick(focus, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is page.foot.primary
    page.foot.primary.click()
    let_work()
    assert book.asked == [(NUMBER, "applicant", "no more")]
    shell.close()
