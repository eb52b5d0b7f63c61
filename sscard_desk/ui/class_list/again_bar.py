"""The strip that asks why the forms of a class are printed again; Ctrl+Enter prints, Esc leaves it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from sscard_desk.ui.class_list.state import Again
from sscard_desk.ui.fonts import SEMIBOLD, Role
from sscard_desk.ui.states import FieldState
from sscard_desk.ui.theme import measure
from sscard_desk.ui.widgets.button import Button, Kind
from sscard_desk.ui.widgets.card import Card
from sscard_desk.ui.widgets.choice import ChoiceEdit
from sscard_desk.ui.widgets.field import Field
from sscard_desk.ui.widgets.label import Label
from sscard_desk.ui.words import say


class AgainBar(Card):
    """Shown only while the question stands open.

    Signals:
        chosen: code of a reason.
        typed: the reason in words.
        stopped: do not print again.
    """

    chosen = Signal(str)
    typed = Signal(str)
    stopped = Signal()

    def __init__(self) -> None:
        super().__init__(ground="sunken", name="class_again")
        self._stop = Button(say("printing.stop"), Kind.LINK, key="Esc", name="class_again_stop")
        self._stop.clicked.connect(self.stopped)
        self.reason = ChoiceEdit(name="class_reason", placeholder=say("printing.reason_hint"))
        self.reason.chosen.connect(self.chosen)
        self._reason = Field(say("printing.reason"), name="class_reason", above=True, required=True, editor=self.reason)
        self._words = Field(say("printing.words"), name="class_words", above=True)
        self._words.edited.connect(self.typed)
        self._reason.entered.connect(self._words.editor.setFocus)
        head, fields = QHBoxLayout(), QHBoxLayout()
        head.addWidget(Label(say("class_page.again"), Role.LABEL, weight=SEMIBOLD))
        head.addStretch(1)
        head.addWidget(self._stop)
        fields.setSpacing(measure.GAP)
        fields.addWidget(self._reason, 1)
        fields.addWidget(self._words, 1)
        self.column.addLayout(head)
        self.column.addLayout(fields)
        self._open = False

    def show_again(self, again: Again | None) -> bool:
        """Show the question or nothing; return whether it has just come up."""
        came, self._open = again is not None and not self._open, again is not None
        self.setVisible(again is not None)
        if again is None:
            return False
        if came:
            self.reason.set_options(again.options)
        self._reason.show_state(FieldState(again.reason, error=again.error or None))
        self._words.show_state(FieldState(again.words))
        return came
