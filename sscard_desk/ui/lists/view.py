"""The page of lists: which list and which days above, what stands on it below."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from sscard_desk.ui.fonts import Role
from sscard_desk.ui.keys import Act
from sscard_desk.ui.lists.state import HANDOVER, KINDS, PRINTED, ListsState
from sscard_desk.ui.papers.state import PaperLine
from sscard_desk.ui.parts.document_view import DocumentView
from sscard_desk.ui.parts.reprint_bar import ReprintBar
from sscard_desk.ui.parts.return_bar import ReturnBar
from sscard_desk.ui.parts.step_page import StepPage, roomy
from sscard_desk.ui.states import FieldState, Mark, Option
from sscard_desk.ui.theme import measure
from sscard_desk.ui.widgets.banner import Banner
from sscard_desk.ui.widgets.button import Button
from sscard_desk.ui.widgets.choice import ChoiceEdit
from sscard_desk.ui.widgets.field import Field
from sscard_desk.ui.widgets.label import Label
from sscard_desk.ui.widgets.segments import Segments
from sscard_desk.ui.widgets.table import Cell, Column, DataTable
from sscard_desk.ui.words import say


class _Printed(DataTable):
    """Lists that were printed; Del marks one as spoiled."""

    spoiled = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.spoiled.emit()
            return
        super().keyPressEvent(event)


class ListsView(StepPage):
    """The page of lists.

    Signals:
        kind_chosen: which list.
        first_typed, last_typed: the days.
        bank_chosen: whose list.
        contents_typed: what is handed over.
        preview: look at the list as it will be printed, or as it was.
        printed_chosen: key of a printed list.
        spoil: the printed list in view is spoiled.
        stopped: Esc, and the button that closes the document.
    """

    kind_chosen = Signal(str)
    first_typed = Signal(str)
    last_typed = Signal(str)
    bank_chosen = Signal(str)
    contents_typed = Signal(str)
    preview = Signal()
    printed_chosen = Signal(str)
    spoil = Signal()
    stopped = Signal()

    def __init__(self) -> None:
        super().__init__(say("lists.title"), name="lists_page", scrolls=False)
        self._options: tuple[Option, ...] = ()
        self._asks = self._offers_return = False
        self._printed_lines: tuple[PaperLine, ...] = ()
        names = {kind: say(f"printing.form.{kind}") for kind in KINDS if kind != PRINTED} | {
            PRINTED: say("lists.printed")
        }
        self._kinds = Segments(tuple((kind, names[kind], "") for kind in KINDS), name="list_kinds")
        self._kinds.chosen.connect(self.kind_chosen)
        self._look = Button(say("form_page.preview"), key="Ctrl+P", icon="eye", name="look_list")
        self._look.clicked.connect(self.preview)
        self.head_right.addWidget(self._look)
        self._spoil = Button(say("printing.spoil"), key="Del", icon="trash", name="spoil_list")
        self._spoil.clicked.connect(self.spoil)
        self.foot.extra.addWidget(self._spoil)
        self.reprint = ReprintBar()
        self.spoiling = ReprintBar("spoil", say("printing.spoil_reason"), say("printing.spoil_stop"))
        self.first = Field(say("lists.first"), name="first_day", above=True, placeholder="2026-11-23")
        self.last = Field(say("lists.last"), name="last_day", above=True, placeholder="2026-11-23")
        self._bank = ChoiceEdit(name="list_bank")
        self._bank.chosen.connect(self.bank_chosen)
        self.bank = Field(say("lists.bank"), name="list_bank", above=True, editor=self._bank)
        self.contents = Field(
            say("lists.contents"), name="list_contents", above=True, placeholder=say("lists.contents_hint")
        )
        self._join_fields()
        self._trouble = Banner(Mark.WARN, "", name="list_trouble")
        self._trouble.hide()
        self._count = Label("", Role.LABEL, "ink2", name="list_count")
        self._rows = DataTable((Column("", 3), Column("", 3), Column("", 4)), name="list_rows", shows_choice=False)
        self._rows.horizontalHeader().hide()
        self._rows.setAccessibleName("rows")
        self._printed = self._printed_table()
        self._days, self._compact = QWidget(), False
        self.returning = ReturnBar(say("lists.how_returned"))
        days = QHBoxLayout(self._days)
        days.setContentsMargins(0, 0, 0, 0)
        days.setSpacing(measure.GAP)
        for field, share in ((self.first, 2), (self.last, 2), (self.bank, 3), (self.contents, 3)):
            roomy(field)
            days.addWidget(field, share, Qt.AlignmentFlag.AlignTop)
        self.body.addWidget(self._kinds)
        for bar in (self._trouble, self.reprint, self.spoiling):
            self.body.addWidget(bar)
        self.body.addWidget(self._days)
        self.body.addWidget(self.returning)
        self.body.addWidget(self._count)
        self.body.addWidget(self._rows, 1)
        self.body.addWidget(self._printed, 1)
        self._document = DocumentView(self)
        self._document.closed.connect(self.stopped)
        self.back.connect(self.stopped)
        self.set_head(say("lists.title"), say("lists.head"))
        self.want_focus(self.first.editor)

    def show_state(self, state: ListsState) -> None:
        """Show the page."""
        self._kinds.set_chosen(state.kind)
        self.first.show_state(state.first)
        self.last.show_state(state.last)
        if state.banks != self._options:
            self._options = state.banks
            self._bank.set_options(state.banks)
        handover = state.kind == HANDOVER
        self.bank.setVisible(handover)
        self.contents.setVisible(handover)
        self.bank.show_state(FieldState(state.bank))
        self.contents.show_state(FieldState(state.contents))
        self._trouble.setVisible(bool(state.trouble))
        self._trouble.show_state(state.trouble_mark, state.trouble, state.trouble_note)
        self._count.set_words(state.counted)
        self._rows.show_rows(
            [(Cell(row.first, strong=True), Cell(row.second), Cell(row.third, quiet=True)) for row in state.rows]
        )
        printed = state.kind == PRINTED
        self._offers_return = printed
        self.returning.show_state(offered=printed, scanning=state.scanning)
        self._rows.setVisible(not printed)
        self._printed.setVisible(printed)
        self._printed_lines = state.printed
        self._printed.show_rows([_line(line, here=line.key == state.chosen) for line in state.printed])
        row = next((at for at, line in enumerate(state.printed) if line.key == state.chosen), -1)
        if row != self._printed.currentIndex().row():
            self._printed.choose(row)
        self._look.setEnabled(state.can_look)
        self._spoil.setVisible(printed and state.can_spoil and state.spoiling is None)
        asked = self.reprint.show_ask(state.ask)
        spoiling = self.spoiling.show_ask(state.spoiling)
        self._asks = bool(state.ask or state.spoiling)
        self._make_room()
        self.show_action(state.action)
        self._document.show_pages(state.pages)
        if asked or spoiling:
            self.want_focus(self.reprint.reason if asked else self.spoiling.reason)
        self.settle_focus()

    def on_key(self, act: Act) -> bool:
        if act is Act.PREVIEW:
            self.preview.emit()
            return True
        if act is Act.SHOOT and self.returning.usable:
            self.returning.scan.emit()
            return True
        return super().on_key(act)

    def fit(self, *, compact: bool) -> None:
        super().fit(compact=compact)
        self._compact = compact
        self._make_room()

    def _make_room(self) -> None:
        """In a small window days and scanner make room for a question."""
        room = not (self._compact and self._asks)
        self._days.setVisible(room)
        self.returning.setVisible(room and self._offers_return)

    def _join_fields(self) -> None:
        """What is typed is told, and Enter goes from each field to the next one."""
        self.first.edited.connect(self.first_typed)
        self.last.edited.connect(self.last_typed)
        self.contents.edited.connect(self.contents_typed)
        for one, following in ((self.first, self.last), (self.last, self.bank), (self.bank, self.contents)):
            one.entered.connect(lambda following=following: self._enter(following))

    def _printed_table(self) -> _Printed:
        table = _Printed((Column("", 3), Column("", 4), Column("", 5)), name="printed_lists")
        table.horizontalHeader().hide()
        table.setAccessibleName("printed")
        table.chosen.connect(self._reached)
        table.clicked.connect(lambda index: self._reached(index.row()))
        table.opened.connect(lambda _row: self.preview.emit())
        table.spoiled.connect(self.spoil)
        return table

    def _reached(self, row: int) -> None:
        if row < len(self._printed_lines):
            self.printed_chosen.emit(self._printed_lines[row].key)

    def _enter(self, following: Field) -> None:
        """Enter: the next field that is asked, from the last one the button."""
        if following.isVisible():
            following.editor.setFocus()
        elif self._printed.isVisible() and self._printed_lines:
            self._printed.setFocus()
        elif self.foot.primary.isEnabled():
            self.foot.primary.setFocus()


def _line(line: PaperLine, *, here: bool) -> tuple[Cell, ...]:
    return Cell(line.words, strong=here), Cell(line.serial, quiet=True), Cell(line.note, line.mark, quiet=True)
