"""The words of consent in large type with the place to sign, on the applicant's own window."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sscard_desk.ui.applicant.big_button import large
from sscard_desk.ui.photo_sources.state import ConsentState
from sscard_desk.ui.sign.stroke_pad import StrokePad
from sscard_desk.ui.sign.strokes import Strokes
from sscard_desk.ui.theme import measure
from sscard_desk.ui.widgets.label import Label
from sscard_desk.ui.words import say

_WORDS = 20
_PAD_HEIGHT = 96
_SMALL_WORDS = 16


class ConsentArea(QWidget):
    """Paragraphs and pad.

    Signals:
        drawn, confirmed, cleared: from the pad.
    """

    drawn = Signal(object)
    confirmed = Signal()
    cleared = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("applicant_consent")
        self._words = Label("", wrap=True, name="applicant_consent_words")
        self.pad = StrokePad(name="applicant_pad")
        self.pad.setMinimumHeight(_PAD_HEIGHT)
        self.pad.drawn.connect(self.drawn)
        self.pad.confirmed.connect(self.confirmed)
        self.pad.cleared.connect(self.cleared)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._words)
        column.addWidget(self.pad, 100)
        column.addStretch(1)
        self.hide()

    @property
    def small(self) -> bool:
        """Whether the window is so small that the words need all of it, in smaller type."""
        return self.window().width() < measure.COMPACT_BELOW

    def show_state(self, state: ConsentState | None, scale: float) -> None:
        """Show the words and what was drawn so far, or nothing at all; `scale` is that of the window's type."""
        self.setVisible(state is not None)
        if state is None:
            self._words.set_words("")
            self.pad.show_state(Strokes(), "", writable=False)
            return
        self._words.setFont(large(_SMALL_WORDS if self.small else _WORDS, scale=scale))
        by_pad = state.way == "pad"
        self._words.set_words("\n".join(f"{at}. {words}" for at, words in enumerate(state.paragraphs, 1)))
        self.pad.setVisible(by_pad)
        self.pad.show_state(state.strokes, say("applicant.sign_here"), writable=by_pad)
