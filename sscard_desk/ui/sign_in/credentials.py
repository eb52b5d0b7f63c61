"""The right half of the sign-in card: account, password, the one filled button."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from sscard_desk.ui import icons
from sscard_desk.ui.fonts import MEDIUM, Role
from sscard_desk.ui.language import text
from sscard_desk.ui.sign_in.state import SignInState
from sscard_desk.ui.states import FieldState, Mark
from sscard_desk.ui.theme import tokens
from sscard_desk.ui.widgets.button import Button, Kind
from sscard_desk.ui.widgets.field import Field
from sscard_desk.ui.widgets.label import Label
from sscard_desk.ui.widgets.paint import rule
from sscard_desk.ui.widgets.state_mark import StateMark
from sscard_desk.ui.words import Words, say


class Eye(QAbstractButton):
    """Shows the password while it is pressed in."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("show_password")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._say()

    def sizeHint(self) -> QSize:
        return QSize(24, 24)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._say()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        name = "eye_off" if self.isChecked() else "eye"
        icons.paint(QPainter(self), QRectF(2, 2, 20, 20), name, tokens().ink2)

    def _say(self) -> None:
        self.setAccessibleName(text(say("sign_in.show_password")))
        self.setToolTip(self.accessibleName())


class MarkedLine(QWidget):
    """A mark and a sentence in 13 px."""

    def __init__(self, mark: Mark, *, name: str, ink: str = "ink2") -> None:
        super().__init__()
        self.setObjectName(name)
        self._mark, self._words = StateMark(mark, 16), Label("", Role.LABEL, ink, wrap=True, name=f"{name}_words")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._mark)
        row.addWidget(self._words, 1)

    def say(self, words: Words, mark: Mark) -> None:
        """Say something with its mark."""
        self._mark.set_mark(mark)
        self._words.set_words(words)


class PasswordField(Field):
    """A password with the eye behind it."""

    def __init__(self, *, name: str, label: Words = "") -> None:
        super().__init__(label or say("sign_in.password"), name=name, above=True, icon="lock", secret=True)
        eye = Eye()
        self.editor.put_behind(eye)
        eye.toggled.connect(self._reveal)
        self.editor.setInputMethodHints(Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhSensitiveData)

    def _reveal(self, shown: bool) -> None:
        self.editor.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)


class Credentials(QWidget):
    """Account and password.

    Signals:
        typed: the account's field after each key in either field.
        tried: account and password, by the button or Enter.
        nobody: nobody here can sign in any more.
    """

    typed = Signal(str)
    tried = Signal(str, str)
    nobody = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("credentials")
        self.account = Field(say("sign_in.account"), name="account_name", above=True, icon="user")
        self.password = PasswordField(name="password")
        self.button = Button(say("sign_in.button"), Kind.PRIMARY, key="Enter", name="sign_in", height=48)
        self.button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._caps = MarkedLine(Mark.WARN, name="caps_lock", ink="warn")
        self._caps.say(say("sign_in.caps_lock"), Mark.WARN)
        self._note, self._offline = (
            Label("", Role.LABEL, "ink2", wrap=True, name="note"),
            MarkedLine(Mark.OK, name="offline"),
        )
        self._nobody = Button(say("sign_in.nobody"), Kind.LINK, name="nobody", height=24, small=True)
        self._nobody.clicked.connect(self.nobody)
        self._hint = Label("", Role.LABEL, "accent", weight=MEDIUM, wrap=True, name="hint")
        self._column = column = QVBoxLayout(self)
        column.setSpacing(0)
        column.addStretch(1)
        column.addWidget(Label(say("sign_in.title"), Role.FIGURE, name="title"))
        self._sub = Label(say("sign_in.sub"), ink="ink2", wrap=True)
        column.addWidget(self._sub)
        column.addWidget(self._hint)
        column.addSpacing(16)
        column.addWidget(self.account)
        column.addSpacing(12)
        column.addWidget(self.password)
        column.addSpacing(8)
        column.addWidget(self._caps)
        column.addSpacing(16)
        column.addWidget(self.button)
        column.addSpacing(12)
        column.addWidget(self._note)
        column.addWidget(self._nobody)
        column.addStretch(1)
        self._rule = QWidget()
        self._rule.setFixedHeight(12)
        column.addWidget(self._rule)
        column.addWidget(self._offline)
        self.account.edited.connect(self.typed)
        self.password.edited.connect(lambda _text: self.typed.emit(self.account.value()))
        self.account.entered.connect(self.password.setFocus)
        self.password.entered.connect(self._try)
        self.button.clicked.connect(self._try)
        self._state, self._compact = SignInState(), False
        self.set_compact(compact=False)

    def show_state(self, state: SignInState) -> None:
        """Show the state of the try."""
        open_ = not state.busy
        self.account.show_state(FieldState(state.account, enabled=open_))
        self.password.show_state(FieldState(self.password.value(), error=state.error, enabled=open_))
        self._caps.setVisible(state.caps_lock and state.error is None)
        self._note.set_words(state.note)
        self._nobody.setVisible(state.nobody)
        self._nobody.setEnabled(open_)
        self._hint.set_words(state.hint)
        self._hint.setVisible(bool(state.hint))
        self.button.setEnabled(open_ and not state.pause_seconds)
        self.button.set_words(say("sign_in.busy") if state.busy else say("sign_in.button"))
        self._offline.say(state.offline, state.offline_mark)
        self._state = state
        self._make_room()

    def set_compact(self, *, compact: bool) -> None:
        """Take less room where the window is low."""
        self._compact = compact
        self._sub.setVisible(not compact)
        self._make_room()
        side = 32 if compact else 44
        self._column.setContentsMargins(side, 12 if compact else 32, side, 16 if compact else 24)

    def _make_room(self) -> None:
        """Where it is low, what is wrong or has to be done goes before what is good to know."""
        crowded = self._compact and bool(self._state.error or self._state.hint)
        for widget in (self._offline, self._rule):
            widget.setVisible(bool(self._state.offline) and not crowded)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._offline.isVisible():
            margins = self._column.contentsMargins()
            rule(QPainter(self), margins.left(), self.width() - margins.right(), self._rule.y())

    def _try(self) -> None:
        self.tried.emit(self.account.value(), self.password.value())
