"""The PIN page: what is to be done at the left, what happens one after the other at the right."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from sscard_desk.ui.card_pin.state import PAD, SCREEN, PinPhase, PinState
from sscard_desk.ui.fonts import SEMIBOLD, Role
from sscard_desk.ui.keys import Act
from sscard_desk.ui.parts.cards_page import CARDS_PIN, CardsPage
from sscard_desk.ui.parts.step_page import roomy
from sscard_desk.ui.states import Mark
from sscard_desk.ui.theme import measure
from sscard_desk.ui.widgets.banner import Banner
from sscard_desk.ui.widgets.card import Card
from sscard_desk.ui.widgets.field import Field
from sscard_desk.ui.widgets.label import Label
from sscard_desk.ui.widgets.progress import ProgressSteps
from sscard_desk.ui.widgets.segments import Segments
from sscard_desk.ui.words import Words, say
from sscard_desk.usecases.serve_pin import PinAct


class PinView(CardsPage):
    """The PIN page.

    Signals:
        act_chosen: what is to be done.
        reason_typed: a key in the reason.
        entry_chosen: where the holder types.
        stopped: Esc.
    """

    act_chosen = Signal(str)
    reason_typed = Signal(str)
    entry_chosen = Signal(str)

    def __init__(self) -> None:
        self._columns = QHBoxLayout()
        super().__init__(CARDS_PIN, say("card_pin.title"), name="card_pin_page", scrolls=True)
        self._phase: PinPhase | None = None
        self._act: PinAct | None = None
        self._acts = Segments(tuple((act.value, say(f"card_pin.act.{act.value}"), "") for act in PinAct), name="acts")
        self._acts.chosen.connect(self.act_chosen)
        self._notice = Banner(Mark.TODO, "", name="pin_notice")
        self._columns.setSpacing(measure.GAP)
        self._columns.addWidget(self._left(), 5)
        self._columns.addWidget(self._right(), 4)
        self.body.addWidget(self._notice)
        self.body.addWidget(self._acts)
        self.body.addLayout(self._columns, 1)

    def show_state(self, state: PinState) -> None:
        """Show the page."""
        self.set_head(say("card_pin.title"), state.reader, state.chips)
        self._acts.set_chosen(state.act.value)
        self._acts.setEnabled(not state.phase.running)
        self._about.set_words(state.about)
        self.reason.setVisible(state.needs_reason)
        self.reason.show_state(state.reason)
        self.reason.setEnabled(not state.phase.running)
        for part in (self._entry, self._entry_label):
            part.setVisible(state.chooses_entry)
        self._entry.set_chosen(state.entry)
        self._entry.setEnabled(not state.phase.running)
        note: Words = state.notice_note
        if state.code and note:
            note = say("missing.advice", advice=note, code=state.code)
        self._notice.show_state(state.notice_mark, state.notice, note)
        done = sum(step.mark is Mark.OK for step in state.steps)
        self._steps.show_steps(state.steps, done / len(state.steps) if state.steps else 0.0)
        self.show_action(state.action)
        if state.phase is not self._phase or state.act is not self._act:
            asks = state.needs_reason and not state.reason.value and not state.phase.running
            last = self.foot.primary if state.action.enabled else self.foot.back_button
            if self._act is None or state.phase is not self._phase:  # choosing by arrows keeps the focus where it is
                self.want_focus(self.reason.editor if asks else last)
            self._phase, self._act = state.phase, state.act
        self.settle_focus()

    def on_key(self, act: Act) -> bool:
        if act is Act.AGAIN and self.foot.primary.isEnabled():
            self.go_on.emit()
            return True
        return super().on_key(act)

    def fit(self, *, compact: bool) -> None:
        super().fit(compact=compact)
        way = QBoxLayout.Direction.TopToBottom if compact else QBoxLayout.Direction.LeftToRight
        self._columns.setDirection(way)

    def _left(self) -> QWidget:
        card = Card(name="pin_card_left")
        self._about = Label("", wrap=True, name="pin_about")
        self.reason = Field(say("card_pin.reason"), name="pin_reason", above=True, required=True)
        self.reason.edited.connect(self.reason_typed)
        self.reason.entered.connect(self.foot.primary.setFocus)
        roomy(self.reason)
        self._entry_label = Label(say("card_pin.entry"), Role.LABEL, "ink2")
        self._entry = Segments(
            tuple((each, say(f"card_pin.entry_at.{each}"), "") for each in (SCREEN, PAD)), name="pin_entry"
        )
        self._entry.chosen.connect(self.entry_chosen)
        for part in (self._about, self.reason, self._entry_label, self._entry):
            card.column.addWidget(part)
        return _above(card)

    def _right(self) -> QWidget:
        card = Card(name="pin_card_right")
        self._steps = ProgressSteps(name="pin_steps")
        card.column.addWidget(Label(say("card_pin.steps"), Role.LABEL, weight=SEMIBOLD))
        card.column.addWidget(self._steps)
        return _above(card)


def _above(card: QWidget) -> QWidget:
    """Return the card with what is left of the height below it."""
    place = QWidget()
    column = QVBoxLayout(place)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(card)
    column.addStretch(1)
    return place
