"""Ctrl+U and the word of the status line lead to what waits; from there to the stick, to what is decided, and back."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from sscard_desk.domain.errors.desk_time import ClockWrong
from sscard_desk.ui.keys import Act
from sscard_desk.ui.widgets.status_line import DeviceButton

from .test_lock import Room, room

__all__ = ["room"]


def test_ctrl_u_opens_what_waits_and_esc_leads_back_to_the_person(room: Room) -> None:
    room.shell.press(Act.UNSENT)
    room.settle()
    assert room.seen == "unsent_page"
    assert len(room.bench.areas.line.unsent.state.rows) == 200
    room.shell.press(Act.BACK)
    room.settle()
    assert room.seen == "serve_page"


def test_the_word_of_the_status_line_leads_there_too(room: Room) -> None:
    word = room.shell.findChild(DeviceButton, "status_unsent")
    assert word is not None
    QTest.mouseClick(word, Qt.MouseButton.LeftButton)
    room.settle()
    assert room.seen == "unsent_page"


def test_the_stick_opened_from_the_list_leads_back_to_the_list(room: Room) -> None:
    room.shell.press(Act.UNSENT)
    room.settle()
    room.shell.press(Act.TAKE)
    room.settle()
    assert room.seen == "stick_page"
    room.shell.press(Act.BACK)
    room.settle()
    assert room.seen == "unsent_page"


def test_what_has_to_be_decided_leads_to_the_page_where_that_is_done(room: Room) -> None:
    room.shell.press(Act.UNSENT)
    room.settle()
    room.bench.areas.line.unsent.choose("entry:9")
    room.bench.areas.line.unsent.mend_this()
    room.settle()
    assert room.seen == "aside_page"


def test_no_key_leads_there_while_the_window_is_locked(room: Room) -> None:
    room.bench.lock()
    room.settle()
    room.shell.press(Act.UNSENT)
    room.settle()
    assert room.seen == "lock"


def test_ctrl_t_opens_the_business_date_and_esc_leads_to_the_clock(room: Room) -> None:
    room.shell.press(Act.SET_DATE)
    room.settle()
    assert room.seen == "desk_date_page"
    room.shell.press(Act.BACK)
    room.settle()
    assert room.seen == "doctor_page"
    assert room.bench.areas.doctor.state.chosen == "clock"
    assert room.bench.areas.doctor.state.can_date


def test_a_notice_about_the_date_leads_there_and_a_lock_takes_what_was_typed_away(room: Room) -> None:
    room.bench.serving.tell(ClockWrong(days=6))
    room.settle()
    room.shell.target_chosen.emit("desk_date")
    room.settle()
    assert room.seen == "desk_date_page"
    page = room.bench.areas.line.desk_date
    page.leave.reason_typed("battery")
    room.bench.lock()
    room.settle()
    assert page.leave.state.reason == ""
    room.bench._unlocked()
    room.settle()
    assert (room.seen, page.leave.state.open) == ("desk_date_page", True)
