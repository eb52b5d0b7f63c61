"""The title of a section: word, rule, and a note at the right."""

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from sscard_desk.ui.fonts import SEMIBOLD, Role
from sscard_desk.ui.theme import measure
from sscard_desk.ui.widgets.label import Label
from sscard_desk.ui.widgets.paint import rule
from sscard_desk.ui.words import Words


class Section(QWidget):
    """A section's title, 32 high; the rule fills what the words leave."""

    def __init__(self, title: Words, note: Words = "", *, name: str = "section") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setFixedHeight(32)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._title = Label(title, Role.BODY, weight=SEMIBOLD)
        self._note = Label(note, Role.LABEL, "ink2")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(measure.GRID)
        row.addWidget(self._title)
        row.addStretch(1)
        row.addWidget(self._note)

    def set_note(self, note: Words) -> None:
        """Say something else at the right."""
        self._note.set_words(note)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        end = self._note.x() - 12 if self._note.text() else self.width()
        rule(painter, self._title.geometry().right() + 12, end, self.height() // 2)
