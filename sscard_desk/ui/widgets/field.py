"""A field of a form: label, editor, and one line below for the error or the old value."""

from typing import Protocol

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from sscard_desk.ui import icons
from sscard_desk.ui.fonts import Role
from sscard_desk.ui.language import language, text
from sscard_desk.ui.states import FieldState, Mark
from sscard_desk.ui.theme import measure, tokens
from sscard_desk.ui.widgets.below import ROOM, ErrorLine, OldLine
from sscard_desk.ui.widgets.chip import changed_chip
from sscard_desk.ui.widgets.label import Label
from sscard_desk.ui.widgets.line_edit import LineEdit
from sscard_desk.ui.widgets.state_mark import StateMark
from sscard_desk.ui.words import Words, say


class Lock(QWidget):
    """The small lock behind a value that cannot be changed here."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(16, 16)
        self.setAccessibleName(text(say("shell.locked")))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        icons.paint(painter, QRectF(self.rect()), "lock", tokens().ink3)


class Shown(Protocol):
    """How a value is turned into what stands in the field, for example an id number in 6-8-4."""

    def __call__(self, value: str, /) -> str:
        """Return the text for a value."""


class Field(QWidget):
    """One labelled value.

    Signals:
        edited: the text after each key of the user.
        left: the text when the focus goes away or Enter is pressed.
        entered: Enter; the page moves the focus on.
        restore: the user wants the old value back.
    """

    edited = Signal(str)
    left = Signal(str)
    entered = Signal()
    restore = Signal()

    def __init__(
        self,
        label: Words,
        *,
        name: str,
        required: bool = False,
        placeholder: Words = "",
        above: bool = False,
        editor: LineEdit | None = None,
        icon: str = "",
        secret: bool = False,
    ) -> None:
        super().__init__()
        self._said, self._above = label, above
        self.editor = editor or LineEdit(name=name, placeholder=placeholder, icon=icon, secret=secret)
        self.setObjectName(f"{name}_field")
        self.setFocusProxy(self.editor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._label = Label(label, Role.LABEL if above else Role.BODY, "ink2", wrap=not above)
        self._label.setBuddy(self.editor)
        self._star = Label("*" if required else "", ink="err")
        self._fault, self._chip = StateMark(Mark.ERR, 18), changed_chip(say("shell.changed"))
        for mark in (self._chip, self._fault):
            mark.hide()
            self.editor.put_behind(mark)
        self._locked_text, self._lock = Label(""), Lock()
        self._error, self._old = ErrorLine(name), OldLine(name)
        self._lay_out()
        self.editor.edited.connect(self.edited)
        self.editor.left.connect(self.left)
        self.editor.entered.connect(self.entered)
        self._old.restore.connect(self.restore)
        self._say()

    def value(self) -> str:
        """Return what stands in the field."""
        return self.editor.value()

    def show_state(self, state: FieldState) -> None:
        """Show value, error, old value and lock; a field that the user is typing in keeps its cursor."""
        self.editor.set_value(state.value)
        self.editor.setEnabled(state.enabled)
        self.editor.setVisible(not state.locked)
        # Tab would come to the field, find nothing there that takes the focus, and never get past it
        usable = state.enabled and not state.locked
        if usable is not (self.focusProxy() is not None):
            self.setFocusProxy(self.editor if usable else None)  # type: ignore[arg-type] # the stubs lack None
        self._locked.setVisible(state.locked)
        self._locked_text.set_words(state.value)
        self.editor.set_fault(fault=state.error is not None)
        self._fault.setVisible(state.error is not None)
        self._chip.setVisible(state.old is not None and state.error is None)
        self.editor.refresh_behind()
        self._error.set_words(state.error or "")
        self._error.setVisible(state.error is not None)
        self._old.show_state(state)
        self.editor.setAccessibleDescription(text(state.error or ""))
        if not self._above:
            self._label.setMinimumHeight(measure.LOCKED_ROW if state.locked else measure.CONTROL)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._say()
        super().changeEvent(event)

    def _lay_out(self) -> None:
        self._locked = QWidget()
        locked = QHBoxLayout(self._locked)
        locked.setContentsMargins(12, 0, 0, 0)
        locked.setSpacing(8)
        locked.addWidget(self._locked_text)
        locked.addWidget(self._lock)
        locked.addStretch(1)
        self._locked.setFixedHeight(measure.LOCKED_ROW)
        self._locked.hide()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)  # the lines above and below bring their own room, so that a hidden one leaves none
        title = QHBoxLayout()
        title.setSpacing(4)
        title.addWidget(self._label)
        title.addWidget(self._star)
        title.addStretch(1)
        self._title = QWidget()
        self._title.setLayout(title)
        title.setContentsMargins(0, 0, 0, ROOM if self._above else 0)
        at = (1, 0) if self._above else (0, 1)
        grid.addWidget(self._title, 0, 0, Qt.AlignmentFlag.AlignTop)
        for row, widget in ((0, self.editor), (0, self._locked), (1, self._error), (1, self._old)):
            grid.addWidget(widget, at[0] + row, at[1])
        grid.setColumnStretch(at[1], 1)
        self._label.setMinimumHeight(20 if self._above else measure.CONTROL)

    def _say(self) -> None:
        name = text(self._said)
        self.editor.setAccessibleName(name)
        if not self._above:
            self._title.setFixedWidth(measure.LABEL_COLUMN[language()])
