"""One party's place on the sign page: who, how far, and the pad."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from sscard_desk.ui.fonts import MEDIUM, Role
from sscard_desk.ui.sign.state import PartyState, SignStage
from sscard_desk.ui.sign.stroke_pad import StrokePad
from sscard_desk.ui.sign.strokes import Strokes
from sscard_desk.ui.states import ChipState, Mark
from sscard_desk.ui.widgets.button import Button, Kind
from sscard_desk.ui.widgets.card import Card
from sscard_desk.ui.widgets.chip import Chip
from sscard_desk.ui.widgets.label import Label
from sscard_desk.ui.words import Words, say

_PAD = "pad"
_SCANNED = frozenset({"paper", "thumb"})
_CHIPS = {
    SignStage.WAITS: ("sign.waits", Mark.TODO),
    SignStage.SIGNING: ("sign.signing", Mark.BUSY),
    SignStage.SIGNED: ("sign.valid", Mark.OK),
    SignStage.VOID: ("sign.void", Mark.WARN),
}


class PartyCard(Card):
    """Applicant or clerk.

    Signals:
        begun: this party wants to sign.
        scan: this party's scan is wanted.
        drawn, confirmed, cleared: from the pad.
    """

    begun = Signal(str)
    scan = Signal(str)
    drawn = Signal(object)
    confirmed = Signal()
    cleared = Signal()

    def __init__(self, party: str) -> None:
        super().__init__(margin=10, name=f"party_{party}")
        self.party = party
        self._role = Label(say(f"sign.{party}"), weight=MEDIUM)
        self._name = Label("", ink="ink2", name=f"name_{party}")
        self._chip = Chip(ChipState("", Mark.TODO, name=f"stage_{party}"))
        self._note = Label("", Role.LABEL, "ink2", wrap=True, name=f"note_{party}")
        self._button = Button("", name=f"sign_{party}")
        self._button.clicked.connect(self._press)
        self._beside = Label("", Role.LABEL, "ink2", wrap=True)
        self.pad = StrokePad(name=f"pad_{party}")
        self.pad.drawn.connect(self.drawn)
        self.pad.confirmed.connect(self.confirmed)
        self.pad.cleared.connect(self.cleared)
        self._state = PartyState(party, "")
        self._way = _PAD
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self._role)
        head.addWidget(self._name)
        head.addStretch(1)
        head.addWidget(self._chip)
        foot = QHBoxLayout()
        foot.setSpacing(10)
        foot.addWidget(self._button)
        foot.addWidget(self._beside, 1)
        left = QVBoxLayout()
        left.setContentsMargins(6, 0, 0, 0)
        left.setSpacing(4)
        left.addLayout(head)
        left.addWidget(self._note)
        left.addStretch(1)
        left.addLayout(foot)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addLayout(left, 1)
        row.addWidget(self.pad, 1)
        self.column.addLayout(row)

    def show_state(self, state: PartyState, *, way: str, enabled: bool) -> None:
        """Show how far this party is."""
        own = self.party == "clerk" and way == "thumb"  # staff sign with their own hand
        self._state, self._way = state, _PAD if own else way
        signing = state.stage is SignStage.SIGNING
        words, mark = _CHIPS[state.stage]
        self._chip.show_state(ChipState(say(words), mark, name=f"stage_{self.party}"))
        self._name.set_words(state.name)
        self._note.set_words(state.note)
        self.set_look("accent_tint" if signing else "surface", "accent" if signing else "line", 2 if signing else 1)
        self._show_button(state, enabled=enabled)
        place: Words = say("sign.pen_place", name=state.name)
        if self._way != _PAD:
            place = say("sign.scan_place" if self._way == "paper" else "sign.thumb_place")
        if state.kind in _SCANNED and state.stage is SignStage.SIGNED:
            place = say(f"sign.on_{state.kind}")
        strokes = state.strokes if state.stage in {SignStage.SIGNING, SignStage.SIGNED} else Strokes()
        self.pad.show_state(strokes, place, writable=signing and self._way == _PAD)

    def _show_button(self, state: PartyState, *, enabled: bool) -> None:
        signing = state.stage is SignStage.SIGNING
        beside: Words = ""
        key = ""
        scanned = self._way != _PAD
        if scanned:
            words = say("sign.take_scan" if self._way == "paper" else "sign.take_thumb")
        elif signing:
            words, key, beside = say("sign.confirm"), "Enter", say("sign.clear_how")
        elif state.stage is SignStage.SIGNED:
            words, beside = say("sign.again"), say("sign.again_note")
        else:
            words, key = say("sign.begin"), "F7"
        self._button.set_words(words)
        self._button.set_key(key)
        self._button.set_kind(Kind.PRIMARY if signing and not scanned else Kind.SECONDARY)
        self._button.setEnabled(enabled and (not signing or scanned or state.strokes.enough))
        self._beside.set_words(beside)

    def _press(self) -> None:
        if self._way != _PAD:
            self.scan.emit(self.party)
        elif self._state.stage is SignStage.SIGNING:
            self.confirmed.emit()
        else:
            self.begun.emit(self.party)
