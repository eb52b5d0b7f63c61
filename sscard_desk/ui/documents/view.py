"""The page for scanning a material: sides as small pictures in a row, everything by keys."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QWidget

from sscard_desk.ui.documents.page_card import HIGH, LOW, PageCard
from sscard_desk.ui.documents.state import DocumentsState
from sscard_desk.ui.fonts import MEDIUM, Role
from sscard_desk.ui.keys import Act
from sscard_desk.ui.parts.document_view import DocumentView
from sscard_desk.ui.parts.step_page import StepPage
from sscard_desk.ui.states import Mark
from sscard_desk.ui.theme import measure
from sscard_desk.ui.widgets.banner import Banner
from sscard_desk.ui.widgets.button import Button, Kind
from sscard_desk.ui.widgets.label import Label
from sscard_desk.ui.widgets.placeholder import Empty
from sscard_desk.ui.widgets.progress import ProgressBar
from sscard_desk.ui.widgets.segments import Segments
from sscard_desk.ui.widgets.state_mark import StateMark
from sscard_desk.ui.words import say

_SOURCES = ("glass", "feeder", "both_sides")
_AROUND = 10  # px around the cards, the focus ring among it


class DocumentsView(StepPage):
    """The page for scanning a material.

    Signals:
        scan: scan the next side, or the pile.
        again: scan the chosen side anew.
        source: where the paper lies.
        chosen: the number of a side.
        moved: the chosen side goes so many places further.
        turned: the chosen side is turned.
        dropped: the chosen side is not wanted.
        stopped: stop the scan.
        taken_back: what was kept before does not count any more.
        preview: look at the whole document.
        preview_closed: back to the sides.
    """

    scan = Signal()
    again = Signal()
    source = Signal(str)
    chosen = Signal(int)
    moved = Signal(int)
    turned = Signal()
    dropped = Signal()
    stopped = Signal()
    taken_back = Signal()
    preview = Signal()
    preview_closed = Signal()

    def __init__(self) -> None:
        super().__init__(say("documents.title", name=""), name="documents_page", scrolls=False)
        self._state = DocumentsState()
        self._cards: list[PageCard] = []
        self._source = Segments(
            tuple((name, say(f"documents.source.{name}"), "") for name in _SOURCES), name="scan_source"
        )
        self._source.chosen.connect(self.source)
        self._again = Button(say("documents.again"), key="F5", icon="refresh", name="scan_again")
        self._again.clicked.connect(self.again)
        self._scan = Button(say("documents.scan"), key="F7", icon="scanner", name="scan_page")
        self._scan.clicked.connect(self.scan)
        for widget in (self._source, self._again, self._scan):
            self.head_right.addWidget(widget)
        self._before = Banner(Mark.OK, "", name="kept_before")
        self._before.pressed.connect(self.taken_back)
        self._trouble = Banner(Mark.ERR, "", name="scan_trouble")
        self._trouble.pressed.connect(self.scan)
        self._next = Label("", weight=MEDIUM, wrap=True, name="scan_next")
        self._work = _Work()
        self._work.stop.clicked.connect(self.stopped)
        self._nothing = Empty("scanner", say("documents.empty"), say("documents.empty_hint"), name="no_scan")
        self._strip = QHBoxLayout()
        self._strip.setContentsMargins(3, 3, 3, 3)
        self._strip.setSpacing(12)
        self._strip.addStretch(1)
        inner = QWidget()
        inner.setLayout(self._strip)
        self._sides = QScrollArea()
        self._sides.setObjectName("scan_strip")
        self._sides.setAccessibleName("scan_strip")
        self._sides.setFrameShape(QFrame.Shape.NoFrame)
        self._sides.setWidgetResizable(True)
        self._sides.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._sides.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._sides.setWidget(inner)
        self._sides.setMaximumHeight(HIGH + _AROUND)
        self._sides.setMinimumHeight(LOW + _AROUND)
        self._advice = Label("", Role.LABEL, "warn", wrap=True, name="scan_advice")
        self._keys = Label(say("documents.keys"), Role.LABEL, "ink2", wrap=True, name="scan_keys")
        for part in (self._before, self._trouble, self._next, self._work):
            self.body.addWidget(part)
        self.body.addWidget(self._nothing, 100)
        self.body.addWidget(self._sides, 100)  # as high as it may be, and the rest of the page below
        self.body.addWidget(self._advice)
        self.body.addWidget(self._keys)
        self.body.addStretch(1)
        self._document = DocumentView(self)
        self._document.closed.connect(self.preview_closed)

    def show_state(self, state: DocumentsState) -> None:
        """Show the page."""
        before, self._state = self._state, state
        self.set_head(say("documents.title", name=state.material), state.kind)
        self._source.set_chosen(state.source)
        idle = state.can_change and not state.scanning
        self._source.setEnabled(idle)
        self._scan.setEnabled(idle)
        self._again.setEnabled(idle and bool(state.lines))
        self._before.setVisible(bool(state.kept))
        self._before.show_state(Mark.OK, state.kept, action=say("documents.take_back") if state.can_take_back else "")
        self._trouble.setVisible(bool(state.trouble))
        self._trouble.show_state(Mark.ERR, state.trouble, state.trouble_note, say("documents.scan"), "F7")
        self._next.set_words(state.next)
        self._next.setVisible(state.can_change and not state.scanning and not state.trouble)
        self._work.setVisible(state.scanning)
        self._work.show_share(state.share)
        self._nothing.setVisible(not state.lines and not state.scanning and not state.trouble)
        self._sides.setVisible(bool(state.lines) or state.scanning or bool(state.trouble))
        self._advice.set_words(state.advice)
        self._advice.setVisible(bool(state.advice))
        self._keys.setVisible(bool(state.lines) and not self._compact)
        self._show_cards(state)
        self.show_action(state.action)
        self._document.show_pages(state.preview)
        came = len(state.lines) != len(before.lines) or state.current != before.current
        if came and state.current:
            self.want_focus(self._cards[state.current - 1])
        elif not state.lines:
            self.want_focus(self._scan if idle else self._work.stop)
        self.settle_focus()

    def fit(self, *, compact: bool) -> None:
        super().fit(compact=compact)
        if hasattr(self, "_keys"):
            self._keys.setVisible(bool(self._state.lines) and not compact)

    def on_key(self, act: Act) -> bool:
        if act is Act.SHOOT and self._scan.isEnabled():
            self.scan.emit()
            return True
        if act is Act.PREVIEW:
            self.preview.emit()
            return True
        if act is Act.AGAIN and self._again.isEnabled():
            self.again.emit()
            return True
        return super().on_key(act)

    def _show_cards(self, state: DocumentsState) -> None:
        while len(self._cards) < len(state.lines):
            card = PageCard()
            number = len(self._cards) + 1
            card.clicked.connect(lambda _=False, number=number: self.chosen.emit(number))
            card.gone.connect(lambda by, number=number: self.chosen.emit(number + by))
            card.moved.connect(self.moved)
            card.turned.connect(self.turned)
            card.dropped.connect(self.dropped)
            self._cards.append(card)
            self._strip.insertWidget(len(self._cards) - 1, card)
        for card in self._cards[len(state.lines) :]:
            card.hide()
        for card, line in zip(self._cards, state.lines, strict=False):
            card.show_line(line, chosen=line.number == state.current)
            card.show()
            if line.number == state.current:
                self._sides.ensureWidgetVisible(card)


class _Work(QWidget):
    """The scanner works: how far it is, and how to stop it."""

    def __init__(self) -> None:
        super().__init__()
        self._bar = ProgressBar(name="scan_progress")
        self._words = Label(say("documents.scanning"), weight=MEDIUM, name="scan_working")
        self.stop = Button(say("shell.stop"), Kind.LINK, key="Esc", name="scan_stop")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(measure.GRID)
        row.addWidget(StateMark(Mark.BUSY, 16))
        row.addWidget(self._words)
        row.addWidget(self._bar, 1)
        row.addWidget(self.stop)

    def show_share(self, share: float | None) -> None:
        """Show how much of the page has come; nothing of a bar where the scanner does not say."""
        self._bar.show_share(share or 0.0)
