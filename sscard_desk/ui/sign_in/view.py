"""The sign-in page: language and look above, one card with self-check and credentials, the version below."""

from PySide6.QtCore import QEvent, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sscard_desk.texts import ENGLISH, SIMPLIFIED_CHINESE
from sscard_desk.ui.fonts import Role
from sscard_desk.ui.language import language, speak
from sscard_desk.ui.sign_in.credentials import Credentials
from sscard_desk.ui.sign_in.self_check import SelfCheck
from sscard_desk.ui.sign_in.state import SignInState
from sscard_desk.ui.theme import Mode, measure, mode, tokens
from sscard_desk.ui.widgets.label import Label
from sscard_desk.ui.widgets.paint import box
from sscard_desk.ui.widgets.segments import Segments
from sscard_desk.ui.words import say

_WIDTH, _HEIGHT, _LEFT = 904, 520, 424
_LOW = 640  # px of height below which everything draws closer together
_SECOND_MS = 1000
_LOOKS = ((Mode.LIGHT, "sun"), (Mode.DARK, "moon"), (Mode.HIGH_CONTRAST, "contrast"))


class Frame(QWidget):
    """The card, radius 12."""

    def paintEvent(self, event: QPaintEvent) -> None:
        table = tokens()
        box(QPainter(self), QRectF(self.rect()), fill=table.surface, border=table.line, radius=measure.RADIUS_DIALOG)


class SignInPage(QWidget):
    """Covers the window before anybody is signed in.

    Signals:
        tried: account and password.
        typed: the account after each key.
        look_chosen: light, dark or high contrast.
        caps_lock_pressed: the key was pressed.
        second_passed: once a second while a pause runs.
        nobody: nobody here can sign in any more.
    """

    nobody = Signal()
    tried = Signal(str, str)
    typed = Signal(str)
    look_chosen = Signal(Mode)
    caps_lock_pressed = Signal()
    second_passed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("sign_in_page")
        self._check, self._credentials = SelfCheck(), Credentials()
        self._foot = Label("", Role.LABEL, "ink2", name="foot")
        self._card = Frame(self)
        halves = QHBoxLayout(self._card)
        halves.setContentsMargins(1, 1, 1, 1)
        halves.setSpacing(0)
        halves.addWidget(self._check, _LEFT)
        halves.addWidget(self._credentials, _WIDTH - _LEFT)
        self._language = Segments(
            ((SIMPLIFIED_CHINESE, "中文", "language"), (ENGLISH, "English", "language")), name="language"
        )
        self._look = Segments(
            tuple((look.value, say(f"sign_in.{look.value}"), icon) for look, icon in _LOOKS), name="look"
        )
        choices = QHBoxLayout()
        choices.setContentsMargins(0, 12, 24, 0)
        choices.setSpacing(8)
        choices.addStretch(1)
        choices.addWidget(self._language)
        choices.addWidget(self._look)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 16)
        whole.setSpacing(0)
        whole.addLayout(choices)
        whole.addStretch(1)
        whole.addWidget(self._card, alignment=Qt.AlignmentFlag.AlignHCenter)
        whole.addStretch(1)
        whole.addWidget(self._foot, alignment=Qt.AlignmentFlag.AlignHCenter)
        self._language.set_chosen(language())
        self._look.set_chosen(mode().value)
        self._language.chosen.connect(lambda chosen: speak(ENGLISH if chosen == ENGLISH else SIMPLIFIED_CHINESE))
        self._look.chosen.connect(lambda chosen: self.look_chosen.emit(Mode(chosen)))
        self._credentials.tried.connect(self.tried)
        self._credentials.typed.connect(self.typed)
        self._credentials.nobody.connect(self.nobody)
        self._clock = QTimer(self)
        self._clock.timeout.connect(self.second_passed)
        self.setTabOrder(self._credentials.password, self._credentials.button)

    def show_state(self, state: SignInState) -> None:
        """Show the page."""
        self._check.show_state(state)
        self._credentials.show_state(state)
        self._foot.set_words(state.foot)
        if bool(state.pause_seconds) != self._clock.isActive():
            if state.pause_seconds:
                self._clock.start(_SECOND_MS)
            else:
                self._clock.stop()

    def clear_password(self) -> None:
        """Empty the password; the focus goes there."""
        self._credentials.password.editor.clear()
        self._credentials.password.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_first(self) -> None:
        """Put the focus into the first empty field."""
        filled = bool(self._credentials.account.value())
        (self._credentials.password if filled else self._credentials.account).setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.focus_first()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_CapsLock:
            self.caps_lock_pressed.emit()
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        low = self.height() < _LOW
        self._check.set_compact(compact=low)
        self._credentials.set_compact(compact=low)
        self._foot.setVisible(not low)
        self._card.setFixedSize(min(_WIDTH, self.width() - 48), min(_HEIGHT, self.height() - 84))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._language.set_chosen(language())
