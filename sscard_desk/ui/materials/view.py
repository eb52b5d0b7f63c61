"""The materials page: one row for each thing to bring, decided by 1, 2 or 3."""

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sscard_desk.forms.materials import material
from sscard_desk.ui.fonts import MEDIUM, Role
from sscard_desk.ui.keys import Act
from sscard_desk.ui.language import text
from sscard_desk.ui.materials.state import MaterialLine, MaterialsState
from sscard_desk.ui.parts.ahead import style_ahead
from sscard_desk.ui.parts.document_view import DocumentView
from sscard_desk.ui.parts.leave_form import LeaveForm
from sscard_desk.ui.parts.locked_bar import LockedBar
from sscard_desk.ui.parts.reprint_bar import ReprintBar
from sscard_desk.ui.parts.step_page import StepPage
from sscard_desk.ui.serving.material_words import both
from sscard_desk.ui.states import Mark
from sscard_desk.ui.theme import measure, tokens
from sscard_desk.ui.widgets.banner import Banner
from sscard_desk.ui.widgets.button import Button
from sscard_desk.ui.widgets.label import Label
from sscard_desk.ui.widgets.line_edit import LineEdit
from sscard_desk.ui.widgets.paint import box, rule
from sscard_desk.ui.widgets.segments import Segments
from sscard_desk.ui.widgets.state_mark import StateMark
from sscard_desk.ui.words import Words, say

_KEYS = ("original_seen", "copy_kept", "missing", "promised")
_MARKS = {"": Mark.TODO, "original_seen": Mark.OK, "copy_kept": Mark.OK, "missing": Mark.ERR, "promised": Mark.WARN}
_ROW = 68
_DAY = 120
_ASKED = ("id_card", "household_register", "guardian_id", "registration_form")  # by one case or another, in this order


class MaterialRow(QWidget):
    """One thing to bring. The row has the focus; 1, 2 and 3 answer, the segments are for the mouse.

    Signals:
        marked: name and state.
        reached: the focus came here.
        moved: up or down.
        promised: name and day, as typed.
    """

    marked = Signal(str, str)
    reached = Signal(str)
    moved = Signal(int)
    promised = Signal(str, str)

    def __init__(self, line: MaterialLine) -> None:
        super().__init__()
        self.name = line.name
        self._current = False
        self.setObjectName(f"material_{line.name}")
        self.setAccessibleName(text(line.words))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ring", "inside")
        self.setMinimumHeight(_ROW)
        self._mark = StateMark(Mark.TODO, 20)
        self._words = Label(line.words, weight=MEDIUM)
        self._scanned = Label("", Role.LABEL, "accent", name=f"scanned_{line.name}")
        self._scanned.hide()
        self._segments = Segments(
            tuple((key, say(f"materials.state.{key}"), "") for key in _KEYS), name=f"state_{line.name}"
        )
        self._segments.chosen.connect(lambda key: self.marked.emit(self.name, key))
        self._day = LineEdit(name=f"promised_{line.name}", placeholder="2026-12-07")
        self._day.setAccessibleName(text(say("materials.promised_by")))
        self._day.setFixedWidth(_DAY)
        self._day.edited.connect(lambda day: self.promised.emit(self.name, day))
        self._day.hide()
        lines = QVBoxLayout()
        lines.setSpacing(2)
        lines.addStretch(1)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._words)
        head.addWidget(self._scanned)
        head.addStretch(1)
        lines.addLayout(head)
        lines.addWidget(Label(line.hint, Role.LABEL, "ink2", wrap=True))
        lines.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 12, 6)
        row.setSpacing(12)
        row.addWidget(self._mark)
        row.addLayout(lines, 1)
        row.addWidget(self._day)
        row.addWidget(self._segments)

    def show_line(self, line: MaterialLine, *, current: bool, enabled: bool) -> None:
        """Show how it was shown."""
        self._current = current
        self._scanned.setVisible(line.scanned > 0)
        self._scanned.set_words(say("materials.scanned", pages=line.scanned))
        self._mark.set_mark(_MARKS.get(line.state, Mark.TODO))
        if line.state in _KEYS:
            self._segments.set_chosen(line.state)
        else:
            self._segments.clear_chosen()
        self._segments.setEnabled(enabled or line.later)
        for key in _KEYS:
            brought = enabled or key in {"original_seen", "copy_kept"}
            self._segments.set_available(key, available=key in line.states and brought)
        self._day.setVisible(line.state == "promised")
        self._day.set_value(line.promised)
        self._day.setEnabled(enabled)
        said = text(say(f"materials.state.{line.state}")) if line.state else ""
        self.setAccessibleName(f"{text(line.words)} {said}".strip())
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.reached.emit(self.name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, plain = event.key(), not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and Qt.Key.Key_1 <= key <= Qt.Key.Key_4:
            self.marked.emit(self.name, _KEYS[key - Qt.Key.Key_1])
        elif key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.moved.emit(-1 if key == Qt.Key.Key_Up else 1)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self.moved.emit(1)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, table = QPainter(self), tokens()
        if self._current:
            edge = table.accent if table.outlined else ""
            box(painter, QRectF(self.rect()), fill=table.accent_tint, border=edge)
        rule(painter, 0, self.width(), self.height() - 1)


class MaterialsView(StepPage):
    """The materials page.

    Signals:
        marked: name and state of a material.
        reached: the row that the focus came to.
        all_seen: every original was seen.
        change: open signed content again.
        promised: name and day of a promise.
        notice, receipt: print the notice of what is missing, or the receipt.
        preview: look at the paper that would be printed.
        preview_closed: back to the list.
        scan: scan the material that the focus is on.
    """

    marked = Signal(str, str)
    reached = Signal(str)
    scan = Signal()
    all_seen = Signal()
    change = Signal()
    promised = Signal(str, str)
    notice = Signal()
    receipt = Signal()
    preview = Signal()
    preview_closed = Signal()

    def __init__(self) -> None:
        super().__init__(say("materials.title"), name="materials_page")
        self._rows: list[MaterialRow] = []
        self._made: dict[tuple[str, Words, Words], MaterialRow] = {}
        known = (each for name in _ASKED if (each := material(name)))
        self._ahead = [MaterialLine(each.id, both(each.words), both(each.hint)) for each in known]
        self._current = ""
        self._all = Button(say("materials.all_seen"), icon="check", name="all_seen")
        self._all.clicked.connect(self.all_seen)
        self._notice = Button("", icon="printer", name="print_notice")
        self._notice.clicked.connect(self.notice)
        self._receipt = Button("", icon="receipt", name="print_receipt")
        self._receipt.clicked.connect(self.receipt)
        self._scan = Button(say("materials.scan"), key="F7", icon="scanner", name="scan_material")
        self._scan.clicked.connect(self.scan)
        for button in (self._receipt, self._notice, self._all):
            self.head_right.addWidget(button)
        self._trouble = Banner(Mark.WARN, "", name="paper_trouble")
        self._trouble.hide()
        self.reprint = ReprintBar()
        self._locked = LockedBar()
        self._locked.change.connect(self.change)
        self._back = Banner(Mark.WARN, "", name="sent_back")
        self._back.hide()
        self._exception = Banner(Mark.WARN, "", name="exception")
        self._exception.hide()
        self.leave = LeaveForm()
        self.leave.entered.connect(self.go_on)
        self.foot.extra.addWidget(self.leave.ask)
        self._asked = False
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self._how = Label(say("materials.keys"), Role.LABEL, "ink2", name="materials_keys")
        self.body.addWidget(self._trouble)
        self.body.addWidget(self.reprint)
        self.body.addWidget(self._locked)
        self.body.addWidget(self._back)
        self.body.addWidget(self._exception)
        self.body.addWidget(self.leave)
        self.body.addLayout(self._list)
        self.body.addSpacing(measure.GRID)
        below = QHBoxLayout()
        below.addWidget(self._how)
        below.addStretch(1)
        below.addWidget(self._scan)
        self.body.addLayout(below)
        self.body.addStretch(1)
        self._document = DocumentView(self)
        self._document.closed.connect(self.preview_closed)
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._make_next)
        self._clock.start(0)

    def show_state(self, state: MaterialsState) -> None:
        """Show the page."""
        self.set_head(say("materials.title"), say("materials.head"), state.chips)
        enabled = not state.locked and not state.busy
        if [row.name for row in self._rows] != [line.name for line in state.lines]:
            self._rebuild(state)
        for row, line in zip(self._rows, state.lines, strict=True):
            row.show_line(line, current=line.name == state.current and enabled, enabled=enabled)
        self._all.setEnabled(enabled and any(not line.state for line in state.lines))
        self._scan.setEnabled(state.can_scan and bool(state.current))
        self._how.setVisible(enabled)
        self._locked.show_reason(state.locked, can_unlock=state.can_unlock)
        self._back.setVisible(bool(state.sent_back))
        self._back.show_state(Mark.WARN, say("materials.sent_back", reason=state.sent_back))
        self._exception.setVisible(bool(state.exception))
        self._exception.show_state(Mark.WARN, say("materials.exception", reason=state.exception))
        for button, words in ((self._notice, state.notice), (self._receipt, state.receipt)):
            button.setVisible(bool(words))
            button.set_words(words)
        self._trouble.setVisible(bool(state.trouble))
        self._trouble.show_state(state.trouble_mark, state.trouble, state.trouble_note)
        asked = self.reprint.show_ask(state.ask)
        self._document.show_pages(state.pages)
        wanted = self.leave.show_state(state.leave, busy=state.busy)
        if asked:
            wanted = self.reprint.reason
        self.show_action(state.action)
        if self._asked and not state.leave.open:
            wanted = self.foot.primary
        self._asked = state.leave.open
        if wanted is not None:
            self.want_focus(wanted)
        if state.current != self._current:
            self._current = state.current
            self.want_focus(next((row for row in self._rows if row.name == state.current), None))
        self.settle_focus()

    def on_key(self, act: Act) -> bool:
        if act is Act.PREVIEW:
            self.preview.emit()
            return True
        if act is Act.SHOOT and self._scan.isEnabled():
            self.scan.emit()
            return True
        return super().on_key(act)

    def _rebuild(self, state: MaterialsState) -> None:
        for row in self._rows:
            row.hide()
        self._rows, self._current = [self._row(line) for line in state.lines], ""
        for row in self._rows:
            self._list.removeWidget(row)
            self._list.addWidget(row)
            row.show()

    def _make_next(self) -> None:
        """Make the rows ahead, one with each turn of the event loop, so that the page opens without a halt."""
        if self._ahead:
            style_ahead(self._row(self._ahead.pop(0)))
        if not self._ahead:
            self._clock.stop()

    def _row(self, line: MaterialLine) -> MaterialRow:
        """Return the row of a line; made once and kept while other rows come and go."""
        known = (line.name, line.words, line.hint)
        if known not in self._made:
            row = self._made[known] = MaterialRow(line)
            row.hide()
            row.marked.connect(self.marked)
            row.reached.connect(self.reached)
            row.moved.connect(self._move)
            row.promised.connect(self.promised)
            self._list.addWidget(row)
        return self._made[known]

    def _move(self, by: int) -> None:
        at = next((at for at, row in enumerate(self._rows) if row.hasFocus()), 0)
        if 0 <= at + by < len(self._rows):
            self._rows[at + by].setFocus(Qt.FocusReason.TabFocusReason)
        elif by > 0 and self.foot.primary.isEnabled():
            self.foot.primary.setFocus(Qt.FocusReason.TabFocusReason)
