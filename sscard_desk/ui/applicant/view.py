"""The applicant's window: one question in large type, and nothing of anybody else."""

from PySide6.QtCore import QEvent, QObject, QRectF, QTimer, Signal
from PySide6.QtGui import QColor, QHideEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from sscard_desk.texts import ENGLISH, SIMPLIFIED_CHINESE
from sscard_desk.ui.applicant.big_button import ActionButton, ChoiceButton, large
from sscard_desk.ui.applicant.consent_area import ConsentArea
from sscard_desk.ui.applicant.presenter import CLEARED_AFTER_S
from sscard_desk.ui.applicant.state import ApplicantState, Question
from sscard_desk.ui.language import language, speak
from sscard_desk.ui.photo_sources.state import ConsentState
from sscard_desk.ui.theme import tokens
from sscard_desk.ui.widgets.card import Card
from sscard_desk.ui.widgets.ending import end_widget
from sscard_desk.ui.widgets.focus_ring import FocusRing
from sscard_desk.ui.widgets.label import Label
from sscard_desk.ui.widgets.placeholder import Picture
from sscard_desk.ui.words import Words, say

_TOUCHES = {QEvent.Type.MouseButtonPress, QEvent.Type.KeyPress, QEvent.Type.TouchBegin, QEvent.Type.TabletPress}
_SCALES = (1.0, 1.25)
_MARGIN = 48
_QUESTION, _TITLE = 40, 28
_KEYS = {
    Question.BANK: "question_bank",
    Question.CONSENT: "consent",
    Question.WAIT: "wait",
    Question.NOTHING: "welcome",
}


class _Bar(QWidget):
    """The white bars above and below."""

    def __init__(self, height: int, *, above: bool) -> None:
        super().__init__()
        self._above = above
        self.setFixedHeight(height)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(_MARGIN, 0, _MARGIN, 0)
        self.row.setSpacing(16)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, table = QPainter(self), tokens()
        painter.fillRect(self.rect(), QColor(table.surface))
        edge = self.height() - 1 if self._above else 0
        painter.fillRect(QRectF(0, edge, self.width(), 1), QColor(table.line))


class ApplicantWindow(QWidget):
    """The second window.

    Signals:
        chosen: the code of a bank.
        answered: the choice is made.
        cleared: the signature is to be written anew.
        agreed: the applicant agrees to what was signed.
        spoken: another language.
        left_alone: nobody touched anything for 90 s.
    """

    chosen = Signal(str)
    answered = Signal()
    cleared = Signal()
    agreed = Signal()
    spoken = Signal(str)
    left_alone = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("applicant_window")
        self.resize(1366, 768)
        self._state = ApplicantState()
        self._scale = _SCALES[0]
        self._buttons: list[ChoiceButton] = []
        self._sized: list[tuple[QLabel, int, bool]] = []
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._top())
        whole.addWidget(self._middle(), 1)
        whole.addWidget(self._bottom())
        self.ring = FocusRing(self)
        self._alone = QTimer(self)
        self._alone.setSingleShot(True)
        self._alone.timeout.connect(self.left_alone)
        self.show_state(self._state)

    def show_state(self, state: ApplicantState) -> None:
        """Show the window."""
        self._state = state
        asks, consents = state.question is Question.BANK, state.question is Question.CONSENT
        self._point.set_words(state.service_point)
        self._window.set_words(state.window)
        self._person.setVisible(bool(state.name) and not (consents and self.consent.small))
        self._name.set_words(state.name)
        self._facts.set_words(state.facts)
        self._number.set_words(say("applicant.number", number=state.number))
        key = _KEYS[state.question]
        title = state.consent.title if state.consent is not None else ""
        self._question.setFont(large(_TITLE if consents else _QUESTION, medium=True, scale=self._scale))
        self._question.set_words(title if consents else say(f"applicant.{key}"))
        self._question_note.set_words(say(f"applicant.{key}_note"))
        self._question_note.setVisible(not consents)  # the words say it themselves, and need the room
        self.consent.show_state(state.consent if consents else None, self._scale)
        self._info.setVisible(asks)
        self._foot.setVisible(asks or consents)
        self._clear.setVisible(consents)
        self._show_banks(state)
        if state.consent is not None:
            self._show_signing(state.consent)
        else:
            self._show_choosing(state)
        if state.name:
            if not self._alone.isActive():
                self._alone.start(CLEARED_AFTER_S * 1000)
        else:
            self._alone.stop()

    def _show_signing(self, consent: ConsentState) -> None:
        by_pad = consent.way == "pad"
        self._clear.setEnabled(bool(consent.strokes.lines))
        self._clear.setVisible(by_pad)
        self._answer.setVisible(by_pad)
        self._answer.setEnabled(consent.strokes.enough)
        self._answer.show_words(say("applicant.agree"))
        self._how.set_words(say("applicant.how_sign" if by_pad else "applicant.how_paper"))
        self._how_note.hide()

    def _show_choosing(self, state: ApplicantState) -> None:
        self._answer.setVisible(True)
        self._answer.setEnabled(bool(state.chosen))
        answer: Words = say("applicant.answer", bank=state.chosen) if state.chosen else say("applicant.answer_none")
        self._answer.show_words(answer)
        done = state.answered and bool(state.chosen)
        self._how.set_words(say("applicant.answered", bank=state.chosen) if done else say("applicant.how"))
        self._how_note.show()
        self._how_note.set_words(say("applicant.answered_note" if done else "applicant.how_note"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._state.consent is not None:
            self.show_state(self._state)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.installEventFilter(self)  # keys of the clerk count, too

    def hideEvent(self, event: QHideEvent) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.removeEventFilter(self)
        super().hideEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHES and self._alone.isActive():
            self._alone.start(CLEARED_AFTER_S * 1000)
        return False

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._language.show_words(say("applicant.language"))
            self._clear.show_words(say("applicant.clear"))
            self._larger.show_words(say("applicant.larger" if self._scale == _SCALES[0] else "applicant.smaller"))
            self.show_state(self._state)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), QColor(tokens().bg))

    def _label(self, words: Words, size: int, ink: str = "ink", *, medium: bool = False, name: str = "") -> Label:
        made = Label(words, ink=ink, wrap=True, name=name)
        made.setFont(large(size, medium=medium, scale=self._scale))
        self._sized.append((made, size, medium))
        return made

    def _top(self) -> QWidget:
        bar = _Bar(72, above=True)
        self._point = self._label("", 18, medium=True, name="point")
        self._window = self._label("", 18, "ink2", name="counter")
        place = QVBoxLayout()
        place.setSpacing(0)
        place.addStretch(1)
        place.addWidget(self._point)
        place.addWidget(self._window)
        place.addStretch(1)
        self._language = ActionButton(name="applicant_language", icon="language", quiet=True)
        self._language.show_words(say("applicant.language"))
        self._language.clicked.connect(self._speak)
        self._larger = ActionButton(name="applicant_larger", quiet=True)
        self._larger.show_words(say("applicant.larger"))
        self._larger.clicked.connect(self._grow)
        bar.row.addWidget(Picture("desk", 40, "accent"))
        bar.row.addLayout(place, 1)
        bar.row.addWidget(self._language)
        bar.row.addWidget(self._larger)
        return bar

    def _middle(self) -> QWidget:
        place = QWidget()
        column = QVBoxLayout(place)
        column.setContentsMargins(_MARGIN, 16, _MARGIN, 8)
        column.setSpacing(6)
        column.addWidget(self._person_card())
        column.addSpacing(4)
        self._question = self._label("", 40, medium=True, name="question")
        self._question_note = self._label("", 20, "ink2", name="question_note")
        column.addWidget(self._question)
        column.addWidget(self._question_note)
        column.addSpacing(8)
        self.consent = ConsentArea()
        column.addWidget(self.consent, 100)
        self._grid = QGridLayout()
        self._grid.setSpacing(20)
        column.addLayout(self._grid)
        column.addSpacing(12)
        self._info = Card(ground="sunken", edge="sunken", margin=12, name="info")
        self._info.column.setSpacing(0)
        self._info.column.addWidget(self._label(say("applicant.info"), 18))
        self._info.column.addWidget(self._label(say("applicant.info_note"), 18, "ink2"))
        column.addWidget(self._info)
        column.addStretch(1)
        return place

    def _person_card(self) -> QWidget:
        self._person = Card(margin=10, name="person_card")
        self._name = self._label("", 24, medium=True, name="applicant_name")
        self._facts = self._label("", 18, "ink2", name="applicant_facts")
        self._number = self._label("", 18, "ink2", name="applicant_number")
        matter = QVBoxLayout()
        matter.setSpacing(0)
        matter.addWidget(self._label(say("applicant.matter"), 18, "ink2"))
        matter.addWidget(self._label(say("applicant.first_card"), 18, medium=True))
        row, lines = QHBoxLayout(), QVBoxLayout()
        row.setSpacing(20)
        lines.setSpacing(2)
        first = QHBoxLayout()
        first.setSpacing(16)
        self._name.setWordWrap(False)
        self._name.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        first.addWidget(self._name)
        first.addWidget(self._facts, 1)
        lines.addLayout(first)
        lines.addWidget(self._number)
        row.addWidget(Picture("user_circle", 40, "ink2"))
        row.addLayout(lines, 3)
        row.addLayout(matter, 1)
        self._person.column.addLayout(row)
        return self._person

    def _bottom(self) -> QWidget:
        self._foot = _Bar(100, above=False)
        self._how = self._label("", 20, medium=True, name="how")
        self._how_note = self._label("", 18, "ink2", name="how_note")
        lines = QVBoxLayout()
        lines.setSpacing(2)
        lines.addStretch(1)
        lines.addWidget(self._how)
        lines.addWidget(self._how_note)
        lines.addStretch(1)
        self._answer = ActionButton(name="answer", icon="check")
        self._answer.clicked.connect(self._answered)
        self._clear = ActionButton(name="clear_signature", quiet=True)
        self._clear.show_words(say("applicant.clear"))
        self._clear.clicked.connect(self.cleared)
        self._foot.row.addLayout(lines, 1)
        self._foot.row.addWidget(self._clear)
        self._foot.row.addWidget(self._answer)
        return self._foot

    def _show_banks(self, state: ApplicantState) -> None:
        if [button.code for button in self._buttons] != [bank.code for bank in state.banks]:
            for button in self._buttons:
                end_widget(button)
            self._buttons = [ChoiceButton(bank.code) for bank in state.banks]
            for at, button in enumerate(self._buttons):
                button.clicked.connect(lambda _=False, code=button.code: self.chosen.emit(code))
                self._grid.addWidget(button, at // 3, at % 3)
            for column in range(3):
                self._grid.setColumnStretch(column, 1)
        for button, bank in zip(self._buttons, state.banks, strict=True):
            button.show_bank(bank, self._scale)
        here = next((button for button in self._buttons if button.isChecked()), None) or next(iter(self._buttons), None)
        if here is not None and not any(button.hasFocus() for button in (*self._buttons, self._answer)):
            here.setFocus()

    def _answered(self) -> None:
        """The one action: the choice is made, or the signature stands."""
        (self.agreed if self._state.question is Question.CONSENT else self.answered).emit()

    def _speak(self) -> None:
        other = ENGLISH if language() == SIMPLIFIED_CHINESE else SIMPLIFIED_CHINESE
        speak(other)
        self.spoken.emit(str(other))

    def _grow(self) -> None:
        self._scale = _SCALES[1] if self._scale == _SCALES[0] else _SCALES[0]
        for label, size, medium in self._sized:
            label.setFont(large(size, medium=medium, scale=self._scale))
        self._larger.show_words(say("applicant.larger" if self._scale == _SCALES[0] else "applicant.smaller"))
        self.show_state(self._state)
