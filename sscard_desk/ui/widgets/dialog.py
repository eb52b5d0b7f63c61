"""The dialog: only for what cannot be undone. Question in the title, consequence below, focus on the safe side."""

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sscard_desk.ui.fonts import Role
from sscard_desk.ui.states import Mark
from sscard_desk.ui.theme import measure, tokens
from sscard_desk.ui.widgets.button import Button, Kind
from sscard_desk.ui.widgets.elevation import SHADOW, paint_elevated
from sscard_desk.ui.widgets.label import Label
from sscard_desk.ui.widgets.state_mark import StateMark
from sscard_desk.ui.words import Words

_WIDTH = 560


class Dialog(QWidget):
    """Covers its window with a veil and asks; `answered` tells True for the act, False for the safe side."""

    answered = Signal(bool)

    def __init__(self, window: QWidget, question: Words, consequence: Words, act: Words, safe: Words) -> None:
        super().__init__(window)
        self.setObjectName("dialog")
        self.setProperty("ring", "none")
        self._before = window.focusWidget()
        self._box = QWidget(self)
        self._box.setFixedWidth(_WIDTH + 2 * SHADOW)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(StateMark(Mark.WARN, 24))
        head.addWidget(Label(question, Role.TITLE, wrap=True, name="dialog_question"), 1)
        self.safe = Button(safe, key="Esc", name="dialog_safe")
        self.act = Button(act, Kind.DANGER, name="dialog_act")
        self.safe.clicked.connect(lambda: self._answer(act=False))
        self.act.clicked.connect(lambda: self._answer(act=True))
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addStretch(1)
        buttons.addWidget(self.safe)
        buttons.addWidget(self.act)
        column = QVBoxLayout(self._box)
        margin = SHADOW + 24
        column.setContentsMargins(margin, SHADOW + 16, margin, SHADOW + 16)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(Label(consequence, ink="ink2", wrap=True, name="dialog_consequence"))
        column.addLayout(buttons)
        self.setTabOrder(self.safe, self.act)
        window.installEventFilter(self)
        self._cover()
        self.show()
        self.raise_()
        self.safe.setFocus(Qt.FocusReason.PopupFocusReason)

    def event(self, event: QEvent) -> bool:
        locks = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_F12
        if event.type() == QEvent.Type.ShortcutOverride and not locks:
            event.accept()  # no key of the page works behind the question
            return True
        return super().event(event)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._cover()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._answer(act=False)
        elif event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self.focusNextChild()

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 - Qt's own name
        (self.act if self.safe.hasFocus() else self.safe).setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        veil = QColor(tokens().bg)
        veil.setAlphaF(0.72)
        painter.fillRect(self.rect(), veil)
        paint_elevated(painter, QRectF(self._box.geometry()), measure.RADIUS_DIALOG)

    def _cover(self) -> None:
        self.setGeometry(self.window().rect())
        self._box.adjustSize()
        self._box.move((self.width() - self._box.width()) // 2, (self.height() - self._box.height()) // 3)
        self.update()

    def _answer(self, *, act: bool) -> None:
        self.window().removeEventFilter(self)
        self.hide()
        if self._before is not None:
            self._before.setFocus(Qt.FocusReason.PopupFocusReason)
        self.answered.emit(act)
        self.deleteLater()
