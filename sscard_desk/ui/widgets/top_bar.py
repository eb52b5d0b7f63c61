"""The head of the window: where this is, the search box, who is signed in, the time."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from sscard_desk.ui import icons
from sscard_desk.ui.fonts import MEDIUM, SEMIBOLD, Role, font, text_width
from sscard_desk.ui.language import text
from sscard_desk.ui.states import Hit
from sscard_desk.ui.theme import measure, tokens
from sscard_desk.ui.widgets.emblem import Emblem
from sscard_desk.ui.widgets.label import Label
from sscard_desk.ui.widgets.paint import words
from sscard_desk.ui.widgets.search_box import SearchBox
from sscard_desk.ui.words import Words


class AccountButton(QAbstractButton):
    """Name and role of who is signed in; opens the account's menu."""

    def __init__(self) -> None:
        super().__init__()
        self._account: Words = ""
        self.setObjectName("account")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def sizeHint(self) -> QSize:
        return QSize(round(text_width(self.text(), Role.BODY, MEDIUM) + 64), measure.CONTROL)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def show_account(self, account: Words) -> None:
        """Show another account."""
        self._account = account
        self._say()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._say()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, table, rect = QPainter(self), tokens(), QRectF(self.rect())
        middle = rect.center().y()
        icons.paint(painter, QRectF(4, middle - 12, 24, 24), "user_circle", table.ink2)
        words(painter, rect.adjusted(36, 0, 0, 0), self.text(), font(Role.BODY, MEDIUM), table.ink)
        icons.paint(painter, QRectF(rect.right() - 18, middle - 7, 14, 14), "caret_down", table.ink2)

    def _say(self) -> None:
        self.setText(text(self._account))
        self.setAccessibleName(self.text())
        self.updateGeometry()


class TopBar(QWidget):
    """56 high. Search stays in the middle of the window."""

    account_pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("top_bar")
        self.setFixedHeight(measure.TOP_BAR)
        self._counter = Label("", weight=SEMIBOLD, name="counter")
        self._point = Label("", Role.LABEL, "ink2", name="point")
        self._account = AccountButton()
        self._account.clicked.connect(self.account_pressed)
        self._time = Label("", Role.TITLE, name="time")
        self._day = Label("", Role.LABEL, "ink2")
        self.search = SearchBox()
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 0, 20, 1)
        row.setSpacing(0)
        self._left, self._right = QWidget(), QWidget()
        left = QHBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(10)
        left.addWidget(Emblem())
        left.addLayout(_two(self._counter, self._point), 1)
        row.addWidget(self._left, 1)
        row.addWidget(self.search)
        right = QHBoxLayout(self._right)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(16)
        right.addStretch(1)
        right.addWidget(self._account)
        right.addWidget(_Divider())
        right.addLayout(_two(self._time, self._day))
        row.addWidget(self._right, 1)
        for side in (self._left, self._right):
            side.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def show_place(self, counter: Words, point: Words, account: Words) -> None:
        """Show which counter this is and who works at it."""
        self._counter.set_words(counter)
        self._point.set_words(point)
        self._account.show_account(account)

    def show_time(self, time: Words, day: Words) -> None:
        """Show time of day and date."""
        self._time.set_words(time)
        self._day.set_words(day)

    def show_hits(self, hits: tuple[Hit, ...]) -> None:
        """Show results under the search box."""
        self.search.show_hits(hits)

    def set_narrow(self, *, narrow: bool) -> None:
        """Give the search box less room, and drop the second lines' words that do not fit."""
        self.search.setFixedWidth(320 if narrow else 456)
        self._point.setVisible(not narrow)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, table = QPainter(self), tokens()
        painter.fillRect(self.rect(), QColor(table.surface))
        painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), QColor(table.line))


class _Divider(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(1, 32)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), QColor(tokens().line))


def _two(first: Label, second: Label) -> QVBoxLayout:
    lines = QVBoxLayout()
    lines.setContentsMargins(0, 0, 0, 0)
    lines.setSpacing(0)
    lines.addStretch(1)
    lines.addWidget(first)
    lines.addWidget(second)
    lines.addStretch(1)
    return lines
