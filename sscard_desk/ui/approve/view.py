"""The approve page: what was checked at the left, the supervisor's password at the right."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sscard_desk.ui.approve.state import ApproveState, CheckLine
from sscard_desk.ui.fonts import MEDIUM, Role
from sscard_desk.ui.keys import Act
from sscard_desk.ui.parts.step_page import StepPage, roomy
from sscard_desk.ui.states import FieldState, Mark
from sscard_desk.ui.theme import measure
from sscard_desk.ui.widgets.banner import Banner
from sscard_desk.ui.widgets.button import Button, Kind
from sscard_desk.ui.widgets.card import Card
from sscard_desk.ui.widgets.field import Field
from sscard_desk.ui.widgets.label import Label
from sscard_desk.ui.widgets.section import Section
from sscard_desk.ui.widgets.state_mark import StateMark
from sscard_desk.ui.words import say

_LOOK_MS = 3000


class _Check(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setMinimumHeight(measure.TABLE_ROW)
        self._mark, self._words = StateMark(Mark.OK, 16), Label("", ink="ink2")
        self._note = Label("", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self._mark)
        row.addWidget(self._words)
        row.addWidget(self._note, 1)
        self._words.setMinimumWidth(88)

    def show_line(self, line: CheckLine) -> None:
        self._mark.set_mark(line.mark)
        self._words.set_words(line.words)
        self._note.set_words(line.note)
        self.setObjectName(line.name)
        self.show()


class ApproveView(StepPage):
    """The approve page.

    Signals:
        account_typed, password_typed: each key.
        look_again: see whether another desk approved meanwhile.
    """

    account_typed = Signal(str)
    password_typed = Signal(str)
    look_again = Signal()

    def __init__(self) -> None:
        super().__init__(say("approve.title"), name="approve_page")
        self._cleared = -1
        self._checks: list[_Check] = []
        self.account = Field(say("approve.account"), name="supervisor_account", above=True, icon="user")
        self.password = Field(say("approve.password"), name="supervisor_password", above=True, icon="lock", secret=True)
        roomy(self.account)
        roomy(self.password)
        self.account.edited.connect(self.account_typed)
        self.password.edited.connect(self.password_typed)
        self.account.entered.connect(self.password.editor.setFocus)
        self.password.entered.connect(self.go_on)
        self._error = Banner(Mark.ERR, "", name="approve_error")
        self._error.hide()
        columns = QHBoxLayout()
        columns.setSpacing(measure.COLUMN_GAP)
        columns.addWidget(self._left(), 3)
        columns.addWidget(self._right(), 2)
        self.body.addLayout(columns, 1)
        self._clock = QTimer(self)
        self._clock.timeout.connect(self.look_again)
        self.want_focus(self.account.editor)

    def show_state(self, state: ApproveState) -> None:
        """Show the page."""
        self.set_head(say("approve.title"), say("approve.note"), state.chips)
        while len(self._checks) < len(state.checks):
            self._checks.append(_Check())
            self._list.addWidget(self._checks[-1])
        for shown, line in zip(self._checks, state.checks, strict=False):
            shown.show_line(line)
        for unused in self._checks[len(state.checks) :]:
            unused.hide()
        usable = not state.locked and not state.done and not state.busy
        self.account.show_state(FieldState(state.account, enabled=usable))
        if state.clear_password != self._cleared:
            self._cleared = state.clear_password
            self.password.show_state(FieldState("", enabled=usable))
        self.password.editor.setEnabled(usable)
        self._error.setVisible(bool(state.error))
        note = say("missing.advice", advice=state.error_note, code=state.error_code) if state.error_note else ""
        self._error.show_state(Mark.ERR, state.error, note)
        self._taken.set_words(state.taken_by)
        self._waiting.set_words(state.locked or state.waiting)
        self._look.setVisible(bool(state.waiting))
        self._form.setVisible(not state.done)
        self._done.setVisible(bool(state.done))
        self._done.show_state(Mark.OK, state.done)
        self.show_action(state.action)
        if state.error and usable:
            self.want_focus(self.password.editor)
        elif state.done:
            self.want_focus(self.foot.primary)
        self.settle_focus()

    def on_key(self, act: Act) -> bool:
        if act is Act.AGAIN:
            self.look_again.emit()
            return True
        return super().on_key(act)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._clock.start(_LOOK_MS)

    def hideEvent(self, event: QHideEvent) -> None:
        self._clock.stop()
        super().hideEvent(event)

    def _left(self) -> QWidget:
        place = QWidget()
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        column = QVBoxLayout(place)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Section(say("approve.checked"), name="section_checked"))
        column.addLayout(self._list)
        column.addStretch(1)
        return place

    def _right(self) -> QWidget:
        card = Card(ground="sunken", name="approve_card")
        self._done = Banner(Mark.OK, "", name="approved_by")
        self._form = QWidget()
        self._taken = Label("", Role.LABEL, "ink2", wrap=True, name="taken_by")
        self._waiting = Label("", Role.LABEL, "ink2", wrap=True, name="waiting")
        self._look = Button(say("approve.look"), Kind.LINK, key="F5", name="look_again", small=True)
        self._look.clicked.connect(self.look_again)
        form = QVBoxLayout(self._form)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(measure.GRID)
        form.addWidget(Label(say("approve.here"), weight=MEDIUM))
        form.addWidget(Label(say("approve.here_note"), Role.LABEL, "ink2", wrap=True))
        form.addWidget(self.account)
        form.addWidget(self.password)
        form.addWidget(self._error)
        form.addWidget(self._taken)
        form.addSpacing(8)
        form.addWidget(self._waiting)
        form.addWidget(self._look)
        card.column.addWidget(self._done)
        card.column.addWidget(self._form)
        card.column.addStretch(1)
        return card
