"""A tinted bar across a page: one mark, a sentence, a second line, and perhaps one button."""

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from sscard_desk.ui.fonts import MEDIUM, Role
from sscard_desk.ui.states import Mark
from sscard_desk.ui.theme import measure, tokens
from sscard_desk.ui.widgets.button import Button, Kind
from sscard_desk.ui.widgets.label import Label
from sscard_desk.ui.widgets.paint import box
from sscard_desk.ui.widgets.state_mark import INKS, TINTS, StateMark
from sscard_desk.ui.words import Words


class Banner(QWidget):
    """What holds for the whole page now."""

    pressed = Signal()

    def __init__(self, mark: Mark, title: Words, note: Words = "", *, name: str = "banner") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._mark = StateMark(mark, 20)
        self._title = Label(title, weight=MEDIUM, wrap=True)
        self._note = Label(note, Role.LABEL, "ink2", wrap=True)
        self._note.setVisible(bool(note))
        self._button = Button("", Kind.LINK, name=f"{name}_action")
        self._button.hide()
        self._button.clicked.connect(self.pressed)
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addWidget(self._title)
        lines.addWidget(self._note)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(12)
        row.addWidget(self._mark)
        row.addLayout(lines, 1)
        row.addWidget(self._button)
        self.setMinimumHeight(40)

    def show_state(self, mark: Mark, title: Words, note: Words = "", action: Words = "", key: str = "") -> None:
        """Say something else; `action` puts one quiet button at the right."""
        self._mark.set_mark(mark)
        self._title.set_words(title)
        self._note.set_words(note)
        self._note.setVisible(bool(note))
        self._button.set_words(action)
        self._button.set_key(key)
        self._button.setVisible(bool(action))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, table = QPainter(self), tokens()
        mark = self._mark.mark
        tint = str(getattr(table, TINTS.get(mark, "sunken")))
        edge = str(getattr(table, INKS[mark])) if table.outlined else ""
        box(painter, QRectF(self.rect()), fill=tint, border=edge, radius=measure.RADIUS)
