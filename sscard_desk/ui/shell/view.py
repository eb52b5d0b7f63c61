"""The window. It shows what it is told and says which keys and parts were used; it decides nothing about the work."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent, QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QStackedLayout, QVBoxLayout, QWidget

from sscard_desk.texts import ENGLISH, SIMPLIFIED_CHINESE
from sscard_desk.ui.composing import Composing
from sscard_desk.ui.keys import Act
from sscard_desk.ui.language import language, speak, text
from sscard_desk.ui.scanner_keys import ScannerKeys
from sscard_desk.ui.shell.early_keys import EarlyKeys
from sscard_desk.ui.shell.regions import step_region
from sscard_desk.ui.shortcuts import Shortcuts
from sscard_desk.ui.states import Hit, PanelState, PersonState, RailEntry, StatusState, StepState, ToastState
from sscard_desk.ui.theme import measure, tokens
from sscard_desk.ui.turns import Turns
from sscard_desk.ui.widgets.button import Button
from sscard_desk.ui.widgets.focus_ring import FocusRing
from sscard_desk.ui.widgets.status_line import DeviceButton, StatusLine
from sscard_desk.ui.words import Words, say

if TYPE_CHECKING:
    from sscard_desk.ui.page import Page
    from sscard_desk.ui.serving.ports import Question
    from sscard_desk.ui.shell.desk import Desk
    from sscard_desk.ui.widgets.toast import Toasts


class Shell(QWidget):
    """The program's one window.

    Signals:
        asked: an act that the shell itself does not answer and the page in view did not take.
        area_chosen: the key of a rail entry.
        step_chosen: the number of a step that can be looked at.
        searched: the text in the search box after each key.
        hit_chosen: the key of a search result.
        scanned: a code that a scanner typed, wherever the focus was.
        device_chosen: the key of a device in the status line.
        target_chosen: the target of a missing line or of a notice.
        account_pressed: the account's button.
        closed: the window is about to close.
    """

    asked = Signal(Act)
    area_chosen = Signal(str)
    step_chosen = Signal(int)
    searched = Signal(str)
    hit_chosen = Signal(str)
    scanned = Signal(str)
    device_chosen = Signal(str)
    target_chosen = Signal(str)
    account_pressed = Signal()
    closed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setWindowTitle(text(say("shell.program")))
        self.setMinimumSize(*measure.SMALLEST)
        self.resize(1366, 768)
        self.status = StatusLine()
        self._desk: Desk | None = None
        self._toasts: Toasts | None = None
        self._covered = False  # by a question or the table of keys
        self._fronted = False  # by the sign-in or lock page
        self._layers = QStackedLayout()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(self._layers, 1)
        whole.addWidget(self.status)
        self.ring = FocusRing(self)
        self.shortcuts = Shortcuts(self, Composing(app))
        self.shortcuts.pressed.connect(self.press)
        self._scanner = ScannerKeys(app)
        self._scanner.listening = False
        self._scanner.scanned.connect(self._take_code)
        self.status.device_chosen.connect(self.device_chosen)
        self.turns = Turns(self)
        self._early = EarlyKeys(self, self.press)
        self._was_compact: bool | None = None
        self._pages: dict[str, tuple[Page, bool]] = {}

    @property
    def desk(self) -> "Desk":
        """The desk; made when it is first needed, so that the sign-in page comes sooner."""
        if self._desk is None:
            from sscard_desk.ui.shell.desk import Desk  # noqa: PLC0415 - not before the sign-in page is usable

            self._desk = Desk()
            self._layers.addWidget(self._desk)
            self._connect(self._desk)
            self._desk.fit(self.width())
        return self._desk

    @property
    def toasts(self) -> "Toasts":
        """The notices; made when there is the first one."""
        if self._toasts is None:
            from sscard_desk.ui.widgets.toast import Toasts  # noqa: PLC0415 - not before the sign-in page is usable

            self._toasts = Toasts(self)
            self._toasts.pressed.connect(self.target_chosen)
        return self._toasts

    @property
    def page(self) -> "Page | None":
        """The page in view, or None while the sign-in or lock page covers the desk."""
        return self._desk.page if self._desk is not None and self._layers.currentWidget() is self._desk else None

    def show_front(self, widget: QWidget) -> None:
        """Cover the desk with the sign-in or lock page; what is behind keeps its state."""
        if self._layers.indexOf(widget) < 0:
            self._layers.addWidget(widget)
        self._layers.setCurrentWidget(widget)
        self._fronted = True
        self._close_what_stands_above()
        self._scanner.listening = False
        self._place_toasts()

    def show_desk(self) -> None:
        """Uncover the desk: somebody has signed in or unlocked it. Nothing else does, whatever page comes meanwhile."""
        self._fronted = False
        self._uncover_desk()
        self._place_toasts()
        if self.page is not None:
            self.page.focus_first()

    def _uncover_desk(self) -> None:
        self._layers.setCurrentWidget(self.desk)
        self._scanner.listening = self.page is not None

    def add_page(self, key: str, page: "Page", *, serving: bool = True) -> None:
        """Keep a page under a key for `show_page`."""
        self._pages[key] = (page, serving)

    def show_page(self, key: str) -> None:
        """Bring a kept page into view in a turn of its own; keys pressed before are the new page's.

        Raises:
            KeyError: no page has this key.
        """
        page, serving = self._pages[key]
        if self.page is None:  # nothing to wait behind
            self.set_page(page, serving=serving)
            return
        self._early.hold()
        self.turns.ask("page", lambda: self._change_page(page, serving=serving))

    def set_page(self, page: "Page", *, serving: bool = True) -> None:
        """Bring a page into view; `serving` shows person, steps and panel around it. Under a front it waits there."""
        self.desk.set_page(page, serving=serving)
        if self._fronted:
            return
        self._uncover_desk()
        self._place_toasts()
        page.focus_first()

    def _change_page(self, page: "Page", *, serving: bool) -> None:
        try:
            self.set_page(page, serving=serving)
        finally:
            self._early.let_go()

    def show_place(self, counter: Words, point: Words, account: Words) -> None:
        """Show which counter this is and who works at it."""
        self.desk.top.show_place(counter, point, account)

    def show_time(self, time: Words, day: Words) -> None:
        """Show time of day and date."""
        self.desk.top.show_time(time, day)

    def show_areas(self, entries: tuple[RailEntry, ...], current: str) -> None:
        """Show the rail."""
        self.desk.rail.show_entries(entries, current)

    def show_person(self, person: PersonState | None) -> None:
        """Show who is being served, or nobody."""
        self.desk.person.show_state(person or PersonState())

    def show_steps(self, steps: tuple[StepState, ...]) -> None:
        """Show the path of the application."""
        self.desk.steps.show_states(steps)

    def show_panel(self, panel: PanelState) -> None:
        """Show what is missing, due and done; once in a turn, as a page tells it bit by bit."""
        self.turns.ask("panel", lambda: self.desk.panel.show_state(panel))

    def show_status(self, status: StatusState) -> None:
        """Show devices, unsent entries and days left."""
        self.turns.ask("status", lambda: self.status.show_state(status))

    def show_hits(self, hits: tuple[Hit, ...]) -> None:
        """Show search results."""
        self.desk.top.show_hits(hits)

    def notify(self, toast: ToastState) -> None:
        """Show a notice; it never takes the focus."""
        self.turns.ask(f"toast {toast.about or toast}", lambda: self._notify(toast))

    def take_notice_away(self, about: str) -> None:
        """What a notice speaks of is over."""
        self.turns.ask(f"toast {about}", lambda: self._toasts.take_away(about) if self._toasts is not None else None)

    def ask(self, question: "Question", act: Callable[[], None]) -> None:
        """Ask about something that cannot be undone; `act` runs if that is wanted."""
        from sscard_desk.ui.widgets.dialog import Dialog  # noqa: PLC0415 - not before the sign-in page is usable

        self._covered = True
        dialog = Dialog(self, question.title, question.consequence, question.act, question.safe)
        dialog.destroyed.connect(self._uncover)
        dialog.answered.connect(lambda wanted: act() if wanted else None)
        self.ring.raise_()

    def press(self, act: Act) -> None:
        """Answer a key: first the page in view, then the window, then whoever listens to `asked`."""
        if self._covered:
            if act is Act.LOCK:  # whoever leaves in haste leaves nothing open
                self.asked.emit(act)
            return
        if act is not Act.LOCK and self._early.keep(act):
            return
        if self.page is not None and self.page.on_key(act):
            return
        if not self._answer(act):
            self.asked.emit(act)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closed.emit()
        super().closeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        compact = self.width() < measure.COMPACT_BELOW
        if self._desk is not None:
            self._desk.fit(self.width())
        if compact != self._was_compact:
            self._was_compact = compact
            for button in (*self.findChildren(Button), *self.findChildren(DeviceButton)):
                button.updateGeometry()
        self._place_toasts()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), QColor(tokens().bg))

    def _notify(self, toast: ToastState) -> None:
        toasts = self.toasts
        self._place_toasts()
        toasts.tell(toast)

    def _answer(self, act: Act) -> bool:
        desk = self._desk if self.page is not None else None
        if act is Act.SHOW_KEYS:
            self._show_keys()
        elif act is Act.LANGUAGE:
            speak(ENGLISH if language() == SIMPLIFIED_CHINESE else SIMPLIFIED_CHINESE)
            self.setWindowTitle(text(say("shell.program")))
        elif act in {Act.NEXT_REGION, Act.PREVIOUS_REGION}:
            self._step_region(1 if act is Act.NEXT_REGION else -1)
        elif desk is None:
            return False
        elif act is Act.SEARCH:
            desk.top.search.setFocus()
            desk.top.search.selectAll()
        elif act in {Act.AREA_UP, Act.AREA_DOWN}:
            desk.rail.step(-1 if act is Act.AREA_UP else 1)
        elif act.step is not None:
            part = desk.steps.parts[act.step - 1]
            if part.isVisible() and part.isEnabled():
                self.step_chosen.emit(act.step)
        else:
            return False
        return True

    def _show_keys(self) -> None:
        from sscard_desk.ui.widgets.keys_overlay import KeysOverlay  # noqa: PLC0415 - seldom wanted

        self._covered = True
        KeysOverlay(self).destroyed.connect(self._uncover)

    def _close_what_stands_above(self) -> None:
        """A question gets its safe answer, the table of keys goes: nothing of the desk stands over a front."""
        if not self._covered:
            return
        from sscard_desk.ui.widgets.dialog import Dialog  # noqa: PLC0415 - not before the sign-in page is usable
        from sscard_desk.ui.widgets.keys_overlay import KeysOverlay  # noqa: PLC0415 - likewise

        for question in self.findChildren(Dialog):
            question.safe.click()
        for table in self.findChildren(KeysOverlay):
            table.put_away()

    def _uncover(self) -> None:
        self._covered = False

    def search_for(self, code: str) -> None:
        """Put a code into the search box, as if it were typed there."""
        self.desk.top.search.take(code)

    def _take_code(self, code: str) -> None:
        if not self._covered:
            self.scanned.emit(code)

    def _step_region(self, by: int) -> None:
        if self.page is None or self._desk is None:
            front = self._layers.currentWidget()
            step_region((front, self.status) if front is not None else (self.status,), by)
            return
        desk = self._desk
        was_folded = desk.panel.folded
        if was_folded and desk.panel.isVisible():
            desk.unfold(unfold=True)
        reached = step_region((desk.top, desk.rail, self.page, desk.panel, self.status), by)
        if reached is not desk.panel:
            desk.unfold(unfold=False)

    def _connect(self, desk: "Desk") -> None:
        desk.rail.chosen.connect(self.area_chosen)
        desk.steps.chosen.connect(self.step_chosen)
        desk.panel.target_chosen.connect(self.target_chosen)
        desk.top.account_pressed.connect(self.account_pressed)
        desk.top.search.searched.connect(self.searched)
        desk.top.search.hit_chosen.connect(self.hit_chosen)

    def _place_toasts(self) -> None:
        """Over the foot of the side panel, where nothing stands; without a panel above the action bar."""
        if self._toasts is None:
            return
        self._toasts.cover(covered=self._fronted)
        panel = self._desk.panel if self._desk is not None and self.page is not None else None
        bottom = self.height() - measure.STATUS_LINE - measure.GRID
        if panel is not None and not panel.isHidden() and not panel.folded:
            self._toasts.place(self.width() - measure.GRID, bottom, panel.width() - 2 * measure.GRID)
        else:
            right = measure.GAP + (panel.width() if panel is not None and not panel.isHidden() else 0)
            self._toasts.place(self.width() - right, bottom - measure.ACTION_BAR)
