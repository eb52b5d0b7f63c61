"""The four parts of the side panel: portrait, what is missing, due dates, history."""

from collections.abc import Callable
from typing import Generic

from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sscard_desk.ui.fonts import SEMIBOLD, Role
from sscard_desk.ui.states import PanelState
from sscard_desk.ui.widgets.label import Label
from sscard_desk.ui.widgets.panel_rows import Line, PartTitle, Row, Rule
from sscard_desk.ui.widgets.portrait import Portrait
from sscard_desk.ui.words import Words


class HeadPart(QWidget):
    """Portrait with title and note; not shown without a picture that can be drawn."""

    def __init__(self) -> None:
        super().__init__()
        self._portrait = Portrait()
        self._title = Label("", Role.LABEL, weight=SEMIBOLD, wrap=True)
        self._note = Label("", Role.LABEL, "ink2", wrap=True)
        self._rule = Rule()
        lines = QVBoxLayout()
        lines.setSpacing(2)
        lines.addWidget(self._title)
        lines.addWidget(self._note)
        lines.addStretch(1)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._portrait)
        head.addLayout(lines, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._rule)
        self.hide()

    def show_head(self, state: PanelState, picture: QPixmap) -> None:
        """Show another portrait; an empty picture hides all of it."""
        self._portrait.show_pixmap(picture)
        self._title.set_words(state.portrait_title)
        self._note.set_words(state.portrait_note)
        self._rule.setVisible(bool(state.missing))
        self.setVisible(not picture.isNull())


class RowsPart(QWidget, Generic[Line]):
    """A heading and rows; not shown without rows. Rows once made are used again.

    Args:
        words: the heading.
        make: makes a row for a line.
        ruled: a separator above the heading.
        behind: what stands behind the heading.
    """

    def __init__(
        self, words: Words, make: Callable[[Line], Row[Line]], *, ruled: bool, behind: QWidget | None = None
    ) -> None:
        super().__init__()
        self._make: Callable[[Line], Row[Line]] = make
        self._shown: tuple[Line, ...] = ()
        self._rows: list[Row[Line]] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        if ruled:
            self._column.addWidget(Rule())
        self._column.addLayout(PartTitle(words, behind))
        self.hide()

    def show_lines(self, lines: tuple[Line, ...]) -> None:
        """Show other lines."""
        if lines == self._shown:
            return
        self._shown = lines
        for at, line in enumerate(lines):
            if at < len(self._rows):
                self._rows[at].show_line(line)
                self._rows[at].show()
            else:
                self._rows.append(self._make(line))
                self._column.addWidget(self._rows[at])
        for row in self._rows[len(lines) :]:
            row.hide()
        self.setVisible(bool(lines))
