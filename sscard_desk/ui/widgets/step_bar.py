"""The path of an application: eight equal parts, each with its state and result."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from sscard_desk.ui.fonts import MEDIUM, SEMIBOLD, Role, font
from sscard_desk.ui.language import text
from sscard_desk.ui.states import Mark, StepState
from sscard_desk.ui.theme import measure, tokens
from sscard_desk.ui.widgets.paint import rule, words
from sscard_desk.ui.widgets.state_mark import paint_mark

_DISC = 24.0
_NAMED = 92  # px from which a part shows its name


class StepPart(QAbstractButton):
    """One step. It can be pressed where it can be looked at."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._state = StepState(number, "")
        self.setObjectName(f"step_{number}")
        self.setProperty("ring", "inside")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    @property
    def state(self) -> StepState:
        """What is shown."""
        return self._state

    def show_state(self, state: StepState) -> None:
        """Show another state of this step; the same one costs nothing."""
        if state == self._state:
            return
        self._state = state
        self.setEnabled(state.reachable or state.current)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if self.isEnabled() else Qt.FocusPolicy.NoFocus)
        self._say()

    def sizeHint(self) -> QSize:
        return QSize(100, measure.STEP_BAR)

    def minimumSizeHint(self) -> QSize:
        return QSize(40, measure.STEP_BAR)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._say()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, table, state = QPainter(self), tokens(), self._state
        rect = QRectF(self.rect())
        if state.current:
            painter.fillRect(rect, QColor(table.accent_tint))
            painter.fillRect(QRectF(0, rect.height() - 3, rect.width(), 3), QColor(table.accent))
        elif self.underMouse() and self.isEnabled():
            painter.fillRect(rect.adjusted(0, 0, 0, -1), QColor(table.sunken))
        self._disc(painter, QRectF(10, (rect.height() - _DISC) / 2, _DISC, _DISC))
        if self.width() < _NAMED and not state.current:
            return
        ink = table.accent if state.current else table.ink if state.mark is not Mark.TODO else table.ink2
        face = font(Role.BODY, SEMIBOLD if state.current else MEDIUM if state.mark is not Mark.TODO else None)
        place = rect.adjusted(42, 0, 0, 0)
        note = text(state.note)
        if not note:
            words(painter, place, text(state.name), face, ink)
            return
        words(painter, QRectF(42, 8, rect.width() - 44, 22), text(state.name), face, ink)
        words(painter, QRectF(42, 28, rect.width() - 44, 18), note, font(Role.NOTE), table.ink2)

    def _disc(self, painter: QPainter, place: QRectF) -> None:
        table, state = tokens(), self._state
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not state.current and state.mark is not Mark.TODO:
            paint_mark(painter, place, state.mark)
            return
        edge = table.accent if state.current else table.line2
        painter.setPen(QPen(QColor(edge), 1.5))
        painter.setBrush(QColor(table.accent) if state.current else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(place.adjusted(0.75, 0.75, -0.75, -0.75))
        ink = table.on if state.current else table.ink2
        words(painter, place, str(state.number), font(Role.LABEL, SEMIBOLD), ink, Qt.AlignmentFlag.AlignHCenter)

    def _say(self) -> None:
        said = f"{self._state.number} {text(self._state.name)} {text(self._state.note)}".strip()
        self.setAccessibleName(said)
        self.setToolTip(said if self.width() < _NAMED else "")
        self.update()


class StepBar(QWidget):
    """The eight parts. `chosen` tells the number of the step that the user wants to see."""

    chosen = Signal(int)

    def __init__(self, count: int = 8) -> None:
        super().__init__()
        self.setObjectName("step_bar")
        self.setFixedHeight(measure.STEP_BAR)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(0)
        self.parts = tuple(StepPart(number) for number in range(1, count + 1))
        for part in self.parts:
            row.addWidget(part, 1)
            part.clicked.connect(lambda _=False, number=part.state.number: self.chosen.emit(number))

    def show_states(self, states: tuple[StepState, ...]) -> None:
        """Show the path as it is now."""
        for part, state in zip(self.parts, states, strict=True):
            part.show_state(state)
        self._share()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        numbers_only = self.width() < len(self.parts) * (_NAMED + 16)
        for at, part in enumerate(self.parts):
            self._row.setStretch(at, 3 if part.state.current and numbers_only else 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        rule(QPainter(self), 0, self.width(), self.height() - 1)
