"""Everything that is known of one waiting application."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from sscard_desk.ui.fonts import MEDIUM, SEMIBOLD, Role, font
from sscard_desk.ui.language import text
from sscard_desk.ui.sign.stroke_pad import paint_strokes
from sscard_desk.ui.sign_off.state import ChangeLine, Detail, ExceptionLine, FactLine, SignedLine
from sscard_desk.ui.states import ChipState, HistoryLine, Mark
from sscard_desk.ui.theme import measure, tokens
from sscard_desk.ui.widgets.banner import Banner
from sscard_desk.ui.widgets.card import Card
from sscard_desk.ui.widgets.chip import Chip
from sscard_desk.ui.widgets.ending import end_widget
from sscard_desk.ui.widgets.label import Label
from sscard_desk.ui.widgets.paint import rule, words
from sscard_desk.ui.widgets.portrait import Portrait
from sscard_desk.ui.widgets.state_mark import StateMark
from sscard_desk.ui.words import Words, say

_LABEL = 96
_STEPS_IN_ROW = 9


class _Title(QWidget):
    """A section's title with a rule and a chip at its end."""

    def __init__(self, title: Words, chip: ChipState | None) -> None:
        super().__init__()
        self.setFixedHeight(28)
        self._label = Label(title, Role.LABEL, "ink2", weight=SEMIBOLD)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._label)
        row.addStretch(1)
        self._chip = Chip(chip) if chip is not None else None
        if self._chip is not None:
            row.addWidget(self._chip)

    def paintEvent(self, event: QPaintEvent) -> None:
        end = self._chip.x() - 8 if self._chip is not None else self.width()
        rule(QPainter(self), self._label.geometry().right() + 10, end, self.height() // 2)


class _Signature(Card):
    def __init__(self, line: SignedLine) -> None:
        super().__init__(margin=8, name="signature_card")
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(Label(line.party, Role.LABEL, weight=MEDIUM))
        head.addWidget(Label(line.name, Role.LABEL, "ink2"))
        head.addStretch(1)
        head.addWidget(StateMark(line.mark, 14))
        head.addWidget(Label(line.word, Role.NOTE, "ink2"))
        self.column.setSpacing(4)
        self.column.addLayout(head)
        self.column.addWidget(_Strokes(line), 1)


class _Strokes(QWidget):
    def __init__(self, line: SignedLine) -> None:
        super().__init__()
        self._line = line
        self.setMinimumHeight(44)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, table, rect = QPainter(self), tokens(), QRectF(self.rect())
        if self._line.strokes.lines:
            paint_strokes(painter, rect, self._line.strokes, table.ink, 1.6)
        else:
            centre = Qt.AlignmentFlag.AlignHCenter
            words(painter, rect, text(self._line.place), font(Role.LABEL), table.ink2, centre)


class DetailView(QWidget):
    """Built anew for each application; a supervisor looks at a few a minute."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("detail")
        self._detail: Detail | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._content: QWidget | None = None

    def show_detail(self, detail: Detail | None) -> None:
        """Show an application, or nothing."""
        if detail == self._detail and self._content is not None:
            return
        self._detail = detail
        if self._content is not None:
            end_widget(self._content)
        self._content = _content(detail) if detail is not None else QWidget()
        self._column.addWidget(self._content)


def _content(detail: Detail) -> QWidget:
    content = QWidget()
    column = QVBoxLayout(content)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    column.addLayout(_head(detail))
    done = ChipState(say("sign_off.differences_done"), Mark.OK, name="differences_done")
    same = ChipState(say("sign_off.differences_none"), Mark.OK, name="differences_done")
    column.addWidget(_Title(say("sign_off.differences"), done if detail.changes else same))
    column.addLayout(_changes(detail.changes))
    if detail.exceptions:
        column.addWidget(_exceptions(detail.exceptions))
    complete = all(line.mark is Mark.OK for line in detail.materials)
    words_ = say("sign_off.materials_done" if complete else "sign_off.materials_missing")
    chip = ChipState(words_, Mark.OK if complete else Mark.WARN, name="materials_done")
    column.addWidget(_Title(say("sign_off.materials"), chip))
    column.addLayout(_facts(detail.materials))
    valid = all(line.mark is not Mark.WARN for line in detail.signatures)
    bound = ChipState(say("sign_off.bound", digest=detail.digest), Mark.OK if valid else Mark.WARN, name="bound")
    column.addWidget(_Title(say("sign_off.signatures"), bound))
    signatures = QHBoxLayout()
    signatures.setSpacing(12)
    for line in detail.signatures:
        signatures.addWidget(_Signature(line), 1)
    column.addLayout(signatures, 1)
    column.addWidget(_Title(say("sign_off.history"), None))
    column.addLayout(_history(detail.history))
    return content


def _head(detail: Detail) -> QHBoxLayout:
    portrait = Portrait()
    portrait.show_picture(detail.portrait)
    first, chips, lines, head = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(), QHBoxLayout()
    first.setSpacing(12)
    first.addWidget(Label(detail.name, Role.AREA, name="detail_name"))
    first.addWidget(Label(detail.number, ink="ink2", name="detail_number"))
    first.addStretch(1)
    first.addWidget(Label(detail.application_no, weight=MEDIUM, name="detail_application"))
    chips.setSpacing(8)
    for chip in detail.chips:
        chips.addWidget(Chip(chip))
    chips.addStretch(1)
    lines.setSpacing(2)
    lines.addLayout(first)
    lines.addWidget(Label(detail.facts, ink="ink2", wrap=True))
    lines.addWidget(Label(detail.taken_in, Role.LABEL, "ink2"))
    lines.addLayout(chips)
    head.setSpacing(16)
    head.addWidget(portrait, alignment=Qt.AlignmentFlag.AlignTop)
    head.addLayout(lines, 1)
    return head


def _changes(changes: tuple[ChangeLine, ...]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(10)
    grid.setVerticalSpacing(4)
    grid.setColumnMinimumWidth(0, _LABEL - 10)
    grid.setColumnStretch(1, 1)
    grid.setColumnStretch(3, 1)
    struck = QFont(font(Role.BODY))
    struck.setStrikeOut(True)
    for row, line in enumerate(changes):
        old = Label(line.old, ink="ink2", wrap=True)
        old.setFont(struck)
        grid.addWidget(Label(line.field, ink="ink2"), row, 0)
        grid.addWidget(old, row, 1)
        grid.addWidget(Label("→", ink="ink2"), row, 2)
        grid.addWidget(Label(line.new, weight=SEMIBOLD, wrap=True), row, 3)
        grid.addWidget(Label(line.note, Role.LABEL, "ink2"), row, 4, Qt.AlignmentFlag.AlignRight)
    return grid


def _exceptions(lines: tuple[ExceptionLine, ...]) -> QWidget:
    place = QWidget()
    place.setObjectName("exceptions")
    column = QVBoxLayout(place)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    for line in lines:
        column.addWidget(Banner(Mark.WARN, line.title, line.words, name="granted"))
    return place


def _facts(facts: tuple[FactLine, ...]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(10)
    grid.setVerticalSpacing(4)
    grid.setColumnMinimumWidth(0, _LABEL - 10)
    grid.setColumnStretch(1, 1)
    for row, line in enumerate(facts):
        grid.addWidget(Label(line.name, ink="ink2"), row, 0)
        grid.addWidget(Label(line.value, wrap=True), row, 1)
        grid.addWidget(StateMark(line.mark, 16), row, 2)
        grid.addWidget(Label(line.verdict, Role.LABEL, "ink2"), row, 3)
    return grid


def _history(lines: tuple[HistoryLine, ...]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(measure.GAP)
    grid.setVerticalSpacing(2)
    for at, line in enumerate(lines[-_STEPS_IN_ROW:]):
        grid.addWidget(Label(f"{line.when:%H:%M}", Role.LABEL, "ink2"), 0, at)
        grid.addWidget(Label(line.words, Role.LABEL, wrap=True), 1, at, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(at, 1)
    return grid
