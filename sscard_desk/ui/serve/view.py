"""The start page: what to do next, the id reader, and a field for numbers and names."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sscard_desk.ui.fonts import MEDIUM, Role
from sscard_desk.ui.keys import Act
from sscard_desk.ui.parts.step_page import StepPage, roomy
from sscard_desk.ui.serve.state import ServeState
from sscard_desk.ui.states import ChipState, FieldState, Hit, Mark
from sscard_desk.ui.theme import measure
from sscard_desk.ui.widgets.banner import Banner
from sscard_desk.ui.widgets.button import Button, Kind
from sscard_desk.ui.widgets.card import Card
from sscard_desk.ui.widgets.chip import Chip
from sscard_desk.ui.widgets.field import Field
from sscard_desk.ui.widgets.label import Label
from sscard_desk.ui.widgets.placeholder import Picture
from sscard_desk.ui.widgets.state_mark import StateMark
from sscard_desk.ui.widgets.table import Cell, Column, DataTable
from sscard_desk.ui.words import say


class ServeView(StepPage):
    """The start page.

    Signals:
        typed: the text after each key.
        entered: Enter in the field.
        chosen: the key of a hit.
        read: read the id card again.
        resume: go on with the work that was cut off.
        forget: the person who was being typed will not be served.
        scan_card: read the id card from its scan.
    """

    typed = Signal(str)
    entered = Signal()
    chosen = Signal(str)
    read = Signal()
    resume = Signal()
    forget = Signal()
    scan_card = Signal()

    def __init__(self) -> None:
        self._picture = Picture("id_reader", 48, "accent")
        super().__init__(say("serve.next_title"), name="serve_page")
        self._state = ServeState()
        self._resume = Banner(Mark.BUSY, "", name="resume")
        self._resume.pressed.connect(self.resume)
        self._resume.hide()
        self._forget = Button(say("serve.forget"), icon="trash", name="forget_typed")
        self._forget.clicked.connect(self.forget)
        self._forget.hide()
        self.foot.extra.addWidget(self._forget)
        self.field = Field(
            say("serve.field"), name="who", placeholder=say("serve.placeholder"), above=True, icon="search"
        )
        roomy(self.field)
        self.field.edited.connect(self.typed)
        self.field.entered.connect(self.entered)
        columns = QHBoxLayout()
        columns.setSpacing(measure.COLUMN_GAP)
        columns.addWidget(self._reader_card(), 2)
        columns.addWidget(self._search_card(), 3)
        self.body.addWidget(self._resume)
        self.body.addLayout(columns, 1)
        self.set_head(say("serve.next_title"), say("serve.hint"))  # last: what it shows or hides has its place by now
        self.want_focus(self.field.editor)

    def show_state(self, state: ServeState) -> None:
        """Show the page."""
        self._state = state
        self._resume.setVisible(bool(state.resume))
        self._resume.show_state(Mark.BUSY, state.resume, state.resume_note, say("serve.resume_act"))
        self._forget.setVisible(state.can_forget)
        self._mark.set_mark(state.reader_mark)
        self._reader.set_words(state.reader)
        self._reader_note.set_words(state.reader_note)
        self.field.show_state(FieldState(state.typed, error=state.error))
        self._warning.setVisible(bool(state.warning))
        self._warning.show_state(Mark.WARN, state.warning)
        rows = [[Cell(hit.title, hit.mark, strong=True), Cell(hit.note, quiet=True)] for hit in self._listed()]
        due = bool(state.due) and not state.hits and not state.typed
        self._due.setVisible(due)
        self._due_count.setVisible(due)
        self._due_count.show_state(ChipState(state.due_count, Mark.WARN, name="due_count"))
        self._hits.show_rows(rows)
        self._hits.setVisible(bool(rows))
        self._hits.setMaximumHeight(self._hits.fixed_height())
        self._none.setVisible(not rows or due)
        self.show_action(state.action)
        self.settle_focus()

    def on_key(self, act: Act) -> bool:
        if act is Act.AGAIN:
            self.read.emit()
            return True
        if act is Act.SHOOT:
            self.scan_card.emit()
            return True
        if act is Act.NEXT_HIT and self._listed():
            self._hits.setFocus(Qt.FocusReason.TabFocusReason)
            self._hits.choose((self._hits.currentIndex().row() + 1) % len(self._listed()))
            return True
        return super().on_key(act)

    def fit(self, *, compact: bool) -> None:
        super().fit(compact=compact)
        self._picture.setVisible(not compact)

    def _reader_card(self) -> QWidget:
        card = Card(ground="sunken", margin=24, name="reader_card")
        self._mark = StateMark(Mark.BUSY, 20)
        self._reader = Label("", weight=MEDIUM, wrap=True, name="reader_words")
        self._reader_note = Label("", Role.LABEL, "ink2", wrap=True, name="reader_note")
        state = QHBoxLayout()
        state.setSpacing(8)
        state.addWidget(self._mark, alignment=Qt.AlignmentFlag.AlignTop)
        lines = QVBoxLayout()
        lines.setSpacing(2)
        lines.addWidget(self._reader)
        lines.addWidget(self._reader_note)
        state.addLayout(lines, 1)
        again = Button(say("serve.read"), key="F5", icon="refresh", name="read")
        again.clicked.connect(self.read)
        card.column.addWidget(self._picture)
        card.column.addWidget(Label(say("serve.how_card"), Role.AREA))
        card.column.addWidget(Label(say("serve.how_card_note"), ink="ink2", wrap=True))
        card.column.addSpacing(16)
        card.column.addLayout(state)
        card.column.addStretch(1)
        scan = Button(say("serve.scan_card"), Kind.LINK, key="F7", name="scan_card")
        scan.clicked.connect(self.scan_card)
        card.column.addWidget(again)
        card.column.addWidget(scan)
        return card

    def _search_card(self) -> QWidget:
        place = QWidget()
        column = QVBoxLayout(place)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(measure.GRID)
        column.addWidget(Label(say("serve.how_type"), Role.TITLE))
        column.addSpacing(4)
        column.addWidget(self.field)
        self._warning = Banner(Mark.WARN, "", name="open_warning")
        self._hits = DataTable((Column("", 2), Column("", 5)), name="hits")
        self._hits.setAccessibleName("hits")
        self._hits.horizontalHeader().hide()
        self._hits.opened.connect(self._open_row)
        self._hits.clicked.connect(lambda index: self._open_row(index.row()))
        self._none = Label(say("serve.no_hits"), Role.LABEL, "ink3", wrap=True)
        column.addWidget(self._warning)
        column.addWidget(self._none)
        self._due = Label(say("due.title"), weight=MEDIUM, name="due_title")
        self._due_count = Chip(ChipState("", Mark.WARN, name="due_count"))
        due = QHBoxLayout()
        due.addWidget(self._due)
        due.addWidget(self._due_count)
        due.addStretch(1)
        column.addLayout(due)
        column.addWidget(self._hits)
        column.addStretch(1)
        return place

    def _open_row(self, row: int) -> None:
        listed = self._listed()
        if row < len(listed):
            self.chosen.emit(listed[row].key)

    def _listed(self) -> tuple[Hit, ...]:
        """What was searched, or what is due while nothing is typed."""
        return self._state.hits or (() if self._state.typed else self._state.due)
