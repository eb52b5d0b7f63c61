"""Where a supervisor allows an exception on the page: reason, account, password. Never a dialog."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from sscard_desk.ui.fonts import MEDIUM, Role
from sscard_desk.ui.parts.step_page import roomy
from sscard_desk.ui.serving.leave import LeaveState
from sscard_desk.ui.states import FieldState, Mark
from sscard_desk.ui.theme import measure
from sscard_desk.ui.widgets.banner import Banner
from sscard_desk.ui.widgets.button import Button, Kind
from sscard_desk.ui.widgets.card import Card
from sscard_desk.ui.widgets.field import Field
from sscard_desk.ui.widgets.label import Label
from sscard_desk.ui.words import Words, say


class LeaveForm(Card):
    """Shown only while it is asked for; until then `ask` offers it, where the page puts that button.

    Signals:
        asked: somebody wants it.
        reason_typed, account_typed, password_typed: each key.
        entered: Enter in the last field.
        stopped: no exception after all.
    """

    asked = Signal()
    reason_typed = Signal(str)
    account_typed = Signal(str)
    password_typed = Signal(str)
    entered = Signal()
    stopped = Signal()

    def __init__(
        self,
        *,
        name: str = "leave",
        title: Words | None = None,
        note: Words | None = None,
        reason: bool = True,
        stops: bool = True,
    ) -> None:
        """Make it.

        Args:
            name: begins the names of its parts.
            title: what the supervisor does here, an exception where it is left out.
            note: what is needed for it.
            reason: whether it asks for a reason of its own.
            stops: whether it can be left again while the page stays; never without a reason of its own.
        """
        super().__init__(ground="sunken", margin=16, name=name)
        self._cleared, self._open = -1, False
        self.ask = Button(say("leave.ask"), icon="sign_off", name=f"ask_{name}")
        self.ask.clicked.connect(self.asked)
        self.ask.hide()
        self.reason = Field(
            say("leave.reason"), name=f"{name}_reason", above=True, placeholder=say("leave.reason_hint"), required=True
        )
        self.account = Field(say("leave.account"), name=f"{name}_account", above=True, icon="user")
        self.password = Field(say("leave.password"), name=f"{name}_password", above=True, icon="lock", secret=True)
        for field in (self.reason, self.account, self.password):
            roomy(field)
        self.reason.edited.connect(self.reason_typed)
        self.account.edited.connect(self.account_typed)
        self.password.edited.connect(self.password_typed)
        self.reason.entered.connect(self.account.editor.setFocus)
        self.account.entered.connect(self.password.editor.setFocus)
        self.password.entered.connect(self.entered)
        stop = Button(say("leave.stop"), Kind.LINK, name=f"{name}_stop", small=True)
        stop.clicked.connect(self.stopped)
        self._error = Banner(Mark.ERR, "", name=f"{name}_error")
        self._error.hide()
        head = QHBoxLayout()
        head.addWidget(Label(title or say("leave.title"), weight=MEDIUM))
        head.addWidget(Label(note or say("leave.note"), Role.LABEL, "ink2", wrap=True), 1)
        head.addWidget(stop)
        row = QHBoxLayout()
        row.setSpacing(measure.GAP)
        for field, share in ((self.reason, 3), (self.account, 2), (self.password, 2)):
            row.addWidget(field, share)
        self.column.addLayout(head)
        self.column.addWidget(self._error)  # above the fields: where there is little room it is seen with them
        self.column.addLayout(row)
        if not reason:
            self.reason.hide()
        if not (reason and stops):
            stop.hide()
        self.hide()

    def show_state(self, state: LeaveState, *, busy: bool) -> QWidget | None:
        """Show what was typed and what is wrong with it; return where the focus belongs now, if it has to move."""
        came, self._open = state.open and not self._open, state.open
        self.setVisible(state.open)
        self.ask.setVisible(state.offered and not state.open)
        self.reason.show_state(FieldState(state.reason, enabled=not busy))
        self.account.show_state(FieldState(state.account, enabled=not busy))
        if state.clear_password != self._cleared:
            self._cleared = state.clear_password
            self.password.show_state(FieldState("", enabled=not busy))
        self.password.editor.setEnabled(not busy)
        self._error.setVisible(bool(state.error))
        self._error.show_state(Mark.ERR, state.error, state.error_note)
        if state.error:
            return self.password.editor
        return self.reason.editor if came and not self.reason.isHidden() else None
