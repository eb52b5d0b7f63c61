"""The rescue's page: one card with what will happen at the left and what is to be done now at the right."""

from typing import Final

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from sscard_desk.ui.keys import Act
from sscard_desk.ui.language import text
from sscard_desk.ui.parts.file_choice import ask_file, ask_folder
from sscard_desk.ui.rescue.panes import Answer, Choose, Done, Pane, Send, Standing
from sscard_desk.ui.rescue.plan import Plan
from sscard_desk.ui.rescue.state import RescueState, Stage
from sscard_desk.ui.sign_in.view import Frame
from sscard_desk.ui.words import say

_WIDTH: Final = 960
_HEIGHT: Final = 620
_LEFT: Final = 336
_LOW: Final = 640
"""Logical px of height below which everything draws closer together."""


class RescuePage(QWidget):
    """Covers the window before anybody is signed in.

    Signals:
        typed: which field, and its text.
        made: a new password, twice.
        folder_chosen: where the request goes.
        anew: another request.
        answer_came: the centre has answered.
        file_chosen: where the answer is.
        finished: the password of the request.
        back: Esc.
    """

    typed = Signal(str, str)
    made = Signal(str, str)
    folder_chosen = Signal(str)
    anew = Signal()
    answer_came = Signal()
    file_chosen = Signal(str)
    finished = Signal(str)
    back = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("rescue_page")
        self.setProperty("ring", "none")  # it has the focus only while nothing in it can take it
        self._stage: Stage | None = None
        self._waits = False
        self._plan = Plan()
        self.choose, self.send, self.answer = Choose(), Send(), Answer()
        standing, done = Standing(), Done()
        self._panes: dict[Stage, Pane] = {
            Stage.LOOKING: standing,
            Stage.UNREADY: standing,
            Stage.CHOOSE: self.choose,
            Stage.SEND: self.send,
            Stage.ANSWER: self.answer,
            Stage.DONE: done,
        }
        right = QWidget()
        self._layers = QStackedLayout(right)
        for pane in dict.fromkeys(self._panes.values()):
            self._layers.addWidget(pane)
            pane.back.connect(self.back)
        self._card = Frame(self)
        halves = QHBoxLayout(self._card)
        halves.setContentsMargins(1, 1, 1, 1)
        halves.setSpacing(0)
        halves.addWidget(self._plan, _LEFT)
        halves.addWidget(right, _WIDTH - _LEFT)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 16, 24, 16)
        whole.addStretch(1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._card)
        row.addStretch(1)
        whole.addLayout(row)
        whole.addStretch(1)
        done.done.connect(self.back)
        self.choose.typed.connect(self.typed)
        self.choose.made.connect(self.made)
        self.send.save.connect(self._choose_folder)
        self.send.anew.connect(self.anew)
        self.send.done.connect(self.answer_came)
        self.answer.typed.connect(self.typed)
        self.answer.open.connect(self._choose_file)
        self.answer.tried.connect(self.finished)

    @property
    def pane(self) -> Pane:
        """The pane in view."""
        return self._panes[self._stage or Stage.LOOKING]

    def show_state(self, state: RescueState) -> None:
        """Show the page."""
        turned = state.stage is not self._stage
        self._stage = state.stage
        self._waits = bool(state.busy) and state.stage is not Stage.LOOKING
        if self._waits and self.isVisible():
            self.setFocus()  # Qt would give it to whatever is still enabled, outside the page
        self._plan.show_stage(state.stage)
        self.pane.show_state(state)
        self._layers.setCurrentWidget(self.pane)
        if turned or (not self._waits and self._is_lost()):
            self.focus_first()

    def clear_passwords(self) -> None:
        """Empty every field with a password."""
        for field in (self.choose.password, self.choose.again, self.answer.password):
            field.editor.clear()

    def focus_first(self) -> None:
        """Put the focus where the stage begins."""
        if self._waits:
            self.setFocus()
        elif self.isVisible():
            self.pane.focus_first()

    def on_key(self, act: Act) -> bool:
        """Answer a key; return whether the page took it."""
        if act is Act.SHOOT:
            self.pane.file_key()
        elif act is Act.NEXT:
            if self.pane.primary.isVisible() and self.pane.primary.isEnabled():
                self.pane.primary.click()
        elif act is Act.BACK:
            self.back.emit()
        else:
            return False
        return True

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, self.focus_first)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        low = self.height() < _LOW
        self._plan.set_compact(compact=low)
        for pane in dict.fromkeys(self._panes.values()):
            pane.set_compact(compact=low)
        self._card.setFixedSize(min(_WIDTH, self.width() - 48), min(_HEIGHT, self.height() - 32))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.setAccessibleName(text(say("rescue.title")))

    def _is_lost(self) -> bool:
        now = QApplication.focusWidget()
        return now is None or not now.isVisible() or not now.isEnabled() or now in {self, self.window()}

    def _choose_folder(self) -> None:
        self.folder_chosen.emit(ask_folder(self, say("rescue.choose_folder")))

    def _choose_file(self) -> None:
        kinds = f"{text(say('rescue.file_kinds'))} (*.txt);;* (*)"
        self.file_chosen.emit(ask_file(self, say("rescue.choose_file"), kinds))
