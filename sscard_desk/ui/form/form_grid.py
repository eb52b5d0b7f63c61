"""The fields of the form as its definition lays them out: two columns, or one where the page is narrow."""

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
from sscard_desk.ui.words import Both, say

ONE_COLUMN_BELOW = 820
_TICK = "yes"


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
        self._grids: list[tuple[QGridLayout, SectionShape]] = []
        self._state = FormState()
        self._one = False
        self._made: dict[FieldShape, Field] = {}
        self._ahead: list[FieldShape] = []
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._make_next)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)

    @property
    def order(self) -> tuple[str, ...]:
        """The fields that can be typed in, in their order."""
        return tuple(each.id for section in self._shape for each in section.fields if not self._is_locked(each.id))

    def field(self, name: str) -> Field | None:
        """Return one field."""
        return self._fields.get(name)

    def prepare(self, shape: tuple[SectionShape, ...]) -> None:
        """Make the fields ahead, one with each turn of the event loop, so that the form opens without a halt."""
        self._ahead = [each for section in shape for each in section.fields if each not in self._made]
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
            field.show_state(own)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.show_state(self._state)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        one = self.width() < ONE_COLUMN_BELOW
        if one != self._one:
            self._one = one
            for grid, section in self._grids:
                self._place(grid, section)

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
            style_ahead(self._field_of(self._ahead.pop(0)))
        if not self._ahead:
            self._clock.stop()

    def _field_of(self, each: FieldShape) -> Field:
        """Return the field of a shape; made once and kept while other fields come and go."""
        if each not in self._made:
            field = self._made[each] = self._make(each)
            field.setParent(self)
            field.hide()
        return self._made[each]

    def _rebuild(self, shape: tuple[SectionShape, ...]) -> None:
        for field in self._fields.values():
            field.setParent(self)
            field.hide()
        while self._column.count():
            item = self._column.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._shape, self._grids = shape, []
        self._fields = {}
        for section in shape:
            self._column.addWidget(Section(section.title, section.note, name=f"section_{section.id}"))
            inner = QWidget()
            grid = QGridLayout(inner)
            grid.setContentsMargins(0, 0, 0, 2)
            grid.setHorizontalSpacing(measure.COLUMN_GAP)
            grid.setVerticalSpacing(6)
            grid.setColumnStretch(0, 1)
            grid.setColumnStretch(1, 1)
            for each in section.fields:
                self._fields[each.id] = self._field_of(each)
            self._grids.append((grid, section))
            self._column.addWidget(inner)  # before its fields: a widget that moves is styled anew with all its parts
            self._place(grid, section)
        self._column.addStretch(1)

    def _place(self, grid: QGridLayout, section: SectionShape) -> None:
        row, column = 0, 0
        for each in section.fields:
            grid.removeWidget(self._fields[each.id])
            wide = each.full or self._one
            if wide and column:
                row, column = row + 1, 0
            grid.addWidget(self._fields[each.id], row, column, 1, 2 if wide else 1, Qt.AlignmentFlag.AlignTop)
            self._fields[each.id].show()
            if wide or column:
                row, column = row + 1, 0
            else:
                column = 1
        grid.setColumnStretch(1, 0 if self._one else 1)
        grid.setHorizontalSpacing(0 if self._one else measure.COLUMN_GAP)

    def _make(self, each: FieldShape) -> Field:
        editor: ChoiceEdit | None = None
        if each.table or each.tick:
            options = options_of(each.table) if each.table else (_tick_option(),)
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
