"""The page of a card's face: the face as it is printed at the left, printer and prints at the right."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from sscard_desk.ui.card_face.state import FaceState
from sscard_desk.ui.fonts import SEMIBOLD, Role
from sscard_desk.ui.parts.reprint_bar import ReprintBar
from sscard_desk.ui.parts.sheet_view import SheetView
from sscard_desk.ui.parts.step_page import StepPage
from sscard_desk.ui.states import Mark, PanelLine
from sscard_desk.ui.theme import measure
from sscard_desk.ui.widgets.banner import Banner
from sscard_desk.ui.widgets.button import Button
from sscard_desk.ui.widgets.card import Card
from sscard_desk.ui.widgets.label import Label
from sscard_desk.ui.widgets.panel_rows import PanelRow
from sscard_desk.ui.widgets.segments import Segments
from sscard_desk.ui.words import say

_OFF, _ON = "off", "on"


class FaceView(StepPage):
    """The page of a card's face.

    Signals:
        marks: whether registration marks are printed.
        trial: print a trial card.
    """

    marks = Signal(bool)
    trial = Signal()

    def __init__(self) -> None:
        self._columns = QHBoxLayout()
        super().__init__(say("card_face.title"), name="card_face_page")
        self._asked = False
        self._notice = Banner(Mark.TODO, "", name="face_notice")
        self.reprint = ReprintBar("face_reprint")
        self._trial = Button(say("card_face.trial"), icon="printer", name="face_trial")
        self._trial.clicked.connect(self.trial)
        self.head_right.addWidget(self._trial)
        self._columns.setSpacing(measure.GAP)
        self._columns.addWidget(self._left(), 5)
        self._columns.addWidget(self._right(), 3)
        self.body.addWidget(self._notice)
        self.body.addWidget(self.reprint)
        self.body.addLayout(self._columns, 1)
        self.set_head(say("card_face.title"), say("card_face.head"))

    def show_state(self, state: FaceState) -> None:
        """Show the page."""
        self._notice.show_state(state.notice_mark, state.notice, state.notice_note)
        self._sheet.show_page(state.page)
        self._marks.set_chosen(_ON if state.marks else _OFF)
        self._marks.setEnabled(not state.busy)
        self._trial.setEnabled(not state.busy)
        _show(self._facts, self._fact_rows, state.facts)
        _show(self._prints, self._print_rows, state.printed)
        self._prints.setVisible(bool(state.printed))
        came = self.reprint.show_ask(state.ask)
        self.show_action(state.action)
        if came:
            self.want_focus(self.reprint.reason)
        elif state.ask is None:
            self.want_focus(self.foot.primary if state.action.enabled else self.foot.back_button)
        self.settle_focus()

    def fit(self, *, compact: bool) -> None:
        super().fit(compact=compact)
        way = QBoxLayout.Direction.TopToBottom if compact else QBoxLayout.Direction.LeftToRight
        self._columns.setDirection(way)

    def _left(self) -> QWidget:
        card = Card(ground="sunken", name="face_card")
        self._sheet = SheetView(name="face")
        self._sheet.setAccessibleName("face")
        self._sheet.setMinimumHeight(220)
        self._marks = Segments(
            ((_OFF, say("card_face.no_marks"), ""), (_ON, say("card_face.with_marks"), "")), name="face_marks"
        )
        self._marks.chosen.connect(lambda key: self.marks.emit(key == _ON))
        card.column.addWidget(self._sheet, 1)
        card.column.addWidget(self._marks)
        return card

    def _right(self) -> QWidget:
        place = QWidget()
        column = QVBoxLayout(place)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(measure.GRID)
        self._facts, self._prints = Card(name="face_facts"), Card(name="face_prints")
        self._fact_rows: list[PanelRow] = []
        self._print_rows: list[PanelRow] = []
        self._facts.column.addWidget(Label(say("card_face.facts"), Role.LABEL, weight=SEMIBOLD))
        self._prints.column.addWidget(Label(say("card_face.prints"), Role.LABEL, weight=SEMIBOLD))
        column.addWidget(self._facts)
        column.addWidget(self._prints)
        column.addStretch(1)
        return place


def _show(card: Card, rows: list[PanelRow], lines: tuple[PanelLine, ...]) -> None:
    while len(rows) < len(lines):
        rows.append(PanelRow(lines[len(rows)]))
        card.column.addWidget(rows[-1])
    for at, row in enumerate(rows):
        row.setVisible(at < len(lines))
        if at < len(lines):
            row.show_line(lines[at])
