"""The page for closing: how it ends, the reason, and the supervisor's password where a limit has passed."""

from PySide6.QtCore import Signal

from sscard_desk.forms.closing import Closing
from sscard_desk.ui.closing.state import GIVE, ClosingState
from sscard_desk.ui.fonts import MEDIUM, Role
from sscard_desk.ui.keys import Act
from sscard_desk.ui.parts.document_view import DocumentView
from sscard_desk.ui.parts.leave_form import LeaveForm
from sscard_desk.ui.parts.step_page import StepPage, roomy
from sscard_desk.ui.states import FieldState, Mark
from sscard_desk.ui.theme import measure
from sscard_desk.ui.widgets.banner import Banner
from sscard_desk.ui.widgets.button import Button
from sscard_desk.ui.widgets.choice import ChoiceEdit
from sscard_desk.ui.widgets.field import Field
from sscard_desk.ui.widgets.label import Label
from sscard_desk.ui.widgets.segments import Segments
from sscard_desk.ui.widgets.table import Cell, Column, DataTable
from sscard_desk.ui.words import say

_ACTS = ("withdrawn", "refused", "expired", GIVE)


class ClosingView(StepPage):
    """The page for closing.

    Signals:
        act_chosen: how it ends.
        reason_chosen: the code of a reason.
        text_typed: the reason in own words.
        point_chosen: code of the service point that it goes to.
        preview: look at the notice of refusal.
        preview_closed: back to the reasons.
    """

    act_chosen = Signal(str)
    reason_chosen = Signal(str)
    text_typed = Signal(str)
    point_chosen = Signal(str)
    preview = Signal()
    preview_closed = Signal()

    def __init__(self) -> None:
        super().__init__(say("closing.title"), name="closing_page")
        self._state = ClosingState()
        self._acts = Segments(tuple((act, say(f"closing.{act}"), "") for act in _ACTS), name="closing_acts")
        self._acts.chosen.connect(self.act_chosen)
        self._look = Button(say("closing.look"), key="Ctrl+P", icon="eye", name="look_notice")
        self._look.clicked.connect(self.preview)
        self.head_right.addWidget(self._look)
        self._overdue = Banner(Mark.ERR, "", name="overdue")
        self._overdue.hide()
        self._why = Label(say("closing.reason"), weight=MEDIUM)
        self._reasons = DataTable((Column(""),), name="reasons")
        self._reasons.setAccessibleName("reasons")
        self._reasons.horizontalHeader().hide()
        self._reasons.opened.connect(self._choose_row)
        self._reasons.clicked.connect(lambda index: self._choose_row(index.row()))
        self._remedy = Label("", Role.LABEL, "ink2", wrap=True, name="remedy")
        self._remedy.hide()
        self._points = ChoiceEdit(name="closing_point")
        self._points.chosen.connect(self.point_chosen)
        self.point = Field(say("closing.point"), name="closing_point", above=True, editor=self._points)
        roomy(self.point)
        self.text = Field(say("closing.text"), name="closing_text", above=True, placeholder=say("closing.text_hint"))
        roomy(self.text)
        self.text.edited.connect(self.text_typed)
        self.leave = LeaveForm(
            name="closing_leave", title=say("closing.supervisor"), note=say("closing.supervisor_note"), reason=False
        )
        self.leave.entered.connect(self.go_on)
        self.body.addWidget(self._acts)
        self.body.addWidget(self._overdue)
        self.body.addSpacing(measure.GRID)
        self.body.addWidget(self._why)
        self.body.addWidget(self._reasons)
        self.body.addWidget(self._remedy)
        self.body.addWidget(self.point)
        self.body.addWidget(self.text)
        self.body.addWidget(self.leave)
        self._final = Label(say("closing.final"), Role.LABEL, "ink2", wrap=True)
        self.body.addWidget(self._final)
        self.body.addStretch(1)
        self._document = DocumentView(self)
        self._document.closed.connect(self.preview_closed)
        self.set_head(say("closing.title"), say("closing.head"))

    def show_state(self, state: ClosingState) -> None:
        """Show the page."""
        act_came = (state.act, state.giving) != (self._state.act, self._state.giving)
        if state.points != self._state.points:
            self._points.set_options(state.points)
        self._state = state
        if state.giving:
            self._acts.set_chosen(GIVE)
        elif state.act is None:
            self._acts.clear_chosen()
        else:
            self._acts.set_chosen(state.act.value)
        self._acts.setEnabled(not state.busy)
        self._acts.set_available("expired", available=state.can_expire)
        self._acts.set_available(GIVE, available=bool(state.points))
        self.point.setVisible(state.giving)
        self.point.show_state(FieldState(state.point, enabled=not state.busy))
        self._final.setVisible(not state.giving)
        self._overdue.setVisible(bool(state.overdue))
        self._overdue.show_state(Mark.ERR, state.overdue)
        self._why.setVisible(state.act is not None)
        rows = [
            [Cell(line.words, Mark.OK if line.code == state.code else Mark.TODO, strong=line.code == state.code)]
            for line in state.reasons
        ]
        remedy = next((line.remedy for line in state.reasons if line.code == state.code), "")
        self._remedy.setVisible(bool(remedy))
        self._remedy.set_words(say("closing.remedy", remedy=remedy))
        self._reasons.show_rows(rows)
        self._reasons.setVisible(bool(rows))
        self._reasons.setFixedHeight(len(rows) * self._reasons.verticalHeader().defaultSectionSize() + 2)
        self.text.setVisible(state.act is not None or state.giving)
        self.text.show_state(FieldState(state.text, enabled=not state.busy))
        self._look.setVisible(state.act is Closing.REFUSED)
        self._look.setEnabled(state.can_look)
        self._document.show_pages(state.pages)
        wanted = self.leave.show_state(state.leave, busy=state.busy)
        self.show_action(state.action)
        if wanted is not None:
            self.want_focus(wanted)
        elif act_came and state.giving:
            self.want_focus(self.point.editor)
        elif act_came and state.act is not None:
            self.want_focus(self._reasons)
        self.settle_focus()

    def on_key(self, act: Act) -> bool:
        if act is Act.PREVIEW:
            self.preview.emit()
            return True
        return super().on_key(act)

    def _choose_row(self, row: int) -> None:
        if row < len(self._state.reasons):
            self.reason_chosen.emit(self._state.reasons[row].code)
