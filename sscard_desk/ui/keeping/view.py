"""The page of keeping and erasing: the rule, what waits for what, and a person's request below."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from sscard_desk.ui.fonts import SEMIBOLD, Role
from sscard_desk.ui.keeping.state import BY, KeepingState
from sscard_desk.ui.keys import Act
from sscard_desk.ui.parts.step_page import StepPage, roomy
from sscard_desk.ui.states import FieldState, Mark
from sscard_desk.ui.theme import measure
from sscard_desk.ui.widgets.banner import Banner
from sscard_desk.ui.widgets.field import Field
from sscard_desk.ui.widgets.label import Label
from sscard_desk.ui.widgets.placeholder import Empty
from sscard_desk.ui.widgets.segments import Segments
from sscard_desk.ui.widgets.table import Cell, Column, DataTable
from sscard_desk.ui.words import say

_FIELDS = ("number", "reason")
_LEAST = 160


class KeepingView(StepPage):
    """The page.

    Signals:
        typed: a field's name and its text.
        by_chosen: who asks.
        again: read anew.
    """

    typed = Signal(str, str)
    by_chosen = Signal(str)
    again = Signal()

    def __init__(self) -> None:
        super().__init__(say("keeping.title"), name="keeping_page")
        self._rule = Label("", Role.BODY, wrap=True, name="keeping_rule")
        self._empty = Empty("trash", say("keeping.none"), say("keeping.none_hint"), name="keeping_none")
        self.table = DataTable(
            (
                Column(say("keeping.column.what"), 3),
                Column(say("keeping.column.why"), 2),
                Column(say("keeping.column.when"), 2),
                Column(say("keeping.column.state"), 5),
            ),
            name="keeping_lines",
        )
        self.table.setAccessibleName("erasures")
        self.table.setMinimumHeight(_LEAST)
        self._form = Label(say("keeping.form"), Role.AREA, weight=SEMIBOLD, name="keeping_form")
        self._notice = Banner(Mark.OK, "", name="keeping_notice")
        self.fields = {name: self._field(name) for name in _FIELDS}
        self.by = Segments(tuple((by, say(f"keeping.by.{by}"), "") for by in BY), name="keeping_by")
        self.by.chosen.connect(self.by_chosen)
        row = QHBoxLayout()
        row.setSpacing(measure.GAP)
        row.addWidget(self.fields["number"], 1)
        row.addWidget(self.fields["reason"], 2)
        self.body.addWidget(self._rule)
        self.body.addWidget(self._empty)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self._form)
        self.body.addWidget(self._notice)
        self.body.addWidget(self.by)
        self.body.addLayout(row)

    def show_state(self, state: KeepingState) -> None:
        """Show the page."""
        self._rule.set_words(state.rule)
        self._empty.setVisible(not state.lines)
        self.table.setVisible(bool(state.lines))
        self.table.show_rows(
            [
                (Cell(line.what, strong=True), Cell(line.why), Cell(line.when, quiet=True), Cell(line.word, line.mark))
                for line in state.lines
            ]
        )
        self._notice.setVisible(bool(state.notice))
        self._notice.show_state(state.mark, state.notice, state.note)
        self.by.set_chosen(state.by)
        for widget in (self._form, self.by, *self.fields.values()):
            widget.setVisible(state.may_ask)
        for name, value in (("number", state.number), ("reason", state.reason)):
            self.fields[name].show_state(FieldState(value, enabled=not state.busy))
        self.show_action(state.action)
        self.settle_focus()

    def on_key(self, act: Act) -> bool:
        """F5 reads anew."""
        if act is Act.AGAIN:
            self.again.emit()
            return True
        return super().on_key(act)

    def focus_first(self) -> None:
        """The first empty field; the list where nothing may be asked."""
        empty = next((one for one in self.fields.values() if not one.isHidden() and not one.value()), None)
        rest = self.foot.back_button if self.table.isHidden() else self.table
        (empty.editor if empty else rest).setFocus()

    def _field(self, name: str) -> Field:
        field = Field(
            say(f"keeping.field.{name}"), name=f"keeping_{name}", above=True, placeholder=say(f"keeping.hint.{name}")
        )
        roomy(field)
        field.edited.connect(partial(self.typed.emit, name))
        field.entered.connect(partial(self._enter, name))
        return field

    def _enter(self, name: str) -> None:
        """Enter: the next field, from the last one the button."""
        following = self.fields["reason"].editor if name == "number" else self.foot.primary
        if following.isEnabled():
            following.setFocus()
