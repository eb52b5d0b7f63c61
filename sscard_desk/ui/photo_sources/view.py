"""The page of the photo's other sources: what is asked at the left, what came and what is on record at the right."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from sscard_desk.domain.photo_source import STUDIO
from sscard_desk.ui.fonts import Role
from sscard_desk.ui.keys import Act
from sscard_desk.ui.language import text
from sscard_desk.ui.parts.locked_bar import LockedBar
from sscard_desk.ui.parts.step_page import StepPage
from sscard_desk.ui.photo.rule_list import RuleList
from sscard_desk.ui.photo_sources.consent_card import ConsentCard
from sscard_desk.ui.photo_sources.facts_list import FactsList
from sscard_desk.ui.photo_sources.receipt_form import ReceiptForm
from sscard_desk.ui.photo_sources.state import SourcesState, Stage
from sscard_desk.ui.photo_sources.strip import source_segments
from sscard_desk.ui.states import Mark
from sscard_desk.ui.theme import measure
from sscard_desk.ui.widgets.banner import Banner
from sscard_desk.ui.widgets.button import Button
from sscard_desk.ui.widgets.label import Label
from sscard_desk.ui.widgets.portrait import Portrait
from sscard_desk.ui.words import say

_PORTRAIT = (143, 176)  # px: 26 x 32 mm in the proportion of the card


class SourcesView(StepPage):
    """The page.

    Signals:
        source: another source.
        asked: F7.
        stick: a studio's folder.
        typed: name and text of a field.
        chosen: the number of one of several photos.
        revoked: the consent is to be taken back.
        change: open signed content again.
    """

    source = Signal(str)
    asked = Signal()
    stick = Signal(str)
    typed = Signal(str, str)
    chosen = Signal(int)
    revoked = Signal()
    change = Signal()

    def __init__(self) -> None:
        self._state = SourcesState()
        self._notice = Banner(Mark.TODO, "", name="source_notice")
        super().__init__(say("photo_sources.title"), name="photo_sources_page")
        self._sources = source_segments()
        self._sources.chosen.connect(self.source)
        self.head_right.addWidget(self._sources)
        self._locked = LockedBar(name="sources_locked")
        self._locked.change.connect(self.change)
        self.consent, self.receipt = ConsentCard(), ReceiptForm()
        self.receipt.typed.connect(self.typed)
        self.receipt.entered.connect(self.asked)
        self._ask = Button("", key="F7", name="ask_source")
        self._ask.clicked.connect(self.asked)
        self._stick = Button(say("photo_sources.from_stick"), icon="folder", name="from_stick")
        self._stick.clicked.connect(self._ask_folder)
        self._revoke = Button(say("photo_sources.revoke"), icon="undo", name="revoke_consent")
        self._revoke.clicked.connect(self.revoked)
        self._portrait, self._rules, self._facts = Portrait(*_PORTRAIT), RuleList(), FactsList()
        self._rules.set_few(few=True)  # only what is not met: the others fill the page and are no news
        self._fit = Label("", Role.LABEL, "ink2", name="rules_fit")
        self._several = Button("", name="other_photo")
        self._several.clicked.connect(lambda: self.chosen.emit((self._state.chosen + 1) % len(self._state.found) + 1))
        columns = QHBoxLayout()
        columns.setSpacing(measure.GAP)
        columns.addWidget(self._left(), 11)
        self._beside = self._right()
        columns.addWidget(self._beside, 7)
        self.body.addWidget(self._locked)
        self.body.addLayout(columns, 1)
        self.want_focus(self._ask)

    def show_state(self, state: SourcesState) -> None:
        """Show the page."""
        came = _place(state) != _place(self._state)
        self._state = state
        usable = not state.locked and not state.busy
        self._sources.set_chosen(state.source)
        self._locked.show_reason(state.locked, can_unlock=state.can_unlock)
        self._show_notice()
        self._notice.show_state(state.mark, state.notice, state.notice_note)
        self.consent.setVisible(state.consent is not None)
        self._beside.setVisible(state.consent is None)  # who reads and signs gets the whole width
        if state.consent is not None:
            self.consent.show_state(state.consent, enabled=usable)
        by_receipt = state.source == STUDIO and not state.locked
        self.receipt.setVisible(by_receipt)
        self.receipt.show_state(state.studio, enabled=usable and state.stage is not Stage.ASKING)
        self._ask.set_words(state.act)
        self._ask.setVisible(bool(state.act) and not state.locked)
        self._ask.setEnabled(usable)
        self._stick.setVisible(by_receipt and state.stage is not Stage.ASKING)
        self._stick.setEnabled(usable)
        self._revoke.setVisible(state.revocable)
        self._revoke.setEnabled(not state.busy)
        self._portrait.show_picture(state.picture)
        self._portrait.setVisible(bool(state.found))
        self._several.setVisible(len(state.found) > 1)
        self._several.set_words(say("photo_sources.other_photo", number=state.chosen + 1, count=len(state.found)))
        self._rules.show_lines(state.rules)
        self._rules.setVisible(any(line.mark is not Mark.OK for line in state.rules))
        fit = sum(line.mark is Mark.OK for line in state.rules)
        self._fit.set_words(say("photo_page.rules_fit", fit=fit, all=len(state.rules)) if state.rules else "")
        self._fit.setVisible(bool(state.rules))
        self._facts.show_facts(state.facts)
        self.show_action(state.action)
        if came:
            self.want_focus(self._first())
        self.settle_focus()

    def fit(self, *, compact: bool) -> None:
        super().fit(compact=compact)
        self._show_notice()

    def _show_notice(self) -> None:
        """Show the notice; in a small window the words to be signed need its room, and say the same."""
        state = self._state
        room = state.consent is None or not self._compact
        self._notice.setVisible(bool(state.notice) and not state.locked and room)

    def on_key(self, act: Act) -> bool:
        if act in {Act.SHOOT, Act.AGAIN}:
            if self._state.consent is not None:
                self.consent.press()
            elif self._ask.isVisible():
                self._ask.click()
            return True
        return super().on_key(act)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, plain = event.key(), not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and Qt.Key.Key_1 <= key <= Qt.Key.Key_3:
            self.chosen.emit(key - Qt.Key.Key_0)
        else:
            super().keyPressEvent(event)

    def _first(self) -> QWidget:
        if self._state.consent is not None:
            return self.consent.first
        if self._state.source == STUDIO and self._state.stage in {Stage.READY, Stage.TROUBLE}:
            return self.receipt.receipt.editor
        return self._ask

    def _left(self) -> QWidget:
        place, column, buttons = QWidget(), QVBoxLayout(), QHBoxLayout()
        place.setLayout(column)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(measure.GRID)
        buttons.setSpacing(measure.GRID)
        buttons.addWidget(self._ask)
        buttons.addWidget(self._stick)
        buttons.addStretch(1)
        column.addWidget(self._notice)
        column.addWidget(self.consent, 100)
        column.addWidget(self.receipt)
        column.addLayout(buttons)
        column.addStretch(1)
        return place

    def _right(self) -> QWidget:
        place, column, top, beside = QWidget(), QVBoxLayout(), QHBoxLayout(), QVBoxLayout()
        place.setLayout(column)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(measure.GAP)
        beside.addWidget(self._facts)
        beside.addWidget(self._several, 0, Qt.AlignmentFlag.AlignLeft)
        beside.addWidget(self._revoke, 0, Qt.AlignmentFlag.AlignLeft)
        beside.addStretch(1)
        top.setSpacing(measure.GAP)
        top.addWidget(self._portrait, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(beside, 1)
        column.addLayout(top)
        column.addWidget(self._fit)
        column.addWidget(self._rules)
        column.addStretch(1)
        return place

    def _ask_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, text(say("photo_sources.from_stick")))
        if folder:
            self.stick.emit(folder)


def _place(state: SourcesState) -> tuple[str, Stage, str, bool, bool]:
    """Return what decides where the focus belongs."""
    consent = state.consent
    if consent is None:
        return state.source, state.stage, "", False, False
    return state.source, state.stage, consent.way, consent.reprint is not None, bool(consent.witness.party)
