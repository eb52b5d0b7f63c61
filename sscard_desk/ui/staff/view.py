"""The staff page: the list of accounts above, what the person types below."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy

from sscard_desk.ui.fonts import SEMIBOLD, Role
from sscard_desk.ui.keys import Act
from sscard_desk.ui.parts.step_page import StepPage, roomy
from sscard_desk.ui.staff.state import AccountLine, StaffState
from sscard_desk.ui.states import FieldState, Mark
from sscard_desk.ui.theme import measure
from sscard_desk.ui.widgets.banner import Banner
from sscard_desk.ui.widgets.button import Button
from sscard_desk.ui.widgets.field import Field
from sscard_desk.ui.widgets.label import Label
from sscard_desk.ui.widgets.table import Cell, Column, DataTable
from sscard_desk.ui.words import say

_FIELDS = ("login", "old", "password", "again")
_LEAST = 136
"""Title and three accounts: on a small screen the fields stay in sight without scrolling."""


class StaffView(StepPage):
    """The staff page.

    Signals:
        chosen: another row of the list.
        typed: a field's name and its text.
        close_asked: close the way in of the chosen account.
        again: read the list again.
        keeping: the page of keeping and erasing.
    """

    chosen = Signal(int)
    typed = Signal(str, str)
    close_asked = Signal()
    again = Signal()
    keeping = Signal()

    def __init__(self) -> None:
        super().__init__(say("staff.title"), name="staff_page")
        self._cleared = -1
        self.table = DataTable(
            (
                Column(say("staff.column.name"), 3),
                Column(say("staff.column.login"), 2),
                Column(say("staff.column.role"), 2),
                Column(say("staff.column.state"), 4),
            ),
            name="staff_accounts",
        )
        self.table.setAccessibleName("staff accounts")
        self.table.setMinimumHeight(_LEAST)
        self.table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.table.chosen.connect(self.chosen)
        self._title_of = Label("", Role.AREA, weight=SEMIBOLD, name="staff_what")
        self._hint = Label(say("staff.hint"), Role.LABEL, "ink2", wrap=True, name="staff_hint")
        self._notice = Banner(Mark.WARN, "", name="staff_notice")
        self.fields = {name: self._field(name) for name in _FIELDS}
        row = QHBoxLayout()
        row.setSpacing(measure.GAP)
        for field in self.fields.values():
            row.addWidget(field, 1)
        self._close = Button(say("staff.close"), key="Shift+F8", name="close_way_in")
        self._close.clicked.connect(self.close_asked)
        self.foot.extra.addWidget(self._close)
        self._keeping = Button(say("keeping.open"), key="F7", name="open_keeping")
        self._keeping.clicked.connect(self.keeping)
        self.foot.extra.addWidget(self._keeping)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self._title_of)
        self.body.addWidget(self._hint)
        self.body.addWidget(self._notice)
        self.body.addLayout(row)

    def show_state(self, state: StaffState) -> None:
        """Show the page."""
        self.set_head(say("staff.title"), "", state.chips)
        self.table.show_rows([_cells(line) for line in state.lines])
        if state.chosen >= 0 and self.table.currentIndex().row() != state.chosen:
            self.table.choose(state.chosen)
        self._title_of.set_words(state.title)
        self._hint.setVisible(state.can_give)
        self._hint.set_words(say("staff.own_hint") if state.own else say("staff.hint"))
        self._notice.setVisible(bool(state.notice))
        self._notice.show_state(state.notice_mark, state.notice, state.notice_note)
        for name, field in self.fields.items():
            asked = {"login": state.asks_login, "old": state.own}.get(name, True)
            field.setVisible(state.can_give and asked)
            field.editor.setEnabled(not state.busy)
        self.fields["login"].show_state(FieldState(state.login, enabled=not state.busy))
        if state.clear != self._cleared:
            self._cleared = state.clear
            for name in _FIELDS[1:]:
                self.fields[name].show_state(FieldState(""))
        self._close.setVisible(state.can_close)
        self._close.setEnabled(not state.busy)
        self.show_action(state.action)
        self.settle_focus()

    def on_key(self, act: Act) -> bool:
        if act is Act.KEEP and self._close.isVisible() and self._close.isEnabled():
            self.close_asked.emit()
            return True
        if act is Act.SHOOT:
            self.keeping.emit()
            return True
        if act is Act.AGAIN:
            self.again.emit()
            return True
        return super().on_key(act)

    def focus_first(self) -> None:
        """The list has the focus: arrows walk it."""
        self.table.setFocus()

    def _field(self, name: str) -> Field:
        field = Field(say(f"staff.field.{name}"), name=f"staff_{name}", above=True, secret=name != "login")
        roomy(field)
        field.edited.connect(partial(self.typed.emit, name))
        field.entered.connect(partial(self._enter, name))
        return field

    def _enter(self, name: str) -> None:
        """Enter: the next field, from the last one the button."""
        at = _FIELDS.index(name) + 1
        shown = [self.fields[each].editor for each in _FIELDS[at:] if self.fields[each].isVisible()]
        following = shown[0] if shown else self.foot.primary
        if following.isEnabled():
            following.setFocus()


def _cells(line: AccountLine) -> tuple[Cell, ...]:
    return (
        Cell(line.name, strong=True),
        Cell(line.login, quiet=not line.login),
        Cell(line.role),
        Cell(line.word, line.mark),
    )
