"""What is being done with a class list, how far it is, and the button that stops it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sscard_desk.ui.fonts import MEDIUM
from sscard_desk.ui.states import Mark
from sscard_desk.ui.theme import measure
from sscard_desk.ui.widgets.button import Button
from sscard_desk.ui.widgets.label import Label
from sscard_desk.ui.widgets.progress import ProgressBar
from sscard_desk.ui.widgets.state_mark import StateMark
from sscard_desk.ui.words import Words, say


class Working(QWidget):
    """Shown only while something is done; `stopped` asks to stop it."""

    stopped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("class_working")
        self._words = Label("", weight=MEDIUM, name="class_working_words")
        self._share = Label("", ink="ink2", name="class_working_share")
        self._bar = ProgressBar(name="class_working_bar")
        self.stop = Button(say("shell.stop"), key="Esc", icon="stop", name="class_stop")
        self.stop.clicked.connect(self.stopped)
        head = QHBoxLayout()
        head.setSpacing(measure.GRID)
        head.addWidget(StateMark(Mark.BUSY, 20))
        head.addWidget(self._words)
        head.addWidget(self._share)
        head.addStretch(1)
        head.addWidget(self.stop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(measure.GRID)
        column.addLayout(head)
        column.addWidget(self._bar)

    def show_work(self, words: Words, share: float) -> None:
        """Show what is done and how far it is (0 to 1); nothing while there are no words."""
        self.setVisible(bool(words))
        self._words.set_words(words)
        self._share.set_words(f"{share:.0%}")
        self._bar.show_share(share)
