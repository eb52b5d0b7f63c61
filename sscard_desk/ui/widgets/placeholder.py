"""What stands in a page's place when there is nothing, not yet, or not now: empty, loading, busy, offline, full."""

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sscard_desk.ui.fonts import MEDIUM, Role
from sscard_desk.ui.states import ChipState, Mark
from sscard_desk.ui.theme import measure, tokens
from sscard_desk.ui.widgets.button import Button, Kind
from sscard_desk.ui.widgets.card import Card
from sscard_desk.ui.widgets.chip import Chip
from sscard_desk.ui.widgets.label import Label
from sscard_desk.ui.widgets.paint import box
from sscard_desk.ui.widgets.picture import Picture
from sscard_desk.ui.widgets.state_mark import INKS, StateMark
from sscard_desk.ui.words import Words, say

__all__ = ["Empty", "Loading", "Picture", "Unsure", "paint_bar"]

_BARS = ((96, 150), (72, 190), (110, 120))  # widths of left and right bars, px, as rows of the final layout
_SHOW_BARS_MS, _SHOW_SECONDS_MS, _TENTH_MS = 200, 1000, 100


class Empty(QWidget):
    """Icon, one sentence, one hint, one button: also for offline, full and no right, each with its own words."""

    pressed = Signal()

    def __init__(
        self, icon: str, title: Words, hint: Words = "", action: Words = "", *, key: str = "", name: str
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        self._title = Label(title, Role.TITLE, name=f"{name}_title")
        self._hint = Label(hint, Role.LABEL, "ink2", wrap=True, name=f"{name}_hint")
        self._hint.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.button = Button(action, key=key, name=f"{name}_action")
        if not action:
            self.button.hide()
        self.button.clicked.connect(self.pressed)
        column = QVBoxLayout(self)
        column.setSpacing(measure.GRID)
        column.addStretch(1)
        centre = Qt.AlignmentFlag.AlignHCenter
        column.addWidget(Picture(icon), alignment=centre)
        column.addWidget(self._title, alignment=centre)
        column.addWidget(self._hint)
        column.addWidget(self.button, alignment=centre)
        column.addStretch(1)

    def set_words(self, title: Words, hint: Words = "") -> None:
        """Say why there is nothing, in other words."""
        self._title.set_words(title)
        self._hint.set_words(hint)


class _Bars(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setMinimumHeight(32 * len(_BARS))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, colour = QPainter(self), tokens().line
        for row, (left, right) in enumerate(_BARS):
            top = row * 32 + 10
            box(painter, QRectF(0, top, left, 12), fill=colour, radius=6)
            box(painter, QRectF(self.width() - right, top, right, 12), fill=colour, radius=6)


class Loading(QWidget):
    """Nothing for 200 ms, then grey bars; after a second what is fetched, the seconds, and a way to stop."""

    stopped = Signal()

    def __init__(self, what: Words = "", *, name: str = "loading") -> None:
        super().__init__()
        self.setObjectName(name)
        self._what, self._tenths = what, 0
        self._mark, self._words = StateMark(Mark.BUSY, 16), Label("", weight=MEDIUM, name=f"{name}_words")
        self._stop = Button(say("shell.stop"), Kind.LINK, key="Esc", name=f"{name}_stop")
        self._stop.clicked.connect(self.stopped)
        self._head = QWidget()
        head = QHBoxLayout(self._head)
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(self._mark)
        head.addWidget(self._words)
        head.addStretch(1)
        head.addWidget(self._stop)
        self._bars = _Bars()
        column = QVBoxLayout(self)
        column.addWidget(self._head)
        column.addWidget(self._bars)
        column.addStretch(1)
        self._clock = QTimer(self)
        self._clock.timeout.connect(lambda: self.at(self._tenths + 1))

    def begin(self, what: Words) -> None:
        """Start to wait for something."""
        self._what = what
        self.at(0)
        self._clock.start(_TENTH_MS)

    def end(self) -> None:
        """Stop waiting."""
        self._clock.stop()
        self.hide()

    def at(self, tenths: int) -> None:
        """Show what is shown after so many tenths of a second."""
        self._tenths = tenths
        self._bars.setVisible(tenths * _TENTH_MS >= _SHOW_BARS_MS)
        late = tenths * _TENTH_MS >= _SHOW_SECONDS_MS
        self._head.setVisible(late)
        if late:
            self._words.set_words(say("shell.waiting", what=self._what, seconds=f"{tenths / 10:.1f}"))


class Unsure(Card):
    """An outcome that is not known: diamond, what to do, the code; read back first."""

    def __init__(self, title: Words, note: Words, code: str, *, name: str = "unsure") -> None:
        super().__init__(edge="warn", name=name)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(StateMark(Mark.UNKNOWN, 20))
        head.addWidget(Label(title, weight=MEDIUM))
        head.addStretch(1)
        head.addWidget(Chip(ChipState(code, Mark.WARN, accent=True, name=f"{name}_code")))
        self.column.addLayout(head)
        self.column.addWidget(Label(note, Role.LABEL, "ink2", wrap=True))
        self.column.addStretch(1)
        self.foot = QHBoxLayout()
        self.column.addLayout(self.foot)


def paint_bar(painter: QPainter, rect: QRectF, share: float, mark: Mark = Mark.BUSY) -> None:
    """Draw a bar of progress, 0 to 1, in the colour of a state."""
    table = tokens()
    edge = table.line2 if table.outlined else ""
    box(painter, rect, fill=table.bg if table.outlined else table.line, border=edge, radius=rect.height() / 2)
    done = QRectF(rect.left(), rect.top(), max(rect.height(), rect.width() * share), rect.height())
    if share > 0:
        painter.setBrush(QColor(str(getattr(table, INKS[mark]))))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(done, rect.height() / 2, rect.height() / 2)
