"""The keypad: typed or touched, in order or shuffled; digits go to whoever asked, and stay nowhere."""

from dataclasses import fields

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from sscard_desk.cards.pin import Pin
from sscard_desk.ui.keypad.buffer import PinBuffer
from sscard_desk.ui.keypad.key_button import KeyButton
from sscard_desk.ui.keypad.presenter import KeypadPresenter
from sscard_desk.ui.keypad.screen import KeypadScreen
from sscard_desk.ui.keypad.state import IN_ORDER, KeypadState
from sscard_desk.ui.keypad.view import KeypadWindow
from sscard_desk.ui.scanner_keys import ScannerKeys


class Asker:
    def __init__(self) -> None:
        self.pins: list[bytes] = []
        self.stops = 0

    def typed(self, pin: Pin) -> None:
        self.pins.append(bytes(pin))
        pin.wipe()

    def stopped(self) -> None:
        self.stops += 1


class Room:
    def __init__(self) -> None:
        self.presenter, self.asker = KeypadPresenter(), Asker()
        self.desk = QWidget()
        self.desk.show()
        self.screen = KeypadScreen(self.desk, self.presenter)

    def ask(self) -> KeypadWindow:
        self.presenter.ask(KeypadState(question="PIN", need=6), self.asker.typed, self.asker.stopped)
        window = self.screen.window
        assert window is not None
        QApplication.processEvents()
        return window

    def key(self, window: KeypadWindow, digit: int) -> KeyButton:
        """Return the key on which this digit stands."""
        state = self.presenter.state
        assert state is not None
        found = window.findChild(KeyButton, f"key_{state.keys.index(digit)}")
        assert isinstance(found, KeyButton)
        return found


@pytest.fixture
def room(app: QApplication) -> Room:
    return Room()


def test_digits_are_typed_corrected_and_given_to_whoever_asked(room: Room) -> None:
    window = room.ask()
    assert window.isVisible()
    QTest.keyClicks(window, "73059")
    QTest.keyClick(window, Qt.Key.Key_Return)  # not whole yet
    assert room.asker.pins == []
    QTest.keyClick(window, Qt.Key.Key_Backspace)
    QTest.keyClicks(window, "18999")  # what is too much is dropped
    QTest.keyClick(window, Qt.Key.Key_Return)
    assert room.asker.pins == [b"730518"]
    assert not window.isVisible()


def test_shuffled_keys_give_the_digit_that_stands_on_them_and_the_keyboard_its_own(room: Room) -> None:
    window = room.ask()
    window.shuffle.emit()
    state = room.presenter.state
    assert state is not None
    assert state.shuffled
    assert state.keys != IN_ORDER
    assert sorted(state.keys) == sorted(IN_ORDER)
    for digit in (7, 3, 0):
        room.key(window, digit).click()
    QTest.keyClicks(window, "518")
    QTest.keyClick(window, Qt.Key.Key_Enter)
    assert room.asker.pins == [b"730518"]


def test_stopping_closing_and_putting_away_give_nothing(room: Room) -> None:
    window = room.ask()
    QTest.keyClicks(window, "730518")
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert (room.asker.pins, room.asker.stops) == ([], 1)
    window = room.ask()
    QTest.keyClicks(window, "730518")
    window.close()
    assert (room.asker.pins, room.asker.stops) == ([], 2)
    window = room.ask()
    QTest.keyClicks(window, "730518")
    room.presenter.put_away()
    assert not window.isVisible()
    assert room.presenter._buffer._digits == bytes(6)
    window = room.ask()
    QTest.keyClick(window, Qt.Key.Key_Return)
    assert room.asker.pins == []  # nothing of before is there


def test_the_window_shows_how_many_digits_and_never_which(room: Room) -> None:
    window = room.ask()
    QTest.keyClicks(window, "7305")
    state = room.presenter.state
    assert state is not None
    assert state.count == 4
    said = {each.accessibleName() for each in window.findChildren(QWidget)}
    assert not any("7305" in one for one in said)
    assert all("7305" not in repr(getattr(state, each.name)) for each in fields(state))


def test_nobody_else_listens_to_what_is_typed_here(room: Room, app: QApplication) -> None:
    scanner = ScannerKeys(app)
    window = room.ask()
    assert app.focusWidget() is window
    assert scanner._watched is None
    assert not window.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


def test_digits_are_kept_in_one_place_and_overwritten_there() -> None:
    buffer = PinBuffer(6)
    place = buffer._digits
    for digit in (7, 3, 0, 5, 1, 8, 9):
        buffer.push(digit)
    assert repr(buffer) == "PinBuffer(6)"
    buffer.erase()
    assert bytes(place) == b"73051\x00"
    buffer.push(8)
    pin = buffer.take()
    assert (bytes(pin), bytes(place), buffer.count) == (b"730518", bytes(6), 0)
    pin.wipe()
    buffer.push(1)
    buffer.wipe()
    assert bytes(place) == bytes(6)
    assert buffer._digits is place
