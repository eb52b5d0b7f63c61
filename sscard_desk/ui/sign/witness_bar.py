"""The strip in which a witness confirms a thumb print with an own password; Ctrl+Enter keeps it, Esc leaves it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from sscard_desk.ui.fonts import SEMIBOLD, Role
from sscard_desk.ui.sign.witnessing import WitnessState
from sscard_desk.ui.states import FieldState
from sscard_desk.ui.widgets.button import Button, Kind
from sscard_desk.ui.widgets.card import Card
from sscard_desk.ui.widgets.field import Field
from sscard_desk.ui.widgets.label import Label
from sscard_desk.ui.words import say


class WitnessBar(Card):
    """Shown only while a thumb print waits for its witness.

    Signals:
        typed: the account so far.
        password_typed: the password so far.
        confirmed: keep the thumb print.
        stopped: leave it.
    """

    typed = Signal(str)
    password_typed = Signal(str)
    confirmed = Signal()
    stopped = Signal()

    def __init__(self) -> None:
        super().__init__(ground="sunken", margin=12, name="witness")
        self._account = Field(say("sign.witness_account"), name="witness_account", above=True)
        self._password = Field(say("sign.witness_password"), name="witness_password", above=True, secret=True)
        self._stop = Button(say("sign.witness_stop"), Kind.LINK, key="Esc", name="witness_stop")
        self._account.edited.connect(self.typed)
        self._account.entered.connect(self._password.editor.setFocus)
        self._password.edited.connect(self.password_typed)
        self._password.entered.connect(self.confirmed)
        self._stop.clicked.connect(self.stopped)
        head, row = QHBoxLayout(), QHBoxLayout()
        head.addWidget(Label(say("sign.witness"), Role.LABEL, weight=SEMIBOLD))
        head.addStretch(1)
        head.addWidget(self._stop)
        row.setSpacing(16)
        row.addWidget(self._account, 1)
        row.addWidget(self._password, 1)
        self.column.addLayout(head)
        self.column.addLayout(row)
        self._open, self._turn = False, 0
        self.hide()

    @property
    def first(self) -> QWidget:
        """Where the strip begins."""
        return self._account.editor

    def show_state(self, state: WitnessState) -> bool:
        """Show the strip or nothing; return whether it has just come up."""
        came, self._open = bool(state.party) and not self._open, bool(state.party)
        self.setVisible(self._open)
        self._account.show_state(FieldState(state.account))
        if state.clear_password != self._turn:
            self._turn = state.clear_password
            self._password.editor.clear()
        self._password.show_state(FieldState(self._password.value(), error=state.error or None))
        return came
