"""Who is being served: name, masked number, facts, kind of case, application number."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from sscard_desk.ui.fonts import SEMIBOLD, Role
from sscard_desk.ui.language import text
from sscard_desk.ui.states import ChipState, Mark, PersonState
from sscard_desk.ui.theme import measure
from sscard_desk.ui.widgets.chip import Chip
from sscard_desk.ui.widgets.label import Label
from sscard_desk.ui.words import say

_NAMED_FROM = 880  # px from which the word "application" stands before its number


class PersonStrip(QWidget):
    """52 high, above the steps; it stays at every size of the window."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("person_strip")
        self.setFixedHeight(measure.PERSON_STRIP)
        self._name = Label("", Role.AREA, name="person_name")
        self._number = Label("", ink="ink2", name="person_number")
        self._facts = Label("", ink="ink2", name="person_facts")
        self._chip = Chip(ChipState("", accent=True, name="person_case"))
        self._due = Chip(ChipState("", Mark.WARN, name="person_due"))
        self._due.hide()
        self._said, self._application = Label(say("shell.application"), Role.LABEL, "ink2"), Label("", weight=SEMIBOLD)
        self._application.setObjectName("application_no")
        self._application.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(measure.MARGIN, 0, measure.MARGIN, 0)
        row.setSpacing(12)
        for widget in (self._name, self._number, self._facts, self._chip, self._due):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self._said)
        row.addSpacing(-4)
        row.addWidget(self._application)
        self._state = PersonState()

    def show_state(self, state: PersonState) -> None:
        """Show another person, or nobody."""
        self._state = state
        self._name.set_words(state.name)
        self._name.setVisible(bool(state.name))  # a number alone begins where a name would
        self._number.set_words(state.number)
        self._facts.set_words("·".join(text(fact) for fact in state.facts))
        self._chip.show_state(ChipState(state.chip, accent=True, name="person_case"))
        self._chip.setVisible(bool(state.chip))
        if state.due is not None:
            self._due.show_state(state.due)
        self._due.setVisible(state.due is not None)
        self._application.set_words(state.application_no)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Leave out what can be missed before anything is cut: the kind of case first, then the facts."""
        self._said.setVisible(bool(self._state.application_no) and self.width() >= _NAMED_FROM)
        self._chip.setVisible(bool(self._state.chip))
        self._facts.setVisible(bool(self._state.facts))
        for less in (self._chip, self._facts):
            self._row.invalidate()
            if self._row.sizeHint().width() > self.width() > 0:
                less.hide()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.show_state(self._state)
