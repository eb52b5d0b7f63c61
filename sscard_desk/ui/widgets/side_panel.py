"""The panel at the right: portrait, what is missing (first = what blocks), due dates, history."""

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sscard_desk.ui.fonts import MEDIUM, SEMIBOLD, Role
from sscard_desk.ui.states import ChipState, HistoryLine, Mark, PanelLine, PanelState
from sscard_desk.ui.theme import measure, tokens
from sscard_desk.ui.widgets.chip import Chip
from sscard_desk.ui.widgets.label import Label
from sscard_desk.ui.widgets.paint import box, rule
from sscard_desk.ui.widgets.state_mark import StateMark
from sscard_desk.ui.words import Words, say

_WIDTH, _HEIGHT = 80, 98


def decoded(picture: bytes) -> QPixmap:
    """Return a JPEG or PNG as a picture; an empty one for bytes that are neither."""
    made = QPixmap()
    if picture:
        made.loadFromData(picture)
    return made


class Portrait(QWidget):
    """The applicant's picture in a frame, 80 x 98; an empty frame where there is none yet."""

    def __init__(self, width: int = _WIDTH, height: int = _HEIGHT) -> None:
        super().__init__()
        self._picture, self._fitted = QPixmap(), QPixmap()
        self.setObjectName("portrait")
        self.setFixedSize(width, height)

    def show_picture(self, picture: bytes) -> None:
        """Show a JPEG or PNG; bytes that are neither leave the frame empty."""
        self.show_pixmap(decoded(picture))

    def show_pixmap(self, picture: QPixmap) -> None:
        """Show a picture that is decoded already."""
        self._picture, self._fitted = picture, QPixmap()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, table, rect = QPainter(self), tokens(), QRectF(self.rect())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        box(painter, rect, fill=table.surface, border=table.line2 if table.outlined else table.line, radius=4)
        if not self._picture.isNull():
            inner = rect.adjusted(1, 1, -1, -1).toRect()
            ratio = self.devicePixelRatioF()
            wanted = inner.size() * ratio
            fitted = self._fitted
            if fitted.width() != wanted.width() and fitted.height() != wanted.height():
                fitted = self._fitted = self._picture.scaled(
                    wanted, Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation
                )
            left = (fitted.width() - inner.width() * ratio) / 2
            source = QRectF(left, 0, inner.width() * ratio, inner.height() * ratio)
            painter.drawPixmap(QRectF(inner), fitted, source)


class _Line(QWidget):
    pressed = Signal(str)

    def __init__(self, line: PanelLine) -> None:
        super().__init__()
        self._target = line.target
        mark, title = StateMark(line.mark, 16), Label(line.words, Role.LABEL, wrap=True)
        loud = line.mark in {Mark.WARN, Mark.ERR, Mark.UNKNOWN} and not line.quiet
        title.set_type(Role.BODY, MEDIUM if loud else None)
        title.set_ink("ink2" if line.quiet else "ink")
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addWidget(title)
        if line.note:
            lines.addWidget(Label(line.note, Role.LABEL, "ink2", wrap=True))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 1, 0, 1)
        row.setSpacing(8)
        beside = QVBoxLayout()
        beside.setContentsMargins(0, 4, 0, 0)
        beside.addWidget(mark)
        beside.addStretch(1)
        row.addLayout(beside)
        row.addLayout(lines, 1)
        self.setProperty("ring", "around")
        self.setAccessibleName(title.text())
        if self._target:
            self.setObjectName(f"missing_{self._target}")
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._target:
            self.pressed.emit(self._target)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._target and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.pressed.emit(self._target)
            return
        super().keyPressEvent(event)


class _Rule(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(17)

    def paintEvent(self, event: QPaintEvent) -> None:
        rule(QPainter(self), 0, self.width(), 8)


class SidePanel(QWidget):
    """272 wide; folded, a strip of portrait and count. `target_chosen` tells which missing line was pressed."""

    target_chosen = Signal(str)
    unfold_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("side_panel")
        self._state, self._folded = PanelState(), False
        self._portrait = QPixmap()
        self._content: QWidget | None = None
        self._shown: list[object] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.set_folded(folded=False)

    @property
    def folded(self) -> bool:
        """Whether only the strip is shown."""
        return self._folded

    def show_state(self, state: PanelState) -> None:
        """Show another state; a state that is the same costs nothing."""
        if state != self._state or self._content is None:
            if state.portrait != self._state.portrait:
                self._portrait = decoded(state.portrait)
            self._state = state
            if self._folded or self._content is None:
                self._rebuild()
            else:
                self._renew()

    def set_folded(self, *, folded: bool, width: int = measure.PANEL) -> None:
        """Fold to the strip or unfold to a width."""
        changed, self._folded = folded != self._folded, folded
        self.setFixedWidth(measure.PANEL_FOLDED if folded else width)
        if changed:
            self._rebuild()

    def first(self) -> QWidget | None:
        """Return the first line that can be pressed, for F6."""
        return next(
            (line for line in self.findChildren(_Line) if line.focusPolicy() is not Qt.FocusPolicy.NoFocus), None
        )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._folded:
            self.unfold_asked.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, table = QPainter(self), tokens()
        painter.fillRect(self.rect(), QColor(table.bg))
        painter.fillRect(QRectF(0, 0, 1, self.height()), QColor(table.line))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._rebuild()

    def _rebuild(self) -> None:
        if self._content is not None:
            self._content.hide()
            self._content.deleteLater()
        self._content = self._strip() if self._folded else self._full()
        self._column.addWidget(self._content)
        self._content.show()

    def _strip(self) -> QWidget:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(8, 12, 8, 12)
        if not self._portrait.isNull():
            portrait = Portrait(40, 49)
            portrait.show_pixmap(self._portrait)
            column.addWidget(portrait)
        if self._state.missing:
            column.addWidget(self._count(), alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        return content

    def _full(self) -> QWidget:
        content = QWidget()
        self._inner = QVBoxLayout(content)
        self._inner.setContentsMargins(16, 16, 16, 16)
        self._inner.setSpacing(4)
        self._inner.addStretch(1)
        self._shown = []
        self._renew()
        return content

    def _renew(self) -> None:
        """Make anew what says something else than before: head, missing, due, history."""
        state, seen = self._state, not self._portrait.isNull()  # no portrait, or one that cannot be drawn: no frame
        for at, now in enumerate(
            (
                (state.portrait, state.portrait_title, state.portrait_note, bool(state.missing)) if seen else (),
                state.missing,
                state.due,
                state.history,
            )
        ):
            if at < len(self._shown) and self._shown[at] == now:
                continue
            if at < len(self._shown):
                self._let_go(at)
            self._shown[at : at + 1] = [now]
            part = QWidget()
            column = QVBoxLayout(part)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(4)
            self._inner.insertWidget(at, part)
            if now:
                self._fill(at, column)
            part.setVisible(bool(now))

    def _let_go(self, at: int) -> None:
        item = self._inner.takeAt(at)
        old = item.widget() if item is not None else None
        if old is not None:
            old.hide()
            old.deleteLater()

    def _fill(self, at: int, column: QVBoxLayout) -> None:
        if at == 0:
            column.addLayout(self._head())
            if self._state.missing:
                column.addWidget(_Rule())
            return
        titles = (say("shell.missing"), say("shell.due"), say("shell.history"))
        if at > 1:
            column.addWidget(_Rule())
        column.addLayout(self._title(titles[at - 1], self._count() if at == 1 else None))
        if at == len(titles):
            for line in self._state.history:
                column.addLayout(_history(line))
        else:
            self._lines(column, self._state.missing if at == 1 else self._state.due)

    def _head(self) -> QHBoxLayout:
        portrait = Portrait()
        portrait.show_pixmap(self._portrait)
        lines = QVBoxLayout()
        lines.setSpacing(2)
        lines.addWidget(Label(self._state.portrait_title, Role.LABEL, weight=SEMIBOLD, wrap=True))
        lines.addWidget(Label(self._state.portrait_note, Role.LABEL, "ink2", wrap=True))
        lines.addStretch(1)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(portrait)
        head.addLayout(lines, 1)
        return head

    def _count(self) -> Chip:
        open_ = sum(line.mark is not Mark.OK for line in self._state.missing)
        return Chip(ChipState(str(open_), Mark.WARN if open_ else Mark.OK, accent=True, name="missing_count"))

    @staticmethod
    def _title(words: Words, behind: QWidget | None = None) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(Label(words, Role.LABEL, "ink2", weight=SEMIBOLD))
        if behind is not None:
            row.addWidget(behind)
        row.addStretch(1)
        return row

    def _lines(self, column: QVBoxLayout, lines: tuple[PanelLine, ...]) -> None:
        for line in lines:
            shown = _Line(line)
            shown.pressed.connect(self.target_chosen)
            column.addWidget(shown)


def _history(line: HistoryLine) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(12)
    when = Label(f"{line.when:%H:%M}", Role.LABEL, "ink2")
    row.addWidget(when, alignment=Qt.AlignmentFlag.AlignTop)
    row.addWidget(Label(line.words, Role.LABEL, "ink2", wrap=True), 1)
    return row
