"""The form page: what the definition asks, errors where they are, the draft's time, and the preview."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QScrollArea, QWidget

from sscard_desk.forms.load import load_form
from sscard_desk.ui.fonts import Role
from sscard_desk.ui.form.form_grid import FormGrid
from sscard_desk.ui.form.scan_card import Beside, ScanCard
from sscard_desk.ui.form.shape import shape_of
from sscard_desk.ui.form.state import FormState, Phase
from sscard_desk.ui.keys import Act
from sscard_desk.ui.parts.document_view import DocumentView
from sscard_desk.ui.parts.locked_bar import LockedBar
from sscard_desk.ui.parts.reprint_bar import ReprintBar
from sscard_desk.ui.parts.return_bar import ReturnBar
from sscard_desk.ui.parts.step_page import StepPage
from sscard_desk.ui.theme import measure
from sscard_desk.ui.widgets.banner import Banner
from sscard_desk.ui.widgets.button import Button
from sscard_desk.ui.widgets.label import Label
from sscard_desk.ui.widgets.placeholder import Picture
from sscard_desk.ui.words import say
from sscard_desk.usecases.form_of import REGISTRATION


class FormView(StepPage):
    """The form page.

    Signals:
        edited, left, focused, restore: from the fields.
        preview: look at the paper.
        preview_closed: back to the fields.
        print_again: print a further copy.
        next_missing: go to the next field that is missing or wrong.
        undo: take the last change back.
        change: open signed content again.
        scan: scan the form that came back.
        scan_from: path of a scanned file.
        take_tick: take what the boxes of the focused field propose.
        clear_scans: drop the scans.
        number_typed: the number of a form whose codes are torn.
    """

    edited = Signal(str, str)
    left = Signal(str)
    focused = Signal(str)
    restore = Signal(str)
    preview = Signal()
    preview_closed = Signal()
    print_again = Signal()
    next_missing = Signal()
    undo = Signal()
    change = Signal()
    scan = Signal()
    scan_from = Signal(str)
    take_tick = Signal()
    clear_scans = Signal()
    number_typed = Signal(str)

    def __init__(self) -> None:
        self._turn, self._state, self._kept = 0, FormState(), QWidget()
        super().__init__(say("form_page.title"), name="form_page")
        self._locked = LockedBar()
        self._locked.change.connect(self.change)
        self.grid = FormGrid()
        self.grid.edited.connect(self.edited)
        self.grid.left.connect(self.left)
        self.grid.focused.connect(self.focused)
        self.grid.restore.connect(self.restore)
        self.grid.entered.connect(self._move_on)
        kept = QHBoxLayout(self._kept)
        kept.setContentsMargins(0, 0, 8, 0)
        kept.setSpacing(6)
        self._kept_words = Label("", Role.LABEL, "ink2", name="draft_kept")
        kept.addWidget(Picture("check_circle", 16, "ok"))
        kept.addWidget(self._kept_words)
        self._preview = Button(say("form_page.preview"), key="Ctrl+P", icon="printer", name="preview")
        self._preview.clicked.connect(self.preview)
        self._again = Button(say("form_page.print_again"), icon="printer", name="print_again")
        self._again.clicked.connect(self.print_again)
        for widget in (self._kept, self._again, self._preview):
            self.head_right.addWidget(widget)
        self._trouble = Banner(FormState().trouble_mark, "", name="form_trouble")
        self._trouble.hide()
        self.reprint = ReprintBar()
        self.body.addWidget(self._locked)
        self.body.addWidget(self._trouble)
        self.body.addWidget(self.reprint)
        self._make_return()
        self.body.addStretch(1)
        QTimer.singleShot(0, self, self._prepare)
        self._document = DocumentView(self)
        self._document.closed.connect(self.preview_closed)

    def _make_return(self) -> None:
        """Make what is there for the paper that comes back: a bar above the fields, and the card beside them."""
        self._returning, self._card = ReturnBar(), ScanCard()
        self._returning.scan.connect(self.scan)
        self._returning.scan_from.connect(self.scan_from)
        self._card.take.connect(self.take_tick)
        self._card.clear.connect(self.clear_scans)
        self._card.number.connect(self.number_typed)
        self._beside = Beside(self._card, self, self._area)
        self._beside.hide()
        self._area.verticalScrollBar().rangeChanged.connect(self._keep_focus_in_view)
        row = QHBoxLayout()
        row.setSpacing(measure.COLUMN_GAP)
        row.addWidget(self.grid, 11)
        row.addWidget(self._beside, 9)
        self.body.addWidget(self._returning)
        self.body.addLayout(row)

    def show_state(self, state: FormState) -> None:
        """Show the page."""
        was_open = bool(self._state.pages)
        self._state = state
        edition = say("form_page.edition", edition=state.edition) if state.edition else ""
        self.set_head(say("form_page.title"), edition, state.chips)
        if state.kept_at is not None:
            self._kept_words.set_words(say("form_page.kept", time=f"{state.kept_at.astimezone():%H:%M:%S}"))
        self._preview.setEnabled(not state.busy)
        self._again.setVisible(state.reprint)
        self._again.setEnabled(not state.busy)
        locked = say("form_page.locked") if state.phase is Phase.LOCKED else ""
        self._locked.show_reason(say("printing.locked") if state.printing else locked, can_unlock=state.can_unlock)
        self._trouble.setVisible(bool(state.trouble))
        self._trouble.show_state(state.trouble_mark, state.trouble, state.trouble_note)
        asked = self.reprint.show_ask(state.ask)
        self._returning.show_state(offered=state.scan.offered, scanning=state.scan.busy, busy=state.busy)
        self.fit(compact=self._compact)
        self._beside.setVisible(state.scan.shown)
        self.grid.show_state(state)
        self._show_scan(state)
        self.show_action(state.action)
        self._document.show_pages(state.pages)
        if was_open and not state.pages:
            self._preview.setFocus(Qt.FocusReason.OtherFocusReason)
        if asked:
            self.want_focus(self.reprint.reason)
        if state.focus_turn != self._turn:
            self._turn = state.focus_turn
            self.go_to(state.focus)
        self.settle_focus()

    def fit(self, *, compact: bool) -> None:
        super().fit(compact=compact)
        self._kept.setVisible(not compact and self._state.kept_at is not None and self._state.phase is not Phase.LOCKED)
        self.head_right.invalidate()
        self._head.invalidate()
        for less in (self._note, self._kept):  # the edition stands on the paper too, and Ctrl+S says what is kept
            if self._head.sizeHint().width() > self.width() > 0:
                less.hide()
                self.head_right.invalidate()
                self._head.invalidate()

    def go_to(self, name: str) -> None:
        """Put the focus on a field and bring it into view."""
        field = self.grid.field(name)
        if field is None or field.editor.isHidden():
            self.want_focus(self.foot.primary if self.foot.primary.isEnabled() else None)
            return
        self.want_focus(field.editor)
        for area in self.findChildren(QScrollArea):
            inner = area.widget()
            if inner is not None and inner.isAncestorOf(field):
                area.ensureWidgetVisible(field, 0, 48)

    def on_key(self, act: Act) -> bool:
        if act is Act.SHOOT and self._returning.usable:
            self.scan.emit()
            return True
        if act is Act.TAKE:
            self.take_tick.emit()
            return True
        if act is Act.PREVIEW:
            self.preview.emit()
            return True
        if act is Act.NEXT_MISSING:
            self.next_missing.emit()
            return True
        if act is Act.UNDO:
            self.undo.emit()
            return True
        return super().on_key(act)

    def _keep_focus_in_view(self) -> None:
        """The fields stand in one column beside the paper: the one with the focus may have moved far down."""
        focus = QApplication.focusWidget()
        if self._beside.isVisible() and focus is not None and self.grid.isAncestorOf(focus):
            self._area.show_row(focus)
            self._beside.move_to(None)

    def _show_scan(self, state: FormState) -> None:
        self._card.setVisible(state.scan.shown)
        if state.scan.shown:
            asked = self._card.number_field.isVisibleTo(self._card)
            self._card.show_state(state.scan)
            if state.scan.asks_number and not asked:
                self.want_focus(self._card.number_field.editor)
            self._beside.move_to(self.grid.field(state.scan.field))

    def _prepare(self) -> None:
        self.grid.prepare(shape_of(load_form(REGISTRATION), {}))

    def _move_on(self, name: str) -> None:
        """Enter: the next field; from the last one the button of the path."""
        order = self.grid.order
        at = order.index(name) + 1 if name in order else 0
        if at < len(order):
            self.go_to(order[at])
        else:
            (self.foot.primary if self.foot.primary.isEnabled() else self._preview).setFocus(
                Qt.FocusReason.TabFocusReason
            )
