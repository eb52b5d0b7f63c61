"""The photo page: live picture, rules, shots."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from sscard_desk.ports.camera import Adjustment
from sscard_desk.ui.fonts import SEMIBOLD, Role
from sscard_desk.ui.keys import Act
from sscard_desk.ui.language import text
from sscard_desk.ui.parts.locked_bar import LockedBar
from sscard_desk.ui.parts.step_page import StepPage
from sscard_desk.ui.photo.camera_bar import CameraBar
from sscard_desk.ui.photo.live_picture import LivePicture
from sscard_desk.ui.photo.question_row import QuestionRow
from sscard_desk.ui.photo.rule_list import RuleList
from sscard_desk.ui.photo.shot_card import Room, ShotCard
from sscard_desk.ui.photo.state import PhotoState, Source
from sscard_desk.ui.photo_sources.strip import OF_THE_CAMERA, source_segments
from sscard_desk.ui.states import Mark
from sscard_desk.ui.theme import measure
from sscard_desk.ui.widgets.banner import Banner
from sscard_desk.ui.widgets.button import Button, Kind
from sscard_desk.ui.widgets.ending import end_widget
from sscard_desk.ui.widgets.label import Label
from sscard_desk.ui.words import Words, say

_ROOMY = 3  # shots that fit in full height
_HIGH_ENOUGH = 540  # px of page for that
_FEWEST = 4  # rules that are not met and fit in a small window
_TINY_BELOW = 420  # px of page below which only picture, number and mark of a shot are seen


class PhotoView(StepPage):
    """The photo page.

    Signals:
        shoot: make a portrait of the newest frame.
        chosen: the number of a shot.
        drop: throw the chosen shot away.
        source: camera or file.
        elsewhere: another source, which has a page of its own.
        file: path of a picture file.
        auto: whether it shoots by itself.
        again: open the camera again.
        change: open signed content again.
        answered: the clerk's answer to the question, yes as True.
        camera_changed: another camera is wanted.
        adjusted: what is asked of the camera.
    """

    shoot = Signal()
    chosen = Signal(int)
    drop = Signal()
    source = Signal(str)
    elsewhere = Signal(str)
    file = Signal(str)
    auto = Signal(bool)
    again = Signal()
    change = Signal()
    exempt = Signal()
    answered = Signal(bool)
    camera_changed = Signal()
    adjusted = Signal(str)

    def __init__(self) -> None:
        super().__init__(say("photo_page.title"), name="photo_page")
        self._cards: list[ShotCard] = []
        self._state = PhotoState()
        self._tiny = False
        self._sources = source_segments()
        self._sources.chosen.connect(self._choose_source)
        self.head_right.addWidget(self._sources)
        self._locked = LockedBar()
        self._locked.change.connect(self.change)
        self._picture, self._rules = LivePicture(), RuleList()
        self._advice = Banner(Mark.OK, "", name="advice")
        self._shoot = Button(say("photo_page.shoot"), key="F7", icon="camera", name="shoot")
        self._shoot.clicked.connect(self.shoot)
        self._open = Button(say("photo_page.choose_file"), key="F7", icon="folder", name="choose_file")
        self._open.clicked.connect(self._ask_file)
        self._exempt = Button(say("photo_page.exempt"), icon="user", name="exempt")
        self._exempt.clicked.connect(self.exempt)
        self._exempt.hide()
        self.foot.extra.addWidget(self._exempt)
        self._auto = Button(say("photo_page.auto"), name="auto", mark=Mark.TODO, key="A")
        self._auto.clicked.connect(lambda: self.auto.emit(not self._state.auto))
        self._question, self._bar = QuestionRow(), CameraBar()
        self._question.answered.connect(self.answered)
        self._other = Button(say("photo_page.other"), Kind.QUIET, name="other_camera", key="C")
        self._other.clicked.connect(self.camera_changed)
        self._bar.adjusted.connect(self.adjusted)
        columns = QHBoxLayout()
        columns.setSpacing(measure.GAP)
        columns.addWidget(self._left(), 9)
        columns.addWidget(self._middle(), 6)
        columns.addWidget(self._right(), 4)
        self.body.addWidget(self._locked)
        self.body.addLayout(columns, 1)
        self._letters = {
            Qt.Key.Key_N: self._question.no,
            Qt.Key.Key_Y: self._question.yes,
            Qt.Key.Key_A: self._auto,
            Qt.Key.Key_C: self._other,
            Qt.Key.Key_L: self._bar.buttons[Adjustment.LIGHTER],
            Qt.Key.Key_D: self._bar.buttons[Adjustment.DARKER],
            Qt.Key.Key_0: self._bar.buttons[Adjustment.AUTOMATIC],
            Qt.Key.Key_F: self._bar.buttons[Adjustment.FOCUS],
        }
        self.want_focus(self._shoot)

    def show_state(self, state: PhotoState) -> None:
        """Show the page."""
        self._state = state
        by_camera = state.source is Source.CAMERA
        self._sources.set_chosen(state.source.value)
        self._locked.show_reason(state.locked, can_unlock=state.can_unlock)
        closed = "photo_page.camera_closed" if state.locked else "photo_page.waiting"
        waiting = say(closed) if by_camera else say("photo_page.file_hint")
        self._picture.show_live(state.live, state.trouble or waiting, state.camera_name)
        self._show_advice(state)
        self._advice.setVisible(by_camera and bool(state.advice or state.trouble))
        self._rules.show_lines(state.rules)
        self._rules_count.set_words(
            say("photo_page.rules_fit", fit=state.fits, all=len(state.rules)) if state.rules else ""
        )
        self._question.show_state(state.question, state.covered, usable=not state.locked)
        self._bar.show_state(state)
        self._other.setVisible(by_camera and state.other_cameras)
        self._other.setEnabled(by_camera and state.other_cameras and not state.locked)
        self._shoot.setVisible(by_camera)
        self._auto.setVisible(by_camera)
        self._exempt.setVisible(state.exempt)
        self._open.setVisible(not by_camera)
        usable = not state.locked and not state.busy
        self._shoot.setEnabled(usable and state.live is not None)
        self._open.setEnabled(usable)
        self._auto.set_mark(Mark.OK if state.auto else Mark.TODO)
        self._wanted = self._shoot if by_camera else self._open
        self._show_shots(state)
        self.show_action(state.action)
        self.settle_focus()

    def _show_advice(self, state: PhotoState) -> None:
        """Say one thing in the banner; in a small window without the second line."""
        note: Words = "" if self._tiny else state.trouble_note if state.trouble else state.advice_note
        if state.trouble:
            self._advice.show_state(Mark.ERR, state.trouble, note, say("photo_page.again"), "F5")
        else:
            self._advice.show_state(state.advice_mark, state.advice or say("photo_page.waiting"), note)

    def on_key(self, act: Act) -> bool:
        if act is Act.SHOOT:
            (self._shoot if self._state.source is Source.CAMERA else self._open).click()
            return True
        if act is Act.AGAIN:
            self.again.emit()
            return True
        return super().on_key(act)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, plain = event.key(), not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and Qt.Key.Key_1 <= key <= Qt.Key.Key_6:
            self.chosen.emit(key - Qt.Key.Key_0)
        elif key == Qt.Key.Key_Delete:
            self.drop.emit()
        elif plain and (button := self._letters.get(Qt.Key(key))) is not None and button.isEnabled():
            button.click()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        tiny = self._tiny = self.height() < _TINY_BELOW
        self._picture.set_low(low=tiny)
        self._bar.set_low(low=tiny)
        self._show_advice(self._state)
        self._rules.set_few(few=tiny, most=_FEWEST)
        self._fit_shots()

    def _left(self) -> QWidget:
        place, column, buttons = QWidget(), QVBoxLayout(), QHBoxLayout()
        place.setLayout(column)
        column.setContentsMargins(0, 0, 0, 0)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(measure.GRID)
        column.addWidget(self._picture, 1)
        column.addWidget(self._advice)
        buttons.setSpacing(measure.GRID)
        for button in (self._shoot, self._open, self._auto):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self._other)
        column.addLayout(buttons)
        column.addWidget(self._bar)
        return place

    def _middle(self) -> QWidget:
        place, column, head = QWidget(), QVBoxLayout(), QHBoxLayout()
        place.setLayout(column)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self._rules_count = Label("", Role.LABEL, "ink2", name="rules_count")
        head.setContentsMargins(0, 0, 8, 0)
        head.addWidget(Label(say("photo_page.rules"), Role.LABEL, "ink2", weight=SEMIBOLD))
        head.addStretch(1)
        head.addWidget(self._rules_count)
        column.addLayout(head)
        column.addWidget(self._rules, 1)
        column.addWidget(self._question)
        return place

    def _right(self) -> QWidget:
        place, column, head = QWidget(), QVBoxLayout(), QHBoxLayout()
        place.setLayout(column)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(measure.GRID)
        self._shots_title = Label("", Role.LABEL, "ink2", weight=SEMIBOLD, name="shots_title")
        head.addWidget(self._shots_title)
        head.addStretch(1)
        head.addWidget(Label(say("photo_page.most"), Role.NOTE, "ink2"))
        self._none = Label(say("photo_page.no_shots"), Role.LABEL, "ink3", wrap=True)
        self._shots = QGridLayout()
        self._shots.setSpacing(measure.GRID)
        column.addLayout(head)
        column.addWidget(self._none)
        column.addLayout(self._shots)
        column.addStretch(1)
        return place

    def _show_shots(self, state: PhotoState) -> None:
        self._shots_title.set_words(say("photo_page.shots", count=len(state.shots)))
        self._none.setVisible(not state.shots)
        if [card.shot for card in self._cards] != list(state.shots):
            for card in self._cards:
                end_widget(card)
            self._cards = [ShotCard(shot) for shot in state.shots]
            for card in self._cards:
                card.clicked.connect(lambda _=False, number=card.shot.number: self.chosen.emit(number))
        self._fit_shots()
        for card in self._cards:
            card.setChecked(card.shot.number == state.chosen)

    def _fit_shots(self) -> None:
        low = len(self._cards) > _ROOMY or self.height() < _HIGH_ENOUGH
        room = Room.TINY if self.height() < _TINY_BELOW else Room.LOW if low else Room.HIGH
        columns = 2 if room is Room.TINY else 1
        for at, card in enumerate(self._cards):
            card.set_room(room)
            self._shots.addWidget(card, at // columns, at % columns)

    def _choose_source(self, key: str) -> None:
        (self.source if key in OF_THE_CAMERA else self.elsewhere).emit(key)

    def _ask_file(self) -> None:
        kinds = f"{text(say('photo_page.file_filter'))} (*.jpg *.jpeg *.png *.bmp)"
        path, _ = QFileDialog.getOpenFileName(self, text(say("photo_page.choose_file")), "", kinds)
        if path:
            self.file.emit(path)
