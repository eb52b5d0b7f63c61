"""The fields of the form as its definition lays them out: two columns, or one where the page is narrow."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from sscard_desk.ui.form.shape import FieldShape, SectionShape, options_of
from sscard_desk.ui.form.state import FormState
from sscard_desk.ui.grouping import mobile_grouped
from sscard_desk.ui.language import text
from sscard_desk.ui.parts.ahead import style_ahead
from sscard_desk.ui.states import FieldState, Option
from sscard_desk.ui.theme import measure
from sscard_desk.ui.widgets.choice import ChoiceEdit
from sscard_desk.ui.widgets.field import Field
from sscard_desk.ui.widgets.section import Section
from sscard_desk.ui.words import Both, Words, say

ONE_COLUMN_BELOW = 820
_TICK = "yes"


@dataclass(eq=False)
class _Part:
    """One section on the page; kept while other fields come and go."""

    heading: Section
    inner: QWidget
    grid: QGridLayout
    fields: tuple[FieldShape, ...] = ()
    one: bool = False


class FormGrid(QWidget):
    """All sections.

    Signals:
        edited: field and its text, after each key.
        left: field and its text, when the focus goes away.
        entered: the field that Enter was pressed in.
        focused: the field that the focus came to.
        restore: the field whose old value is wanted back.
    """

    edited = Signal(str, str)
    left = Signal(str)
    entered = Signal(str)
    focused = Signal(str)
    restore = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("form_grid")
        self._shape: tuple[SectionShape, ...] = ()
        self._fields: dict[str, Field] = {}
        self._parts: dict[tuple[str, Words, Words], _Part] = {}
        self._told: dict[str, FieldState] = {}
        self._state = FormState()
        self._one = False
        self._made: dict[FieldShape, Field] = {}
        self._ahead: list[tuple[SectionShape, FieldShape | None]] = []
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._make_next)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._column.addStretch(1)

    @property
    def order(self) -> tuple[str, ...]:
        """The fields that can be typed in, in their order."""
        return tuple(each.id for section in self._shape for each in section.fields if not self._is_locked(each.id))

    def field(self, name: str) -> Field | None:
        """Return one field."""
        return self._fields.get(name)

    def prepare(self, shape: tuple[SectionShape, ...]) -> None:
        """Make the fields ahead, one with each turn of the event loop, so that the form opens without a halt."""
        self._ahead = [(section, each) for section in shape for each in (*section.fields, None)]
        self._clock.start(0)

    def show_state(self, state: FormState) -> None:
        """Show the form; the widgets are made anew only when other fields are asked."""
        self._state = state
        if state.shape != self._shape:
            self._rebuild(state.shape)
        for name, field in self._fields.items():
            own = state.fields.get(name, FieldState())
            if own.locked:
                own = FieldState(value=text(state.shown.get(name, own.value)), locked=True)
            if own == self._told.get(name):
                field.editor.set_value(own.value)  # what stands in it may be another since it was told
            else:
                self._told[name] = own
                field.show_state(own)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._told = {}
            self.show_state(self._state)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        one = self.width() < ONE_COLUMN_BELOW
        if one != self._one:
            self._one = one
            for section in self._shape:
                self._place(self._part_of(section), section)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, super().minimumSizeHint().height())

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QWidget):
            self.focused.emit(watched.objectName())
        return False

    def _is_locked(self, name: str) -> bool:
        return self._state.fields.get(name, FieldState()).locked

    def _make_next(self) -> None:
        if self._ahead:
            section, each = self._ahead.pop(0)
            part = self._part_of(section)
            if each is not None:
                style_ahead(self._field_of(each, part))
            elif section not in self._shape:
                self._place(part, section)
        if not self._ahead:
            self._clock.stop()

    def _field_of(self, each: FieldShape, part: _Part) -> Field:
        """Return the field of a shape; made once and kept while other fields come and go."""
        if each not in self._made:
            field = self._made[each] = self._make(each)
            field.setParent(part.inner)  # where it stays: a widget that moves is styled anew with all its parts
            field.hide()
        return self._made[each]

    def _part_of(self, section: SectionShape) -> _Part:
        """Return the place of a section; made once, hidden until it is asked for."""
        known = (section.id, section.title, section.note)
        if known not in self._parts:
            heading, inner = Section(section.title, section.note, name=f"section_{section.id}"), QWidget()
            for widget in (heading, inner):
                widget.setParent(self)
                widget.hide()
            style_ahead(heading)
            grid = QGridLayout(inner)
            grid.setContentsMargins(0, 0, 0, 2)
            grid.setHorizontalSpacing(measure.COLUMN_GAP)
            grid.setVerticalSpacing(6)
            grid.setColumnStretch(0, 1)
            grid.setColumnStretch(1, 1)
            self._parts[known] = _Part(heading, inner, grid)
        return self._parts[known]

    def _rebuild(self, shape: tuple[SectionShape, ...]) -> None:
        for gone in self._parts.values():  # taken out by Qt itself: an item that Python took keeps its old height alive
            self._column.removeWidget(gone.heading)
            self._column.removeWidget(gone.inner)
        self._shape, self._fields, self._told = shape, {}, {}
        parts = [self._part_of(section) for section in shape]
        for part in self._parts.values():
            part.heading.setVisible(part in parts)
            part.inner.setVisible(part in parts)
        for section, part in zip(shape, parts, strict=True):
            self._fields |= {each.id: self._field_of(each, part) for each in section.fields}
            if part.fields != section.fields or part.one is not self._one:
                self._place(part, section)
            for widget in (part.heading, part.inner):
                self._column.insertWidget(self._column.count() - 1, widget)

    def _place(self, part: _Part, section: SectionShape) -> None:
        row, column, grid = 0, 0, part.grid
        for before in part.fields:
            grid.removeWidget(self._made[before])
            if before not in section.fields:
                self._made[before].hide()
        for each in section.fields:
            wide = each.full or self._one
            if wide and column:
                row, column = row + 1, 0
            field = self._field_of(each, part)
            grid.addWidget(field, row, column, 1, 2 if wide else 1, Qt.AlignmentFlag.AlignTop)
            field.show()
            if wide or column:
                row, column = row + 1, 0
            else:
                column = 1
        grid.setColumnStretch(1, 0 if self._one else 1)
        grid.setHorizontalSpacing(0 if self._one else measure.COLUMN_GAP)
        part.fields, part.one = section.fields, self._one

    def _make(self, each: FieldShape) -> Field:
        editor: ChoiceEdit | None = None
        if each.codes.rows or each.tick:
            options = options_of(each.codes) if each.codes.rows else (_tick_option(),)
            editor = ChoiceEdit(options, name=each.id, placeholder=each.hint or say("shell.choose"))
            editor.chosen.connect(lambda code, name=each.id: self.edited.emit(name, code))
        field = Field(each.label, name=each.id, required=each.required, placeholder=each.hint, editor=editor)
        name = each.id
        if each.mobile:
            field.editor.show_grouped(mobile_grouped)
        if editor is None:
            field.edited.connect(lambda typed: self.edited.emit(name, typed))
        field.left.connect(lambda _text: self.left.emit(name))
        field.entered.connect(lambda: self.entered.emit(name))
        field.restore.connect(lambda: self.restore.emit(name))
        field.editor.installEventFilter(self)
        return field


def _tick_option() -> Option:
    return Option(_TICK, Both("是", "yes"), "s")
