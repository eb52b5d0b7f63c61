"""The page of the business date: what is known of the time, the day, and the supervisor's part."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout

from sscard_desk.ui.desk_date.state import DeskDateState
from sscard_desk.ui.fonts import MEDIUM, Role
from sscard_desk.ui.parts.leave_form import LeaveForm
from sscard_desk.ui.parts.step_page import StepPage, roomy
from sscard_desk.ui.states import FieldState, Mark
from sscard_desk.ui.theme import measure
from sscard_desk.ui.widgets.banner import Banner
from sscard_desk.ui.widgets.field import Field
from sscard_desk.ui.widgets.label import Label
from sscard_desk.ui.words import Words, say

_DAY_WIDTH = 280
_MOST_FACTS = 4


class DeskDateView(StepPage):
    """The page.

    Signals:
        day_typed: each key in the day's field.
    """

    day_typed = Signal(str)

    def __init__(self) -> None:
        super().__init__(say("date.title"), name="desk_date_page")
        self._notice = Banner(Mark.BUSY, "", name="desk_date_notice")
        self._facts = tuple(
            (Label("", Role.LABEL, "ink2"), Label("", weight=MEDIUM, name=f"desk_date_fact_{at}"))
            for at in range(_MOST_FACTS)
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(32)
        grid.setVerticalSpacing(0)
        for at, (name, value) in enumerate(self._facts):
            grid.addWidget(name, 0, at)
            grid.addWidget(value, 1, at)
        grid.setColumnStretch(_MOST_FACTS, 1)
        self.day = Field(say("date.day"), name="desk_date_day", above=True, placeholder=say("date.day_hint"))
        self.day.setMaximumWidth(_DAY_WIDTH)
        roomy(self.day)
        self.day.edited.connect(self.day_typed)
        note = say("date.supervisor_note")
        self.leave = LeaveForm(name="desk_date_leave", title=say("date.supervisor"), note=note, stops=False)
        self.day.entered.connect(self.leave.reason.editor.setFocus)
        self.leave.entered.connect(self.go_on)
        self._error = Banner(Mark.ERR, "", name="desk_date_error")
        self.body.addWidget(self._notice)
        self.body.addSpacing(measure.GRID)
        self.body.addLayout(grid)
        self.body.addSpacing(measure.GRID)
        self.body.addWidget(self._error)
        self.body.addWidget(self.day)
        self.body.addWidget(self.leave)
        self.body.addStretch(1)
        self._asked: Words = ""
        self.want_focus(self.day.editor)

    def show_state(self, state: DeskDateState) -> None:
        """Show the page."""
        self._notice.show_state(state.mark, state.notice, state.note)
        for at, (name, value) in enumerate(self._facts):
            shown = at < len(state.facts)
            name.setVisible(shown)
            value.setVisible(shown)
            if shown:
                name.set_words(state.facts[at][0])
                value.set_words(state.facts[at][1])
        self._error.setVisible(bool(state.error))
        self._error.show_state(Mark.ERR, state.error)
        self.day.show_state(FieldState(state.day, enabled=not state.busy))
        wanted = self.leave.show_state(state.leave, busy=state.busy)
        self.show_action(state.action)
        if state.error and not self._asked:
            self.want_focus(self.day.editor)
        elif state.leave.error and wanted is not None:
            self.want_focus(wanted)
        self._asked = state.error
        self.settle_focus()
