"""The page of lists: which list and which days above, what stands on it below."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from sscard_desk.ui.fonts import Role
from sscard_desk.ui.keys import Act
from sscard_desk.ui.lists.state import HANDOVER, KINDS, ListsState
from sscard_desk.ui.parts.document_view import DocumentView
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


class ListsView(StepPage):
    """The page of lists.

    Signals:
        kind_chosen: which list.
        first_typed, last_typed: the days.
        bank_chosen: whose list.
        contents_typed: what is handed over.
        preview: look at the list as it will be printed.
        stopped: Esc, and the button that closes the document.
    """

    kind_chosen = Signal(str)
    first_typed = Signal(str)
    last_typed = Signal(str)
    bank_chosen = Signal(str)
    contents_typed = Signal(str)
    preview = Signal()
    stopped = Signal()

    def __init__(self) -> None:
        super().__init__(say("lists.title"), name="lists_page", scrolls=False)
        self._options: tuple[Option, ...] = ()
        self._kinds = Segments(tuple((kind, say(f"printing.form.{kind}"), "") for kind in KINDS), name="list_kinds")
        self._kinds.chosen.connect(self.kind_chosen)
        self._look = Button(say("form_page.preview"), key="Ctrl+P", icon="eye", name="look_list")
        self._look.clicked.connect(self.preview)
        self.head_right.addWidget(self._look)
        self.first = Field(say("lists.first"), name="first_day", above=True, placeholder="2026-11-23")
        self.last = Field(say("lists.last"), name="last_day", above=True, placeholder="2026-11-23")
        self._bank = ChoiceEdit(name="list_bank")
        self._bank.chosen.connect(self.bank_chosen)
        self.bank = Field(say("lists.bank"), name="list_bank", above=True, editor=self._bank)
        self.contents = Field(
            say("lists.contents"), name="list_contents", above=True, placeholder=say("lists.contents_hint")
        )
        self.first.edited.connect(self.first_typed)
        self.last.edited.connect(self.last_typed)
        self.contents.edited.connect(self.contents_typed)
        for one, following in ((self.first, self.last), (self.last, self.bank), (self.bank, self.contents)):
            one.entered.connect(lambda following=following: self._enter(following))
        self._trouble = Banner(Mark.WARN, "", name="list_trouble")
        self._trouble.hide()
        self._count = Label("", Role.LABEL, "ink2", name="list_count")
        self._rows = DataTable((Column("", 3), Column("", 3), Column("", 4)), name="list_rows", shows_choice=False)
        self._rows.horizontalHeader().hide()
        self._rows.setAccessibleName("rows")
        days = QHBoxLayout()
        days.setSpacing(measure.GAP)
        for field, share in ((self.first, 2), (self.last, 2), (self.bank, 3), (self.contents, 3)):
            roomy(field)
            days.addWidget(field, share, Qt.AlignmentFlag.AlignTop)
        self.body.addWidget(self._kinds)
        self.body.addWidget(self._trouble)
        self.body.addLayout(days)
        self.body.addWidget(self._count)
        self.body.addWidget(self._rows, 1)
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
        self._look.setEnabled(state.action.enabled)
        self.show_action(state.action)
        self._document.show_pages(state.pages)
        self.settle_focus()

    def on_key(self, act: Act) -> bool:
        if act is Act.PREVIEW:
            self.preview.emit()
            return True
        return super().on_key(act)

    def _enter(self, following: Field) -> None:
        """Enter: the next field that is asked, from the last one the button."""
        if following.isVisible():
            following.editor.setFocus()
        elif self.foot.primary.isEnabled():
            self.foot.primary.setFocus()
