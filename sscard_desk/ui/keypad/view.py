"""The keypad's window: the question at the left, the keys at the right. Digits are typed or touched."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from sscard_desk.ui.applicant.big_button import ActionButton, large
from sscard_desk.ui.keypad.key_button import Dots, KeyButton
from sscard_desk.ui.keypad.state import KeypadState
from sscard_desk.ui.scanner_keys import PRIVATE
from sscard_desk.ui.theme import tokens
from sscard_desk.ui.widgets.focus_ring import FocusRing
from sscard_desk.ui.widgets.label import Label
from sscard_desk.ui.words import say

_FIRST, _LAST = int(Qt.Key.Key_0), int(Qt.Key.Key_9)
_PLAIN = Qt.KeyboardModifier.KeypadModifier


class KeypadWindow(QWidget):
    """The window.

    Signals:
        digit: 0 to 9.
        erase, clear, shuffle, finish, stopped: the keys around them.
    """

    digit = Signal(int)
    erase = Signal()
    clear = Signal()
    shuffle = Signal()
    finish = Signal()
    stopped = Signal()

    def __init__(self) -> None:
        super().__init__(None, Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint)
        self.setWindowFlag(Qt.WindowType.WindowStaysOnTopHint)
        self.setObjectName("keypad_window")
        self.setProperty(PRIVATE, True)
        self.setProperty("ring", "none")
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self._keys: list[KeyButton] = []
        self._state = KeypadState()
        row = QHBoxLayout(self)
        row.setContentsMargins(64, 32, 64, 32)
        row.setSpacing(56)
        row.addWidget(self._left(), 5)
        row.addWidget(self._right(), 4)
        self.ring = FocusRing(self)

    def sizeHint(self) -> QSize:
        return QSize(1366, 768)

    def show_state(self, state: KeypadState) -> None:
        """Show the keypad."""
        self._state = state
        self._question.set_words(state.question)
        self._note.set_words(state.note)
        self._trouble.set_words(state.trouble)
        self._dots.show_count(state.count, state.need, say("keypad.count", count=state.count, need=state.need))
        for key, digit in zip(self._keys, state.keys, strict=True):
            key.show_words(str(digit))
        self._finish.setEnabled(state.whole)
        self._finish.show_words(say("keypad.finish"))
        self._stop.show_words(say("keypad.stop"))
        self._shuffle.show_words(say("keypad.in_order" if state.shuffled else "keypad.shuffle"))
        self._erase.show_words("", say("keypad.erase"))
        self._clear.show_words(say("keypad.clear"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = event.key(), event.modifiers() & ~_PLAIN
        if held or event.isAutoRepeat():
            return
        if _FIRST <= key <= _LAST:
            self.digit.emit(key - _FIRST)  # the key's number: its text would be a string of the PIN's digit
            return
        answers = {
            Qt.Key.Key_Backspace: self.erase,
            Qt.Key.Key_Delete: self.clear,
            Qt.Key.Key_Return: self.finish,
            Qt.Key.Key_Enter: self.finish,
            Qt.Key.Key_Escape: self.stopped,
        }
        answer = answers.get(Qt.Key(key))
        if answer is not None:
            answer.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        self.stopped.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.show_state(self._state)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), QColor(tokens().bg))

    def _left(self) -> QWidget:
        place = QWidget()
        column = QVBoxLayout(place)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._question = _label(40, medium=True, name="question")
        self._note = _label(20, "ink2", name="question_note")
        self._trouble = _label(20, "warn", medium=True, name="question_trouble")
        self._dots = Dots()
        self._finish = ActionButton(name="finish", icon="check")
        self._stop = ActionButton(name="stop", quiet=True)
        self._shuffle = ActionButton(name="shuffle", quiet=True)
        self._finish.clicked.connect(self.finish)
        self._stop.clicked.connect(self.stopped)
        self._shuffle.clicked.connect(self.shuffle)
        quiet = QHBoxLayout()
        quiet.setSpacing(16)
        quiet.addWidget(self._stop)
        quiet.addWidget(self._shuffle)
        quiet.addStretch(1)
        column.addStretch(1)
        for one in (self._question, self._note, self._trouble, self._dots):
            column.addWidget(one)
        column.addSpacing(16)
        column.addWidget(self._finish)
        column.addSpacing(8)
        column.addLayout(quiet)
        column.addStretch(1)
        return place

    def _right(self) -> QWidget:
        place = QWidget()
        grid = QGridLayout(place)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(12)
        for at in range(10):
            key = KeyButton(name=f"key_{at}")
            key.clicked.connect(lambda _=False, at=at: self.digit.emit(self._state.keys[at]))
            self._keys.append(key)
            grid.addWidget(key, at // 3, at % 3 if at < 9 else 1)
        self._clear = KeyButton(name="clear", icon="close")
        self._erase = KeyButton(name="erase", icon="back")
        self._clear.clicked.connect(self.clear)
        self._erase.clicked.connect(self.erase)
        grid.addWidget(self._clear, 3, 0)
        grid.addWidget(self._erase, 3, 2)
        return place


def _label(size: int, ink: str = "ink", *, medium: bool = False, name: str) -> Label:
    made = Label("", ink=ink, wrap=True, name=name)
    made.setFont(large(size, medium=medium))
    return made
