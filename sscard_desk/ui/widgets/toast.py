"""Notices at the bottom right, over nothing the clerk has to read: at most two, never taking the focus, no sound."""

from typing import Final

from PySide6.QtCore import QEvent, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from sscard_desk.ui.fonts import MEDIUM, Role
from sscard_desk.ui.states import Mark, ToastState
from sscard_desk.ui.theme import measure, tokens
from sscard_desk.ui.widgets.button import Button, Kind
from sscard_desk.ui.widgets.elevation import SHADOW, paint_elevated
from sscard_desk.ui.widgets.label import Label
from sscard_desk.ui.widgets.state_mark import INKS, TINTS, StateMark
from sscard_desk.ui.words import say

_STAYS_MS, _MOST = 5000, 2
WIDTH: Final = 420


class Toast(QWidget):
    """One notice."""

    pressed = Signal(str)
    gone = Signal()

    def __init__(self, state: ToastState) -> None:
        super().__init__()
        self.state = state
        self.setObjectName("toast")
        mark, lines = StateMark(state.mark, 20), QVBoxLayout()
        lines.setSpacing(0)
        lines.addWidget(Label(state.title, weight=MEDIUM, wrap=True))
        if state.note:
            lines.addWidget(Label(state.note, Role.LABEL, "ink2", wrap=True))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(SHADOW + 16, SHADOW + 8, SHADOW + 8, SHADOW + 8)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(1, 1)
        self._grid.addWidget(mark, 0, 0, Qt.AlignmentFlag.AlignTop if state.note else Qt.AlignmentFlag.AlignVCenter)
        self._grid.addLayout(lines, 0, 1)
        words = state.action or say("shell.close")
        self._button = Button(words, Kind.LINK, key=state.action_key, name="toast_action")
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._button.clicked.connect(self._press)
        self._grid.addWidget(self._button, 0, 2)
        self.setMinimumHeight(60 + 2 * SHADOW)
        if state.mark is Mark.OK:
            QTimer.singleShot(_STAYS_MS, self, self.gone.emit)

    def stack(self, *, stacked: bool) -> None:
        """Put the button below the words where the notice is narrow, beside them where it is wide."""
        self._grid.removeWidget(self._button)
        if stacked:
            self._grid.addWidget(self._button, 1, 1, Qt.AlignmentFlag.AlignRight)
        else:
            self._grid.addWidget(self._button, 0, 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, table, mark = QPainter(self), tokens(), self.state.mark
        fill, edge = "", ""
        if mark is not Mark.OK:
            fill, edge = str(getattr(table, TINTS.get(mark, "surface"))), str(getattr(table, INKS[mark]))
        paint_elevated(painter, QRectF(self.rect()), measure.RADIUS_CARD, fill, edge)

    def _press(self) -> None:
        if self.state.target:
            self.pressed.emit(self.state.target)
        self.gone.emit()


class Toasts(QWidget):
    """The place of the notices in a window; the shell puts it where the page ends."""

    pressed = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("toasts")
        self._shown: list[Toast] = []
        self._corner, self._width = (0, 0), WIDTH
        self._covered = False
        self.hide()

    def cover(self, *, covered: bool) -> None:
        """Show nothing while the window is locked or nobody has signed in: notices speak of persons."""
        self._covered = covered
        self._place()

    def tell(self, state: ToastState) -> None:
        """Show a notice; of two about the same the newer one is shown, and the oldest makes room."""
        self.take_away(state.about)
        for shown in [one for one in self._shown if one.state == state]:
            self._drop(shown)
        while len(self._shown) >= _MOST:
            quiet = [one for one in self._shown if one.state.mark is Mark.OK]
            self._drop((quiet or self._shown)[0])
        toast = Toast(state)
        toast.setParent(self)
        toast.pressed.connect(self.pressed)
        toast.gone.connect(lambda: self._drop(toast))
        self._shown.append(toast)
        toast.stack(stacked=self._width < WIDTH)
        toast.show()
        self._place()

    def take_away(self, about: str) -> None:
        """Take a notice away: what it speaks of is over."""
        for shown in [one for one in self._shown if about and one.state.about == about]:
            self._drop(shown)

    def place(self, right: int, bottom: int, width: int = WIDTH) -> None:
        """Keep the notices' lower right corner at a point of the window, in a column of this width."""
        if width != self._width:
            for toast in self._shown:
                toast.stack(stacked=width < WIDTH)
        self._corner, self._width = (right, bottom), width
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._place()

    def _drop(self, toast: Toast) -> None:
        if toast in self._shown:
            self._shown.remove(toast)
            toast.hide()
            toast.deleteLater()
            self._place()

    def _place(self) -> None:
        self.setVisible(bool(self._shown) and not self._covered)
        if self._shown:
            width, top = self._width + 2 * SHADOW, 0
            for toast in self._shown:  # their shadows overlap: 8 px lie between the boxes
                height = max(toast.heightForWidth(width), toast.sizeHint().height(), toast.minimumHeight())
                toast.setGeometry(0, top, width, height)
                top += height - 2 * SHADOW + measure.GRID
            height = top + 2 * SHADOW - measure.GRID
            right, bottom = self._corner
            self.setGeometry(right - width + SHADOW, bottom - height + SHADOW, width, height)
            self.raise_()
