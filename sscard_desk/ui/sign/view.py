"""The sign page: what is signed at the left, the two parties at the right."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from sscard_desk.ui.fonts import SEMIBOLD, Role
from sscard_desk.ui.keys import Act
from sscard_desk.ui.language import text
from sscard_desk.ui.parts.document_view import DocumentView
from sscard_desk.ui.parts.sheet_view import SheetView
from sscard_desk.ui.parts.step_page import StepPage
from sscard_desk.ui.sign.party_card import PartyCard
from sscard_desk.ui.sign.state import Fact, SignStage, SignState
from sscard_desk.ui.sign.witness_bar import WitnessBar
from sscard_desk.ui.theme import measure
from sscard_desk.ui.widgets.button import Button, Kind
from sscard_desk.ui.widgets.card import Card
from sscard_desk.ui.widgets.label import Label
from sscard_desk.ui.widgets.placeholder import Picture
from sscard_desk.ui.widgets.segments import Segments
from sscard_desk.ui.words import say

_PARTIES = ("applicant", "guardian", "agent", "clerk")
"""Everybody who can sign; an application shows those of its case."""


class SignView(StepPage):
    """The sign page.

    Signals:
        begun: a party wants to sign, or the next open one (empty).
        drawn, confirmed, cleared: from the pad.
        way: the pad, paper signed and scanned, or a thumb print.
        scan: a party and the path of its scan.
        look: see the whole document.
        look_closed: back to the page.
    """

    begun = Signal(str)
    drawn = Signal(object)
    confirmed = Signal()
    cleared = Signal()
    way = Signal(str)
    scan = Signal(str, str)
    look = Signal()
    look_closed = Signal()

    def __init__(self) -> None:
        super().__init__(say("sign.title"), name="sign_page")
        self._signing = ""
        self._had_document = False
        self._ways = Segments(
            (("pad", say("sign.by_pad"), ""), ("paper", say("sign.by_paper"), ""), ("thumb", say("sign.by_thumb"), "")),
            name="ways",
        )
        self._ways.chosen.connect(self.way)
        self.witness = WitnessBar()
        self.head_right.addWidget(self._ways)
        self._cards = {party: PartyCard(party) for party in _PARTIES}
        columns = QHBoxLayout()
        columns.setSpacing(measure.GAP)
        columns.addWidget(self._content(), 3)
        columns.addWidget(self._parties(), 7)
        self.body.addWidget(self.witness)
        self.body.addLayout(columns, 1)
        self._document = DocumentView(self)
        self._document.closed.connect(self.look_closed)

    def show_state(self, state: SignState) -> None:
        """Show the page."""
        self.set_head(say("sign.title"), say("sign.note"), state.chips)
        self._ways.set_chosen(state.way)
        asked = self.witness.show_state(state.witness)
        self._sheet.show_page(state.page)
        self._page_note.set_words(state.page_note)
        self._show_facts(state.facts)
        self._look.setEnabled(state.page is not None)
        here = {party.party for party in state.parties}
        for name, card in self._cards.items():
            card.setVisible(name in here)
        for party in state.parties:
            self._cards[party.party].show_state(
                party, way=state.way, enabled=not state.locked and not state.busy and not state.witness.party
            )
        self._bound.set_words(state.locked or say("sign.bound"))
        self.show_action(state.action)
        self._document.show_pages(state.pages)
        signing = next((party.party for party in state.parties if party.stage is SignStage.SIGNING), "")
        if signing != self._signing:
            self._signing = signing
            self.want_focus(self._cards[signing].pad if signing else None)
        elif self._had_document and not state.pages:
            self.want_focus(self._look)
        self._had_document = bool(state.pages)
        if state.witness.party:
            self.want_focus(self.witness.first) if asked else self.settle_focus()
            return
        if not signing and state.action.enabled:
            self.want_focus(self.foot.primary)
        self.settle_focus()

    def on_key(self, act: Act) -> bool:
        if act is Act.SHOOT:
            self.begun.emit("")
            return True
        if act is Act.PREVIEW:
            self.look.emit()
            return True
        return super().on_key(act)

    def _content(self) -> QWidget:
        card = Card(ground="sunken", margin=12, name="content_card")
        head = QHBoxLayout()
        head.addWidget(Label(say("sign.content"), Role.LABEL, weight=SEMIBOLD))
        head.addStretch(1)
        self._look = Button(say("sign.whole"), Kind.LINK, key="Ctrl+P", name="look", height=28, small=True)
        self._look.clicked.connect(self.look)
        head.addWidget(self._look)
        self._sheet = SheetView(name="signed_sheet")
        self._page_note = Label("", Role.NOTE, "ink2", wrap=True, name="sheet_note")
        self._page_note.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(12)
        self._facts.setVerticalSpacing(2)
        self._facts.setColumnStretch(1, 1)
        self._fact_labels: list[tuple[Label, Label]] = []
        card.column.addLayout(head)
        card.column.addWidget(self._sheet, 1)
        card.column.addWidget(self._page_note)
        card.column.addLayout(self._facts)
        return card

    def _parties(self) -> QWidget:
        place, column = QWidget(), QVBoxLayout()
        place.setLayout(column)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(measure.GRID)
        for card in self._cards.values():
            card.begun.connect(self.begun)
            card.drawn.connect(self.drawn)
            card.confirmed.connect(self.confirmed)
            card.cleared.connect(self.cleared)
            card.scan.connect(self._ask_scan)
            column.addWidget(card, 1)
        bound = QHBoxLayout()
        bound.setSpacing(8)
        self._bound = Label(say("sign.bound"), Role.LABEL, "ink2", wrap=True, name="bound")
        bound.addWidget(Picture("sign_off", 16, "ink2"))
        bound.addWidget(self._bound, 1)
        column.addLayout(bound)
        return place

    def _show_facts(self, facts: tuple[Fact, ...]) -> None:
        while len(self._fact_labels) < len(facts):
            pair = (Label("", Role.LABEL, "ink2"), Label("", Role.LABEL, wrap=True))
            row = len(self._fact_labels)
            self._facts.addWidget(pair[0], row, 0, Qt.AlignmentFlag.AlignTop)
            self._facts.addWidget(pair[1], row, 1)
            self._fact_labels.append(pair)
        for (name, value), fact in zip(self._fact_labels, facts, strict=False):
            name.set_words(fact.label)
            value.set_words(fact.value)

    def _ask_scan(self, party: str) -> None:
        kinds = f"{text(say('sign.scan_filter'))} (*.pdf *.jpg *.jpeg *.png *.tif)"
        path, _ = QFileDialog.getOpenFileName(self, text(say("sign.take_scan")), "", kinds)
        if path:
            self.scan.emit(party, path)
