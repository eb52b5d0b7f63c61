"""The identity page: card and register side by side, each difference decided by one key."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout

from sscard_desk.ui.identity.entry_grid import EntryGrid
from sscard_desk.ui.identity.rows import GROUPS
from sscard_desk.ui.identity.state import IdentityState
from sscard_desk.ui.keys import Act
from sscard_desk.ui.parts.ahead import style_ahead
from sscard_desk.ui.parts.leave_form import LeaveForm
from sscard_desk.ui.parts.step_page import StepPage
from sscard_desk.ui.states import FieldState, Mark, Option
from sscard_desk.ui.theme import measure
from sscard_desk.ui.widgets.banner import Banner
from sscard_desk.ui.widgets.button import Button
from sscard_desk.ui.widgets.choice import ChoiceEdit
from sscard_desk.ui.widgets.difference import DifferenceHeader, DifferenceRow
from sscard_desk.ui.widgets.field import Field
from sscard_desk.ui.words import say


class IdentityView(StepPage):
    """The identity page.

    Signals:
        take: a row's field, or empty for the current one: the card's value is taken.
        keep: likewise: the register's value is kept.
        read: read the id card again.
        undo: open the row again that was decided last.
        open_other: open the application that this person has already.
        typed: a field that is typed from the document, and its text.
        left: such a field was left.
        next_missing: go to the next of them that is missing or wrong.
        source_chosen: what was shown, where no card was read.
    """

    take = Signal(str)
    keep = Signal(str)
    read = Signal()
    undo = Signal()
    open_other = Signal()
    source_chosen = Signal(str)
    typed = Signal(str, str)
    left = Signal(str)
    next_missing = Signal()

    def __init__(self) -> None:
        super().__init__(say("identity.title"), name="identity_page")
        self._rows: dict[str, DifferenceRow] = {}
        self._current = ""
        self._notice = Banner(Mark.WARN, "", name="identity_notice")
        self._notice.pressed.connect(self.open_other)
        self._notice.hide()
        self.leave = LeaveForm(name="second")
        self.leave.entered.connect(self.go_on)
        self.foot.extra.addWidget(self.leave.ask)
        self._source = ChoiceEdit(name="evidence_source")
        self._source.chosen.connect(self.source_chosen)
        self._shown = Field(say("identity.shown"), name="evidence_source", editor=self._source)
        self._sources: tuple[Option, ...] = ()
        self._entry, self._entry_turn = EntryGrid(), 0
        self._entry.edited.connect(self.typed)
        self._entry.left.connect(self.left)
        self._entry.finished.connect(self.foot.primary.setFocus)
        self._shown.entered.connect(self.focusNextChild)
        self._header = DifferenceHeader(("", "", "", ""))
        self._table = QVBoxLayout()
        self._table.setSpacing(0)
        self._read = Button(say("identity.read_again"), key="F5", icon="refresh", name="read_again")
        self._read.clicked.connect(self.read)
        self.head_right.addWidget(self._read)
        self.body.setSpacing(0)
        self.body.addWidget(self._notice)
        self.body.addWidget(self.leave)
        self.body.addWidget(self._shown)
        self._shown.hide()
        self.body.addWidget(self._entry)
        self.body.addSpacing(measure.GRID)
        self.body.addWidget(self._header)
        self.body.addLayout(self._table)
        self.body.addStretch(1)
        self._made: dict[str, DifferenceRow] = {}
        self._ahead = [name for name, _, _ in GROUPS]
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._make_next)
        self._clock.start(0)

    def show_state(self, state: IdentityState) -> None:
        """Show the page."""
        self.set_head(say("identity.title"), chips=state.chips)
        self._read.setVisible(state.reread)
        self._read.setEnabled(not state.busy)
        self._read.set_words(say("identity.reading") if state.busy else say("identity.read_again"))
        self._notice.setVisible(state.notice is not None)
        if state.notice is not None:
            key = "Enter" if state.notice.act else ""
            self._notice.show_state(state.notice.mark, state.notice.title, state.notice.note, state.notice.act, key)
        if state.sources != self._sources:
            self._sources = state.sources
            self._source.set_options(state.sources)
        self._shown.setVisible(bool(state.sources))
        self._shown.show_state(FieldState(state.source, enabled=not state.busy))
        self._header.show_titles(state.titles)
        self._header.setVisible(bool(state.rows))
        names = [row.field for row in state.rows]
        if names != list(self._rows):
            self._rebuild(names)
        for row in state.rows:
            self._rows[row.field].show_state(row, current=row.field == state.current)
        self._entry.show_fields(state.entry)
        wanted = self.leave.show_state(state.leave, busy=state.busy)
        self.show_action(state.action)
        if wanted is not None:
            self.want_focus(wanted)
        if state.leave.open:
            self.settle_focus()
        elif state.entry:
            self._focus_entry(state)
        else:
            self._move_focus(state)

    def on_key(self, act: Act) -> bool:
        match act:
            case Act.TAKE:
                self.take.emit("")
            case Act.KEEP:
                self.keep.emit("")
            case Act.AGAIN:
                self.read.emit()
            case Act.UNDO:
                self.undo.emit()
            case Act.NEXT_MISSING:
                self.next_missing.emit()
            case _:
                return super().on_key(act)
        return True

    def go_to(self, field: str) -> None:
        """Put the focus on a row that is open."""
        if field in self._rows:
            self._rows[field].setFocus(Qt.FocusReason.OtherFocusReason)

    def fit(self, *, compact: bool) -> None:
        super().fit(compact=compact)
        self._entry.fit(compact=compact)

    def _focus_entry(self, state: IdentityState) -> None:
        field = self._entry.field(state.entry_focus)
        if state.entry_turn != self._entry_turn:
            self._entry_turn = state.entry_turn
            self.want_focus(field.editor if field is not None else self.foot.primary)
        self.settle_focus()

    def _move_focus(self, state: IdentityState) -> None:
        if state.current != self._current:
            self._current = state.current
            self.want_focus(self._rows.get(state.current) or self.foot.primary)
        if not state.current and not state.action.enabled and state.reread:
            self.want_focus(self._read)
        elif not state.current:
            self._wanted = self.foot.primary
        self.settle_focus()

    def _rebuild(self, names: list[str]) -> None:
        for row in self._rows.values():
            row.hide()
        self._rows = {name: self._row(name) for name in names}
        for row in self._rows.values():
            row.show()

    def _make_next(self) -> None:
        """Make the rows ahead, one with each turn of the event loop, so that the page opens without a halt."""
        if self._ahead:
            style_ahead(self._row(self._ahead.pop(0)))
        if not self._ahead:
            self._clock.stop()

    def _row(self, name: str) -> DifferenceRow:
        """Return a row in its place; made once and kept while other rows come and go."""
        if name not in self._made:
            row = self._made[name] = DifferenceRow(name)
            row.hide()
            row.taken.connect(self.take)
            row.kept.connect(self.keep)
            order = [known for known, _, _ in GROUPS if known in self._made]
            self._table.insertWidget(order.index(name) if name in order else self._table.count(), row)
        return self._made[name]
