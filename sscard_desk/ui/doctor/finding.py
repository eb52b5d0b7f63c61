"""The chosen device at the right of the doctor page: heading, effect, facts, causes, what to do, history."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from sscard_desk.ui.doctor.scanner_list import ScannerRows
from sscard_desk.ui.doctor.state import DoctorState, Finding, Happened
from sscard_desk.ui.fonts import MEDIUM, SEMIBOLD, Role, font
from sscard_desk.ui.states import ChipState, Mark
from sscard_desk.ui.theme import measure, tokens
from sscard_desk.ui.widgets.banner import Banner
from sscard_desk.ui.widgets.button import Button, Kind
from sscard_desk.ui.widgets.card import Card
from sscard_desk.ui.widgets.chip import Chip
from sscard_desk.ui.widgets.ending import end_widget
from sscard_desk.ui.widgets.label import Label
from sscard_desk.ui.widgets.paint import box, rule, words
from sscard_desk.ui.widgets.section import Section
from sscard_desk.ui.widgets.state_mark import StateMark
from sscard_desk.ui.words import Words, say

_FACTS = 5


class Number(QWidget):
    """A number in a disc, filled for what is to be done, quiet for what may be."""

    def __init__(self, number: int, *, filled: bool) -> None:
        super().__init__()
        self._number, self._filled = number, filled
        self.setFixedSize(24, 24)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, table, rect = QPainter(self), tokens(), QRectF(self.rect())
        edge = table.line2 if table.outlined else ""
        box(painter, rect, fill=table.accent if self._filled else table.bg, border=edge, radius=12)
        ink = table.on if self._filled else table.ink2
        words(painter, rect, str(self._number), font(Role.LABEL, SEMIBOLD), ink, Qt.AlignmentFlag.AlignHCenter)


class _Item(QWidget):
    def __init__(self, number: int, title: Words, note: Words, *, filled: bool) -> None:
        super().__init__()
        self._filled = filled
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addWidget(Label(title, weight=MEDIUM if filled or number == 1 else None, wrap=True))
        if note:
            lines.addWidget(Label(note, Role.LABEL, "ink2", wrap=True))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 5)
        row.setSpacing(12)
        row.addWidget(Number(number, filled=filled), alignment=Qt.AlignmentFlag.AlignTop)
        row.addLayout(lines, 1)
        if not filled and number == 1:
            chip = Chip(ChipState(say("doctor.likeliest"), Mark.WARN, name="likeliest"))
            row.addWidget(chip, alignment=Qt.AlignmentFlag.AlignVCenter)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._filled:
            rule(QPainter(self), 0, self.width(), self.height() - 1)


class _Happening(QWidget):
    def __init__(self, happened: Happened) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 1, 0, 1)
        row.setSpacing(8)
        when = Label(f"{happened.when:%H:%M:%S}", Role.LABEL, "ink2")
        when.setFixedWidth(64)
        row.addWidget(when, alignment=Qt.AlignmentFlag.AlignTop)
        row.addWidget(StateMark(happened.mark, 14))
        row.addWidget(Label(happened.words, Role.LABEL, wrap=True), 1)


class FindingPart(QWidget):
    """Everything about the chosen device. `again` asks to look at it once more."""

    again = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("finding")
        self._mark, self._title = StateMark(Mark.UNKNOWN, 32), Label("", Role.AREA, wrap=True, name="finding_title")
        self._note = Label("", ink="ink2", wrap=True, name="finding_note")
        self._code = Chip(ChipState("", Mark.ERR, accent=True, name="finding_code"))
        self._effect = Banner(Mark.WARN, "", name="effect")
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(32)
        self._facts.setVerticalSpacing(0)
        self._left, self._right = QVBoxLayout(), QVBoxLayout()
        self._made: list[QWidget] = []
        self._shown: Finding | None = None
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addWidget(self._title)
        lines.addWidget(self._note)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(self._mark)
        head.addLayout(lines, 1)
        head.addWidget(self._code)
        columns = QHBoxLayout()
        columns.setSpacing(24)
        columns.addLayout(self._left, 1)
        columns.addLayout(self._right, 1)
        self._left.addStretch(1)
        self._right.addStretch(1)
        self._left.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self._effect)
        column.addLayout(self._facts)
        column.addLayout(columns)
        self.scanners = ScannerRows()
        column.addWidget(self.scanners)
        column.addStretch(1)

    def show_state(self, state: DoctorState) -> None:
        """Show the chosen device; the parts are made anew only if it says something else."""
        self.scanners.show_state(state.scanners)
        finding = state.finding
        if finding == self._shown:
            return
        self._shown = finding
        self._mark.set_mark(finding.mark)
        self._title.set_words(finding.title)
        self._note.set_words(finding.note)
        self._code.show_state(ChipState(finding.code, finding.mark, accent=True, name="finding_code"))
        self._code.setVisible(bool(finding.code))
        self._effect.show_state(Mark.WARN, finding.effect)
        self._effect.setVisible(bool(finding.effect))
        for widget in self._made:
            end_widget(widget)
        self._made = []
        self._show_facts(finding)
        self._show_causes(finding)
        self._show_steps(finding)

    def _show_facts(self, finding: Finding) -> None:
        for at, (name, value) in enumerate(finding.facts[:_FACTS]):
            self._facts.addWidget(self._keep(Label(name, Role.LABEL, "ink2")), 0, at)
            shown = Label(value, weight=MEDIUM)
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._facts.addWidget(self._keep(shown), 1, at)
        self._facts.setColumnStretch(_FACTS, 1)

    def _show_causes(self, finding: Finding) -> None:
        if finding.causes:
            self._put(self._left, Section(say("doctor.causes"), name="causes"))
            for number, cause in enumerate(finding.causes, start=1):
                self._put(self._left, _Item(number, cause.words, cause.note, filled=False))
        if finding.history:
            if finding.causes:
                room = QWidget()
                room.setFixedHeight(measure.GRID)
                self._put(self._left, room)
            self._put(self._left, Section(say("doctor.recent"), say("doctor.no_persons"), name="recent"))
            for happened in finding.history:
                self._put(self._left, _Happening(happened))

    def _show_steps(self, finding: Finding) -> None:
        again = self._again_button(finding)
        if not finding.steps:  # nothing to do: no card for a lone button, it stands below the words
            row = QWidget()
            alone = QHBoxLayout(row)
            alone.setContentsMargins(0, measure.GRID if finding.history else 0, 0, 0)
            alone.addWidget(again)
            alone.addStretch(1)
            self._put(self._left, row)
            return
        card = Card(ground="sunken", name="what_to_do")
        card.column.addWidget(Label(say("doctor.what_to_do"), Role.LABEL, "ink2", weight=MEDIUM))
        for number, (title, note) in enumerate(finding.steps, start=1):
            card.column.addWidget(_Item(number, title, note, filled=True))
        card.column.addWidget(again)
        self._put(self._right, card)

    def _again_button(self, finding: Finding) -> Button:
        kind = Kind.PRIMARY if finding.code else Kind.SECONDARY
        again = Button(say("doctor.again"), kind, key="F5", icon="refresh", name="again")
        again.clicked.connect(self.again)
        return again

    def _put(self, column: QVBoxLayout, widget: QWidget) -> None:
        column.insertWidget(column.count() - 1, self._keep(widget))

    def _keep(self, widget: QWidget) -> QWidget:
        self._made.append(widget)
        return widget
