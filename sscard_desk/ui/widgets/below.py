"""The line below a field: what is wrong, or what stood there before and how to get it back."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from sscard_desk.ui.fonts import MEDIUM, Role, font
from sscard_desk.ui.states import FieldState
from sscard_desk.ui.widgets.button import Button, Kind
from sscard_desk.ui.widgets.keycap import Keycap
from sscard_desk.ui.widgets.label import Label
from sscard_desk.ui.words import say

_LONG: Final = 14
"""Characters that may need a second line in a narrow column."""
_NARROW: Final = 420
ROOM: Final = 6  # px to the field, so that its focus ring touches no word


class ErrorLine(Label):
    """One sentence in the colour of errors; a message wraps, it never widens its column."""

    def __init__(self, name: str) -> None:
        super().__init__("", Role.LABEL, "err", weight=MEDIUM, wrap=True, name=f"{name}_error")
        self.setContentsMargins(0, ROOM, 0, 0)
        self.hide()


class OldLine(QWidget):
    """原 ~~old~~ → source, who, when, and the way back."""

    restore = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self._old = Label("", Role.LABEL, "ink2", name=f"{name}_old")
        struck = QFont(font(Role.LABEL))
        struck.setStrikeOut(True)
        self._old.setFont(struck)
        self._arrow = Label("→", Role.LABEL, "ink2")
        self._note = Label("", Role.LABEL, "ink2")
        self._button = Button(say("shell.restore"), Kind.LINK, name=f"{name}_restore", height=24, small=True)
        self._button.clicked.connect(self.restore)
        self._cap = Keycap("Ctrl+Z")
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(0, ROOM, 0, 0)
        row.setSpacing(8)
        row.addWidget(Label(say("shell.was"), Role.LABEL, "ink2"))
        row.addWidget(self._old)
        row.addWidget(self._arrow)
        row.addWidget(self._note)
        row.addStretch(1)
        row.addWidget(self._button)
        row.addWidget(self._cap)
        self.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._cap.setVisible(self.width() >= _NARROW)

    def show_state(self, state: FieldState) -> None:
        """Show what stood there before, or nothing."""
        self.setVisible(state.old is not None and state.error is None)
        if state.old is not None:
            self._old.set_words(state.old.words or state.old.value)
            self._note.set_words(state.old.note)
            long = len(self._old.text()) > _LONG
            self._old.setWordWrap(long)
            self._row.setStretch(self._row.indexOf(self._old), 1 if long else 0)
            self._arrow.setVisible(bool(state.old.note))
