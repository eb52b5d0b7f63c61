"""What only the clerk can see: one question with two answers, under the rules."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sscard_desk.ui.fonts import Role
from sscard_desk.ui.states import Mark
from sscard_desk.ui.widgets.button import Button
from sscard_desk.ui.widgets.label import Label
from sscard_desk.ui.words import Words, say


class QuestionRow(QWidget):
    """The question; `answered` tells yes as True. The answer can be changed until the portrait is adopted."""

    answered = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("question")
        self._words = Label("", Role.LABEL, wrap=True, name="question_words")
        self.no = Button(say("photo_page.no"), name="answer_no", key="N", mark=Mark.TODO)
        self.yes = Button(say("photo_page.yes"), name="answer_yes", key="Y", mark=Mark.TODO)
        self.no.clicked.connect(lambda: self.answered.emit(False))
        self.yes.clicked.connect(lambda: self.answered.emit(True))
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.no)
        buttons.addWidget(self.yes)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 8, 4)
        column.setSpacing(4)
        column.addWidget(self._words)
        column.addLayout(buttons)

    def show_state(self, question: Words, answer: bool | None, *, usable: bool) -> None:
        """Show the question and the answer, None before it; nothing where there is no question."""
        self.setVisible(bool(question))
        self._words.set_words(question)
        self.no.set_mark(Mark.OK if answer is False else Mark.TODO)
        self.yes.set_mark(Mark.WARN if answer else Mark.TODO)
        for button in (self.no, self.yes):
            button.setEnabled(usable)
