"""The foot of a page: back at the left; what is missing, and the one filled button, at the right."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from sscard_desk.ui.states import ActionState, Mark
from sscard_desk.ui.theme import measure
from sscard_desk.ui.widgets.button import Button, Kind
from sscard_desk.ui.widgets.label import Label
from sscard_desk.ui.widgets.paint import rule
from sscard_desk.ui.widgets.state_mark import StateMark
from sscard_desk.ui.words import say


class ActionBar(QWidget):
    """56 high. `extra` takes further buttons of the page, before the reason."""

    back = Signal()
    primary_pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("action_bar")
        self.setFixedHeight(measure.ACTION_BAR)
        self.back_button = Button(say("shell.back"), Kind.QUIET, key="Esc", icon="back", name="back")
        self.primary = Button("", Kind.PRIMARY, key="Ctrl+Enter", name="primary")
        self._mark = StateMark(Mark.WARN, 16)
        self._reason = Label("", ink="ink2", name="reason")
        self.back_button.clicked.connect(self.back)
        self.primary.clicked.connect(self.primary_pressed)
        self.extra = QHBoxLayout()
        self.extra.setSpacing(measure.GRID)
        row = QHBoxLayout(self)
        row.setContentsMargins(measure.MARGIN - 12, 1, measure.MARGIN, 0)
        row.setSpacing(8)
        row.addWidget(self.back_button)
        row.addStretch(1)
        row.addLayout(self.extra)
        row.addWidget(self._mark)
        row.addWidget(self._reason)
        row.addSpacing(8)
        row.addWidget(self.primary)

    def show_state(self, state: ActionState) -> None:
        """Show reason and button; a disabled button always has its reason beside it."""
        self.back_button.setVisible(state.back)
        self.primary.set_words(state.primary)
        self.primary.setVisible(bool(state.primary))
        self.primary.setEnabled(state.enabled)
        self._reason.set_words(state.reason)
        self._mark.setVisible(state.reason_mark is not None)
        if state.reason_mark is not None:
            self._mark.set_mark(state.reason_mark)

    def paintEvent(self, event: QPaintEvent) -> None:
        rule(QPainter(self), 0, self.width(), 0)
