"""The identity table's rows: equal, differing (72 high, two buttons), and decided (old → new)."""

from typing import Final

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from sscard_desk.ui.differing import differing
from sscard_desk.ui.fonts import SEMIBOLD, Role, font
from sscard_desk.ui.language import language, text
from sscard_desk.ui.states import Decision, DifferenceState, Mark
from sscard_desk.ui.theme import measure, tokens
from sscard_desk.ui.widgets.button import Button, Kind
from sscard_desk.ui.widgets.label import Label
from sscard_desk.ui.widgets.marked_text import MarkedText
from sscard_desk.ui.widgets.paint import box, rule
from sscard_desk.ui.widgets.state_mark import StateMark
from sscard_desk.ui.words import Words, say

FIRST: Final = 132  # px: mark and field
LAST: Final = {"zh_CN": 302, "en": 352}  # px: result or the two buttons with their keys; the values share the rest


class DifferenceRow(QWidget):
    """One field. `taken` and `kept` tell the user's decision; `current` rows carry F8 and Shift+F8.

    Focus stands on the row itself: F8 and Shift+F8 decide, and the two buttons are for the mouse and for Tab.
    """

    taken = Signal(str)
    kept = Signal(str)

    def __init__(self, field: str, *, take: Words = "", keep: Words = "") -> None:
        super().__init__()
        self.field = field
        self._state: DifferenceState | None = None
        self.setObjectName(f"difference_{field}")
        self.setProperty("ring", "around")
        self._mark = StateMark(Mark.OK, 16)
        self._name = Label("", ink="ink2", wrap=True)
        self._new, self._old = MarkedText(name=f"{field}_new"), MarkedText("ink2", name=f"{field}_old")
        self._new_note, self._old_note = (Label("", Role.NOTE, "ink2", wrap=True) for _ in range(2))
        self._result = Label("", ink="ink2", wrap=True)
        self._take = Button(take or say("shell.take_card"), name=f"take_{field}")
        self._keep = Button(keep or say("shell.keep_register"), name=f"keep_{field}")
        self._take.clicked.connect(lambda: self.taken.emit(self.field))
        self._keep.clicked.connect(lambda: self.kept.emit(self.field))
        self._lay_out()

    def show_state(self, state: DifferenceState, *, current: bool = False) -> None:
        """Show the row; the current one is the first that is open."""
        self._state = state
        open_ = not state.same and state.decision is Decision.OPEN
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if open_ else Qt.FocusPolicy.NoFocus)
        self._mark.set_mark(Mark.WARN if open_ else state.mark or (Mark.OK if state.old else Mark.TODO))
        self._name.set_words(state.label)
        self._name.set_ink("ink" if open_ else "ink2")
        self._name.set_type(Role.BODY, SEMIBOLD if open_ else None)
        card, register = text(state.new), text(state.old)
        new, old = differing(card, register) if open_ else (((card or "—", False),), ((register or "—", False),))
        self._new.show_spans(new)
        self._old.show_spans(old)
        self._strike(state)
        for note, words in ((self._new_note, state.new_note), (self._old_note, state.old_note)):
            note.set_words(words if open_ else "")
            note.setVisible(open_ and bool(words))
        self._result.set_words(state.decided_note or state.result)
        self._result.setVisible(not open_)
        self._buttons.setVisible(open_)
        self._take.set_kind(Kind.PRIMARY if current else Kind.SECONDARY)
        self._take.set_key("F8" if current else "")
        self._keep.set_key("Shift+F8" if current else "")
        self.setMinimumHeight(measure.DIFFERENCE_ROW + 8 if open_ else measure.TABLE_ROW)
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            set_columns(self._grid)
            if self._state is not None:
                self.show_state(self._state, current=self._take.kind is Kind.PRIMARY)
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, table = QPainter(self), tokens()
        if self._state is None or self._state.same or self._state.decision is not Decision.OPEN:
            rule(painter, 0, self.width(), self.height() - 1)
            return
        ground = self.ring_rect()
        box(painter, ground, fill=table.warn_t, border=table.warn if table.outlined else "", radius=measure.RADIUS)
        painter.setClipRect(QRectF(ground.left(), ground.top(), 4, ground.height()))
        box(painter, QRectF(ground.left(), ground.top(), 16, ground.height()), fill=table.warn, radius=measure.RADIUS)

    def ring_rect(self) -> QRectF:
        """Return the part of the row that the focus ring goes around."""
        return QRectF(self.rect()).adjusted(0, 4, 0, -4)

    def _strike(self, state: DifferenceState) -> None:
        lost = {Decision.TAKEN: self._old, Decision.KEPT: self._new}.get(state.decision)
        for value in (self._new, self._old):
            face = QFont(font(Role.BODY))
            face.setStrikeOut(value is lost and not state.same)
            value.setFont(face)

    def _lay_out(self) -> None:
        name = QHBoxLayout()
        name.setContentsMargins(16, 0, 0, 0)
        name.setSpacing(8)
        name.addWidget(self._mark)
        name.addWidget(self._name, 1)
        self._buttons = QWidget()
        buttons = QHBoxLayout(self._buttons)
        buttons.setContentsMargins(0, 0, 5, 0)
        buttons.setSpacing(measure.GRID)
        buttons.addWidget(self._take)
        buttons.addWidget(self._keep)
        buttons.addStretch(1)
        self._grid = grid = QGridLayout(self)
        grid.setContentsMargins(0, 4, 0, 4)
        grid.setHorizontalSpacing(0)
        grid.addLayout(name, 0, 0)
        for column, (value, note) in enumerate(((self._new, self._new_note), (self._old, self._old_note)), start=1):
            both = QVBoxLayout()
            both.setContentsMargins(0, 0, 8, 0)
            both.setSpacing(0)
            both.addStretch(1)
            both.addWidget(value)
            both.addWidget(note)
            both.addStretch(1)
            grid.addLayout(both, 0, column)
        grid.addWidget(self._result, 0, 3)
        grid.addWidget(self._buttons, 0, 3)
        set_columns(grid)


def set_columns(grid: QGridLayout) -> None:
    """Give a grid the columns of the identity table, so that header and rows share their edges."""
    grid.setColumnMinimumWidth(0, FIRST)
    grid.setColumnMinimumWidth(3, LAST[language()])
    for column, share in ((1, 268), (2, 256)):
        grid.setColumnStretch(column, share)


class DifferenceHeader(QWidget):
    """The header above the rows: field, id card, register, result."""

    def __init__(self, titles: tuple[Words, Words, Words, Words]) -> None:
        super().__init__()
        self.setFixedHeight(measure.TABLE_HEADER)
        self._labels = tuple(Label(title, Role.LABEL, "ink2") for title in titles)
        self._labels[0].setContentsMargins(40, 0, 0, 0)
        self._grid = grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(0)
        for column, label in enumerate(self._labels):
            label.setMinimumWidth(0)
            grid.addWidget(label, 0, column)
        set_columns(grid)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            set_columns(self._grid)
        super().changeEvent(event)

    def show_titles(self, titles: tuple[Words, Words, Words, Words]) -> None:
        """Say other titles, for example with the time of reading."""
        for label, title in zip(self._labels, titles, strict=True):
            label.set_words(title)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rule(painter, 0, self.width(), self.height() - 1, strong=True)
