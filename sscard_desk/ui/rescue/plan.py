"""The left half of the rescue's card: what will happen, step by step, and where it is."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sscard_desk.ui.fonts import MEDIUM, Role
from sscard_desk.ui.rescue.state import PATH, Stage
from sscard_desk.ui.states import Mark
from sscard_desk.ui.theme import measure
from sscard_desk.ui.widgets.label import Label
from sscard_desk.ui.widgets.paint import left_half
from sscard_desk.ui.widgets.state_mark import StateMark
from sscard_desk.ui.words import say


class Plan(QWidget):
    """Three steps, each with its mark, its name and one sentence."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("rescue_plan")
        self._column = column = QVBoxLayout(self)
        column.setSpacing(0)
        column.addWidget(Label(say("rescue.title"), Role.AREA, wrap=True, name="rescue_title"))
        column.addSpacing(measure.GRID)
        self._intro = Label(say("rescue.intro"), ink="ink2", wrap=True, name="rescue_intro")
        column.addWidget(self._intro)
        column.addSpacing(measure.MARGIN)
        self._marks: dict[Stage, tuple[StateMark, Label]] = {}
        for number, stage in enumerate(PATH, 1):
            column.addLayout(self._step(number, stage))
            column.addSpacing(measure.GAP)
        column.addStretch(1)
        self.set_compact(compact=False)

    def show_stage(self, stage: Stage) -> None:
        """Mark the steps that are done, and the one that is at hand."""
        at = len(PATH) if stage is Stage.DONE else PATH.index(stage) if stage in PATH else -1
        for number, (mark, name) in enumerate(self._marks.values()):
            mark.set_mark(Mark.OK if number < at else Mark.BUSY if number == at else Mark.TODO)
            name.set_type(Role.BODY, MEDIUM if number == at else None)
            name.set_ink("ink" if number <= at else "ink2")

    def set_compact(self, *, compact: bool) -> None:
        """Take less room where the window is low."""
        side = 20 if compact else 32
        self._column.setContentsMargins(side, 16 if compact else 32, side, 16)

    def paintEvent(self, event: QPaintEvent) -> None:
        left_half(QPainter(self), QRectF(self.rect()))

    def _step(self, number: int, stage: Stage) -> QHBoxLayout:
        mark, name = (
            StateMark(Mark.TODO, 20),
            Label(say(f"rescue.{stage.value}"), wrap=True, name=f"plan_{stage.value}"),
        )
        lines = QVBoxLayout()
        lines.setSpacing(2)
        lines.addWidget(name)
        lines.addWidget(Label(say(f"rescue.{stage.value}_note"), Role.LABEL, "ink2", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(12)
        for widget in (Label(str(number), Role.TITLE, "ink2"), mark):
            column = QVBoxLayout()
            column.addWidget(widget)
            column.addStretch(1)
            row.addLayout(column)
        row.addLayout(lines, 1)
        self._marks[stage] = (mark, name)
        return row
