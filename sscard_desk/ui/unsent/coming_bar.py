"""A large list on its way from the centre: how far it is, and the button that lets it wait."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from sscard_desk.ui.fonts import MEDIUM, Role
from sscard_desk.ui.states import Mark
from sscard_desk.ui.unsent.state import ComingState
from sscard_desk.ui.widgets.button import Button
from sscard_desk.ui.widgets.card import Card
from sscard_desk.ui.widgets.label import Label
from sscard_desk.ui.widgets.progress import ProgressBar
from sscard_desk.ui.words import say


class ComingBar(Card):
    """Shown only while a list comes or waits. `pressed`: let it wait, or come on."""

    pressed = Signal()

    def __init__(self) -> None:
        super().__init__(ground="sunken", margin=12, name="coming")
        self._title = Label("", weight=MEDIUM, name="coming_title")
        self._amount = Label("", Role.LABEL, "ink2", name="coming_amount")
        self._bar = ProgressBar(name="coming_progress")
        self._button = Button(say("line.hold"), key="F7", name="coming_hold")
        self._button.clicked.connect(self.pressed)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._title)
        row.addWidget(self._amount)
        row.addStretch(1)
        row.addWidget(self._button)
        self.column.addLayout(row)
        self.column.addWidget(self._bar)
        self.hide()

    def show_state(self, state: ComingState | None) -> None:
        """Show how far it is, or nothing."""
        self.setVisible(state is not None)
        if state is None:
            return
        self._title.set_words(state.title)
        self._amount.set_words(state.amount)
        self._bar.show_share(state.share, Mark.OFF if state.held else Mark.BUSY)
        self._button.set_words(say("line.go_on" if state.held else "line.hold"))
        self._button.setEnabled(state.can_hold or state.held)
