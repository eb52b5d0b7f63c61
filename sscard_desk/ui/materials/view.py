"""The materials page: one row for each thing to bring, decided by 1, 2 or 3."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from sscard_desk.forms.materials import material
from sscard_desk.ui.fonts import Role
from sscard_desk.ui.keys import Act
from sscard_desk.ui.materials.row import MaterialRow
from sscard_desk.ui.materials.state import MaterialLine, MaterialsState
from sscard_desk.ui.parts.ahead import style_ahead
from sscard_desk.ui.parts.document_view import DocumentView
from sscard_desk.ui.parts.leave_form import LeaveForm
from sscard_desk.ui.parts.locked_bar import LockedBar
from sscard_desk.ui.parts.reprint_bar import ReprintBar
from sscard_desk.ui.parts.step_page import StepPage
from sscard_desk.ui.serving.material_words import both
from sscard_desk.ui.states import Mark
from sscard_desk.ui.theme import measure
from sscard_desk.ui.widgets.banner import Banner
from sscard_desk.ui.widgets.button import Button
from sscard_desk.ui.widgets.label import Label
from sscard_desk.ui.words import Words, say

_ASKED = ("id_card", "household_register", "guardian_id", "registration_form")  # by one case or another, in this order


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
