"""The lock page: one card with a name and a password. The work behind it keeps its state."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from sscard_desk.ui.fonts import Role
from sscard_desk.ui.lock.presenter import LockState
from sscard_desk.ui.sign_in.credentials import PasswordField
from sscard_desk.ui.states import FieldState
from sscard_desk.ui.widgets.button import Button, Kind
from sscard_desk.ui.widgets.card import Card
from sscard_desk.ui.widgets.label import Label
from sscard_desk.ui.widgets.picture import Picture
from sscard_desk.ui.words import say

_WIDTH = 480
_SECOND_MS = 1000


class LockPage(QWidget):
    """Covers the window.

    Signals:
        tried: the password.
        typed: a key in the password.
        other_account: somebody else wants to sign in.
        second_passed: once a second while a pause runs.
    """

    tried = Signal(str)
    typed = Signal()
    other_account = Signal()
    second_passed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("lock_page")
        self._sub = Label("", ink="ink2", wrap=True, name="locked_sub")
        self._since = Label("", Role.LABEL, "ink2", name="locked_since")
        self._password = PasswordField(name="unlock_password")
        self._note = Label("", Role.LABEL, "ink2", wrap=True, name="note")
        self._unlock = Button(say("sign_in.unlock"), Kind.PRIMARY, key="Enter", name="unlock", height=48)
        self._unlock.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        other = Button(say("sign_in.other_account"), Kind.LINK, icon="user", name="other_account")
        card = Card(margin=40, name="lock_card")
        card.setFixedWidth(_WIDTH)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(Picture("lock", 28, "accent"))
        head.addWidget(Label(say("sign_in.locked_title"), Role.FIGURE, name="locked_title"))
        head.addStretch(1)
        card.column.addLayout(head)
        for widget in (self._sub, self._password, self._unlock, self._note):
            card.column.addWidget(widget)
        card.column.addSpacing(8)
        foot = QHBoxLayout()
        foot.addWidget(self._since)
        foot.addStretch(1)
        foot.addWidget(other)
        card.column.addLayout(foot)
        whole = QVBoxLayout(self)
        whole.addStretch(1)
        whole.addWidget(card, alignment=Qt.AlignmentFlag.AlignHCenter)
        whole.addStretch(1)
        self._password.entered.connect(self._try)
        self._password.edited.connect(lambda _text: self.typed.emit())
        self._unlock.clicked.connect(self._try)
        other.clicked.connect(self.other_account)
        self._clock = QTimer(self)
        self._clock.timeout.connect(self.second_passed)

    def show_state(self, state: LockState) -> None:
        """Show the page."""
        self._sub.set_words(say("sign_in.locked_sub", name=state.name))
        self._since.set_words(say("sign_in.locked_since", time=state.since) if state.since else "")
        self._password.show_state(FieldState(self._password.value(), error=state.error, enabled=not state.busy))
        self._note.set_words(state.note)
        self._unlock.setEnabled(not state.busy and not state.pause_seconds)
        self._unlock.set_words(say("sign_in.busy") if state.busy else say("sign_in.unlock"))
        if bool(state.pause_seconds) != self._clock.isActive():
            if state.pause_seconds:
                self._clock.start(_SECOND_MS)
            else:
                self._clock.stop()

    def clear_password(self) -> None:
        """Empty the password; the focus goes there."""
        self._password.editor.clear()
        self._password.setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._password.setFocus(Qt.FocusReason.OtherFocusReason)

    def _try(self) -> None:
        self.tried.emit(self._password.value())
