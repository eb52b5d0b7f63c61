"""Long work as a list of steps with the time of each, a bar above, and what is safe to do below."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from sscard_desk.ui.fonts import MEDIUM, Role, font, text_width
from sscard_desk.ui.language import text
from sscard_desk.ui.states import Mark, ProgressStep
from sscard_desk.ui.theme import measure, tokens
from sscard_desk.ui.widgets.paint import box, words
from sscard_desk.ui.widgets.placeholder import paint_bar
from sscard_desk.ui.widgets.state_mark import colour, paint_mark
from sscard_desk.ui.words import say

_ROW, _DISC = 48, 24.0
_LEFT, _RIGHT = 52, 16  # px before and behind the words of a step
_LINE = 18  # px that a second line of a note needs


class ProgressBar(QWidget):
    """A bar of 8 px; `share` is 0 to 1."""

    def __init__(self, *, name: str = "progress_bar") -> None:
        super().__init__()
        self._share, self._mark = 0.0, Mark.BUSY
        self.setObjectName(name)
        self.setFixedHeight(8)

    def show_share(self, share: float, mark: Mark = Mark.BUSY) -> None:
        """Show how much is done."""
        self._share, self._mark = share, mark
        self.setAccessibleName(f"{share:.0%}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_bar(QPainter(self), QRectF(self.rect()), self._share, self._mark)


class _Steps(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.steps: tuple[ProgressStep, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(280, sum(self._height(step) for step in self.steps))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()  # another width breaks the notes elsewhere

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, top = QPainter(self), 0
        for at, step in enumerate(self.steps):
            self._row(painter, at, step, top)
            top += self._height(step)

    def _height(self, step: ProgressStep) -> int:
        wide = text_width(text(step.note), Role.LABEL)
        return _ROW + (_LINE if wide > self.width() - _LEFT - _RIGHT else 0)

    def _row(self, painter: QPainter, at: int, step: ProgressStep, top: int) -> None:
        table, height = tokens(), self._height(step)
        here = step.mark in {Mark.BUSY, Mark.ERR, Mark.UNKNOWN}
        if here:
            tint = (
                table.accent_tint if step.mark is Mark.BUSY else table.err_t if step.mark is Mark.ERR else table.warn_t
            )
            edge = colour(step.mark) if table.outlined else ""
            box(painter, QRectF(4, top, self.width() - 8, height), fill=tint, border=edge)
        if at + 1 < len(self.steps):
            ink = table.ok if step.mark is Mark.OK else table.line
            painter.fillRect(QRectF(27, top + 38, 2, height - 28), QColor(ink))
        disc = QRectF(16, top + 12, _DISC, _DISC)
        if step.mark is Mark.TODO:
            paint_mark(painter, disc, Mark.TODO)
            face = font(Role.LABEL, MEDIUM)
            words(painter, disc, str(at + 1), face, table.ink2, Qt.AlignmentFlag.AlignHCenter)
        else:
            paint_mark(painter, disc, step.mark)
        ink = colour(step.mark) if here else table.ink2 if step.mark is Mark.TODO else table.ink
        face = font(Role.BODY, MEDIUM if step.mark is not Mark.TODO else None)
        width = self.width() - _LEFT - _RIGHT
        words(painter, QRectF(_LEFT, top + 3, width, 22), text(step.name), face, ink)
        painter.setFont(font(Role.LABEL))
        painter.setPen(QColor(table.ink2))
        painter.drawText(QRectF(_LEFT, top + 25, width, height - 26), Qt.TextFlag.TextWordWrap, text(step.note))
        if step.seconds is not None:
            said = text(say("shell.seconds", n=f"{step.seconds:.1f}"))
            right = Qt.AlignmentFlag.AlignRight
            words(painter, QRectF(_LEFT, top + 3, width, 22), said, font(Role.LABEL), table.ink2, right)


class ProgressSteps(QWidget):
    """Bar and steps. Read by screen readers as one text."""

    def __init__(self, *, name: str = "progress") -> None:
        super().__init__()
        self.setObjectName(name)
        self._bar, self._list = ProgressBar(name=f"{name}_bar"), _Steps()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(measure.GRID * 2)
        column.addWidget(self._bar)
        column.addWidget(self._list)

    def show_steps(self, steps: tuple[ProgressStep, ...], share: float) -> None:
        """Show each step, and how much of the whole is done (0 to 1)."""
        self._list.steps = steps
        wrong = next((step.mark for step in steps if step.mark in {Mark.ERR, Mark.UNKNOWN}), None)
        done = all(step.mark is Mark.OK for step in steps)
        self._bar.show_share(share, wrong or (Mark.OK if done else Mark.BUSY))
        self._list.updateGeometry()
        self._list.update()
        self._say()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._say()
            self._list.updateGeometry()
            self._list.update()
        super().changeEvent(event)

    def _say(self) -> None:
        self.setAccessibleName("; ".join(f"{text(step.name)} {step.mark.value}" for step in self._list.steps))
