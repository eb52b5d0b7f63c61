"""The strip on a page that asks why a paper is printed again, or why a sheet is spoiled; Esc leaves it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout

from sscard_desk.ui.fonts import SEMIBOLD, Role
from sscard_desk.ui.serving.reprint import ReprintAsk
from sscard_desk.ui.states import FieldState
from sscard_desk.ui.widgets.button import Button, Kind
from sscard_desk.ui.widgets.card import Card
from sscard_desk.ui.widgets.choice import ChoiceEdit
from sscard_desk.ui.widgets.field import Field
from sscard_desk.ui.widgets.label import Label
from sscard_desk.ui.widgets.segments import Segments
from sscard_desk.ui.words import Words, say


class ReprintBar(Card):
    """Shown only while the question stands open.

    Signals:
        chosen: code of a reason.
        typed: the reason in words.
        spoiled: whether the copy before is spoiled.
        stopped: do not print again.
    """

    chosen = Signal(str)
    typed = Signal(str)
    spoiled = Signal(bool)
    stopped = Signal()

    def __init__(self, name: str = "reprint", reason: Words | None = None, stop: Words | None = None) -> None:
        """Make it.

        Args:
            name: begins the names of its parts.
            reason: what the reason is of, a reprint where it is left out.
            stop: what the button says that leaves the question.
        """
        super().__init__(ground="sunken", name=name)
        self._title = Label("", Role.LABEL, weight=SEMIBOLD, name=f"{name}_title")
        self._stop = Button(stop or say("printing.stop"), Kind.LINK, key="Esc", name=f"{name}_stop")
        self._stop.clicked.connect(self.stopped)
        self.reason = ChoiceEdit(name=f"{name}_reason", placeholder=say("printing.reason_hint"))
        self.reason.chosen.connect(self.chosen)
        self._reason = Field(
            reason or say("printing.reason"), name=f"{name}_reason", above=True, required=True, editor=self.reason
        )
        self._words = Field(say("printing.words"), name=f"{name}_words", above=True)
        self._words.edited.connect(self.typed)
        self._reason.entered.connect(self._words.editor.setFocus)
        self._spoiled = Segments(
            (("no", say("printing.not_spoiled"), ""), ("yes", say("printing.spoiled"), "")), name=f"{name}_spoiled"
        )
        self._spoiled.chosen.connect(lambda key: self.spoiled.emit(key == "yes"))
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self._spoiled)
        head.addWidget(self._stop)
        fields = QGridLayout()
        fields.setHorizontalSpacing(16)
        fields.addWidget(self._reason, 0, 0)
        fields.addWidget(self._words, 0, 1)
        fields.setColumnStretch(0, 1)
        fields.setColumnStretch(1, 1)
        self.column.addLayout(head)
        self.column.addLayout(fields)
        self._open = False
        self.hide()

    def show_ask(self, ask: ReprintAsk | None) -> bool:
        """Show the question or nothing; return whether it has just come up."""
        came, self._open = ask is not None and not self._open, ask is not None
        self.setVisible(ask is not None)
        if ask is None:
            return False
        self._title.set_words(ask.title)
        if came:
            self.reason.set_options(ask.options)
        self._reason.show_state(FieldState(ask.reason, error=ask.error or None))
        self._words.show_state(FieldState(ask.words))
        self._spoiled.setVisible(ask.spoiled is not None)
        self._spoiled.set_chosen("yes" if ask.spoiled else "no")
        return came

    def holds_focus(self) -> bool:
        """Whether a key belongs to the question."""
        focus = QApplication.focusWidget()
        return self._open and focus is not None and self.isAncestorOf(focus)
