"""F1: the keys of the page, over everything; any key or click closes it."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from sscard_desk.ui.fonts import Role
from sscard_desk.ui.keys import KEYS, Act, shown
from sscard_desk.ui.theme import measure, tokens
from sscard_desk.ui.widgets.elevation import SHADOW, paint_elevated
from sscard_desk.ui.widgets.keycap import Keycap
from sscard_desk.ui.widgets.label import Label
from sscard_desk.ui.words import say

_COLUMNS = 3


class KeysOverlay(QWidget):
    """Covers its window while it is shown."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("keys_overlay")
        self.setProperty("ring", "none")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._before = window.focusWidget()
        self._box = QWidget(self)
        head = QHBoxLayout()
        head.addWidget(Label(say("keys.title"), Role.TITLE))
        head.addStretch(1)
        head.addWidget(Keycap("Esc"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        entries = _entries()
        rows = -(-len(entries) // _COLUMNS)
        for at, (chord, act) in enumerate(entries):
            left = at // rows * 3
            grid.addWidget(Keycap(chord), at % rows, left, Qt.AlignmentFlag.AlignRight)
            grid.addWidget(Label(act.words, Role.LABEL), at % rows, left + 1)
        for part in range(_COLUMNS - 1):
            grid.setColumnMinimumWidth(part * 3 + 2, 12)
        column = QVBoxLayout(self._box)
        margin = SHADOW + 24
        column.setContentsMargins(margin, SHADOW + 16, margin, SHADOW + 16)
        column.setSpacing(12)
        column.addLayout(head)
        column.addLayout(grid)
        column.addWidget(Label(say("keys.hint"), Role.LABEL, "ink2"))
        self._window = window
        window.installEventFilter(self)
        self._place()
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in {Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt}:
            self.put_away()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.put_away()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        veil = QColor(tokens().bg)
        veil.setAlphaF(0.72)
        painter.fillRect(self.rect(), veil)
        paint_elevated(painter, QRectF(self._box.geometry()), measure.RADIUS_DIALOG)

    def _place(self) -> None:
        self.setGeometry(self._window.rect())
        self._box.adjustSize()
        self._box.move((self.width() - self._box.width()) // 2, max(0, (self.height() - self._box.height()) // 2))

    def put_away(self) -> None:
        """Give the window back to whoever had the focus."""
        self.hide()
        if self._before is not None:
            self._before.setFocus(Qt.FocusReason.PopupFocusReason)
        self.deleteLater()


def _entries() -> list[tuple[str, Act]]:
    entries: list[tuple[str, Act]] = []
    for key in KEYS:
        if key.act.step == 1:
            entries.append(("Alt+1…8", key.act))
        elif key.act is Act.CHOOSE_SHOT and not any(act is Act.CHOOSE_SHOT for _, act in entries):
            entries.append(("1-6", key.act))
        elif key.act.step is None and key.act is not Act.CHOOSE_SHOT:
            entries.append((shown(key.chord), key.act))
    return entries
