"""The fields that are typed from a document that no reader read: two beside each other, one where it is narrow."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from sscard_desk.ui.form.shape import options_of
from sscard_desk.ui.identity.entry import EntryField
from sscard_desk.ui.theme import measure
from sscard_desk.ui.widgets.choice import ChoiceEdit
from sscard_desk.ui.widgets.field import Field


class EntryGrid(QWidget):
    """Shown only where somebody has to be typed.

    Signals:
        edited: a field and its text, each key.
        left: a field that was left.
        finished: Enter in the last field.
    """

    edited = Signal(str, str)
    left = Signal(str)
    finished = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("identity_entry")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, measure.GRID, 0, 0)
        self._grid.setHorizontalSpacing(measure.COLUMN_GAP)
        self._grid.setVerticalSpacing(measure.GRID)
        self._made: dict[str, Field] = {}
        self._order: tuple[str, ...] = ()
        self._compact = False
        self.hide()

    def show_fields(self, fields: tuple[EntryField, ...]) -> bool:
        """Show the fields, or nothing; return whether other fields have just come."""
        order = tuple(each.id for each in fields)
        came = order != self._order
        if came:
            self._order = order
            for each in fields:
                if each.id not in self._made:
                    self._made[each.id] = self._make(each)
            for name, field in self._made.items():
                field.setVisible(name in order)
            self._lay_out()
        self.setVisible(bool(fields))
        for each in fields:
            self._made[each.id].show_state(each.state)
        return came and bool(fields)

    def field(self, name: str) -> Field | None:
        """Return a field that is shown."""
        return self._made.get(name) if name in self._order else None

    def fit(self, *, compact: bool) -> None:
        """Put the fields under each other where the window is narrow."""
        if compact is not self._compact:
            self._compact = compact
            self._lay_out()

    def _make(self, each: EntryField) -> Field:
        name = f"typed_{each.id}"
        if each.codes is not None:
            choice = ChoiceEdit(options_of(each.codes), name=name)
            field = Field(each.label, name=name, required=each.required, editor=choice)
            choice.chosen.connect(lambda code: self.edited.emit(each.id, code))
        else:
            field = Field(each.label, name=name, required=each.required)
            field.edited.connect(lambda text: self.edited.emit(each.id, text))
        field.left.connect(lambda _text: self.left.emit(each.id))
        field.entered.connect(self._after(each.id))
        return field

    def _after(self, name: str) -> Callable[[], None]:
        def go() -> None:
            at = self._order.index(name) + 1 if name in self._order else len(self._order)
            if at < len(self._order):
                self._made[self._order[at]].editor.setFocus()
            else:
                self.finished.emit()

        return go

    def _lay_out(self) -> None:
        columns = 1 if self._compact else 2
        for at, name in enumerate(self._order):
            self._grid.addWidget(self._made[name], at // columns, at % columns)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 0 if self._compact else 1)
