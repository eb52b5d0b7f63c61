"""The sign-off page: the list at the left, the application at the right, the password or the reason below."""

from PySide6.QtCore import QRectF, QTimer, Signal
from PySide6.QtGui import QColor, QHideEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sscard_desk.ui.fonts import Role
from sscard_desk.ui.keys import Act
from sscard_desk.ui.parts.step_page import StepPage
from sscard_desk.ui.sign_off.detail_view import DetailView
from sscard_desk.ui.sign_off.state import SignOffState
from sscard_desk.ui.sign_off.waiting_list import WaitingList
from sscard_desk.ui.states import ActionState, FieldState, Mark
from sscard_desk.ui.theme import measure, tokens
from sscard_desk.ui.widgets.banner import Banner
from sscard_desk.ui.widgets.button import Button, Kind
from sscard_desk.ui.widgets.field import Field
from sscard_desk.ui.widgets.label import Label
from sscard_desk.ui.widgets.line_edit import LineEdit
from sscard_desk.ui.widgets.placeholder import Empty
from sscard_desk.ui.widgets.whole_rows import WholeRows
from sscard_desk.ui.words import say

_LIST = 400
_LIST_NARROW = 300
_LOOK_MS = 5000


class _Side(QWidget):
    """The list's column with a line at its right."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, table = QPainter(self), tokens()
        painter.fillRect(self.rect(), QColor(table.surface))
        painter.fillRect(QRectF(self.width() - 1, 0, 1, self.height()), QColor(table.line))


class SignOffView(StepPage):
    """The sign-off page.

    Signals:
        chosen, marked: the key of a line.
        password_typed, reason_typed: each key.
        back_asked: send back with a reason.
        stopped: do not send back.
        look_again: read anew what waits.
    """

    chosen = Signal(str)
    marked = Signal(str)
    password_typed = Signal(str)
    reason_typed = Signal(str)
    back_asked = Signal()
    stopped = Signal()
    look_again = Signal()

    def __init__(self) -> None:
        super().__init__(say("sign_off.title"), name="sign_off_page", scrolls=False)
        self.hide_head()
        self._state = SignOffState()
        self._cleared, self._sending = -1, False
        self._list = WaitingList()
        self._list.chosen.connect(self.chosen)
        self._list.marked.connect(self.marked)
        self._detail = DetailView()
        self.columns.insertWidget(0, self._side())
        self._area = WholeRows()
        inner = QWidget()
        inner.setObjectName("scrolled")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 16, 0, 0)
        column.addWidget(self._detail)
        self._area.setWidget(inner)
        self._error = Banner(Mark.ERR, "", name="sign_off_error")
        self._empty = Empty("sign_off", say("sign_off.empty"), say("sign_off.empty_hint"), name="nothing_waits")
        self.reason = Field(
            say("sign_off.reason"), name="reason_text", placeholder=say("sign_off.reason_hint"), required=True
        )
        self.reason.edited.connect(self.reason_typed)
        self.reason.entered.connect(self.go_on)
        self.body.addWidget(self._area, 1)
        self.body.addWidget(self._empty, 1)
        self.body.addWidget(self._error)
        self.body.addWidget(self.reason)
        self._foot()
        self._clock = QTimer(self)
        self._clock.timeout.connect(self.look_again)

    def show_state(self, state: SignOffState) -> None:
        """Show the page."""
        self._state = state
        self._count.set_words(say("sign_off.waiting", count=len(state.lines)))
        self._list.show_lines(state.lines, state.chosen)
        self._order.setVisible(bool(state.lines))
        there = state.detail is not None
        self._detail.show_detail(state.detail)
        self._area.setVisible(there)
        self._empty.setVisible(not there)
        if not state.allowed:
            self._empty.set_words(say("sign_off.no_right"), say("sign_off.no_right_hint"))
        else:
            self._empty.set_words(say("sign_off.empty"), say("sign_off.empty_hint"))
        self.reason.setVisible(state.sending_back)
        self.reason.show_state(FieldState(state.reason, enabled=not state.busy))
        self._error.setVisible(bool(state.error or state.own))
        mark = Mark.ERR if state.error else Mark.WARN
        self._error.show_state(mark, state.error or state.own, state.error_note if state.error else "")
        asks = there and not state.sending_back and not state.own
        self._asks.setVisible(asks)
        self.password.setEnabled(not state.busy)
        if state.clear_password != self._cleared:
            self._cleared = state.clear_password
            self.password.set_value("")
        self._back.setVisible(there)
        self.show_action(state.action if there else ActionState(back=False))
        self._move_focus(state)

    def on_key(self, act: Act) -> bool:
        if act is Act.KEEP:
            self.back_asked.emit()
            return True
        if act is Act.AGAIN:
            self.look_again.emit()
            return True
        if act is Act.BACK and self._state.sending_back:
            self.stopped.emit()
            return True
        return super().on_key(act)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._clock.start(_LOOK_MS)

    def hideEvent(self, event: QHideEvent) -> None:
        self._clock.stop()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._column.setFixedWidth(_LIST if self.width() >= measure.COMPACT_BELOW else _LIST_NARROW)

    def _move_focus(self, state: SignOffState) -> None:
        if state.sending_back != self._sending:
            self._sending = state.sending_back
            self.want_focus(self.reason.editor if state.sending_back else self._list.row(state.chosen))
        elif state.error and not self._sending:
            self.want_focus(self.password)
        elif self._wanted is None or self._wanted is not self.password:
            self._wanted = self._list.row(state.chosen)
        self.settle_focus()

    def _side(self) -> QWidget:
        self._column = _Side()
        self._count = Label("", Role.LABEL, "ink2", name="waiting_count")
        self._order = Label(say("sign_off.order"), Role.LABEL, "ink2", wrap=True, name="order")
        head = QHBoxLayout()
        head.setContentsMargins(20, 12, 16, 12)
        head.addWidget(Label(say("sign_off.title"), Role.AREA))
        head.addStretch(1)
        head.addWidget(self._count)
        self._order.setContentsMargins(20, 12, 16, 12)
        column = QVBoxLayout(self._column)
        column.setContentsMargins(0, 0, 1, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._list, 1)
        column.addWidget(self._order)
        return self._column

    def _foot(self) -> None:
        self.password = LineEdit(name="own_password", placeholder=say("sign_off.password"), icon="lock", secret=True)
        self.password.setAccessibleName("password")
        self.password.setMinimumWidth(240)
        self.password.edited.connect(self.password_typed)
        self.password.entered.connect(self.go_on)
        self._back = Button(say("sign_off.back"), Kind.DANGER, key="Shift+F8", icon="undo", name="send_back")
        self._back.clicked.connect(self.back_asked)
        self.foot.extra.addWidget(self._back)
        self._asks = QWidget()
        row = QHBoxLayout(self._asks)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(12)
        row.addStretch(1)
        row.addWidget(Label(say("sign_off.password_place"), ink="ink2"))
        row.addWidget(self.password)
        self.body.addWidget(self._asks)
