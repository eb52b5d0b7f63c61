"""One scanned side: its picture, which side it is, whether it can be read."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from sscard_desk.domain.portrait import Preview
from sscard_desk.ui.documents.state import PageLine
from sscard_desk.ui.fonts import MEDIUM, Role, font
from sscard_desk.ui.language import text
from sscard_desk.ui.states import Mark
from sscard_desk.ui.theme import measure, tokens
from sscard_desk.ui.widgets.paint import box, words
from sscard_desk.ui.widgets.state_mark import colour, paint_mark

WIDTH, HIGH, LOW = 176, 216, 64
_FOOT = 44
_BESIDE = 128  # px of height below which the words stand beside the picture


class PageCard(QAbstractButton):
    """A card of the strip. Arrows go to another one, Shift+arrows move it, R turns it, Del drops it.

    Signals:
        gone: the focus goes so many cards further.
        moved: it goes so many places further.
        turned: a quarter clockwise.
        dropped: it is not wanted.
    """

    gone = Signal(int)
    moved = Signal(int)
    turned = Signal()
    dropped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._line = PageLine(0, "", None, Mark.TODO, "")
        self._picture = QPixmap()
        self._shown: Preview | None = None
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ring_radius", measure.RADIUS_CARD)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setFixedWidth(WIDTH)
        self.setMinimumHeight(LOW)
        self.setMaximumHeight(HIGH)

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, HIGH)

    def show_line(self, line: PageLine, *, chosen: bool) -> None:
        """Show a side."""
        self.setObjectName(f"scan_page_{line.number}")
        self._line = line
        if line.preview is not self._shown:
            self._shown = line.preview
            self._picture = _pixmap(line.preview) if line.preview else QPixmap()
        self.setChecked(chosen)
        self.setAccessibleName(f"{text(line.words)} {text(line.verdict)}")
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if by:
            (self.moved if shift else self.gone).emit(by)
        elif event.key() == Qt.Key.Key_R and not event.modifiers():
            self.turned.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.dropped.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, table, rect = QPainter(self), tokens(), QRectF(self.rect())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        chosen = self.isChecked()
        fill = table.accent_tint if chosen else table.surface
        edge = table.accent if chosen else table.line2 if table.outlined else table.line
        box(painter, rect, fill=fill, border=edge, width=2 if chosen else 1, radius=measure.RADIUS_CARD)
        low = rect.height() < _BESIDE
        room = QRectF(8, 8, 64, rect.height() - 16) if low else rect.adjusted(10, 10, -10, -_FOOT)
        if not self._picture.isNull():
            scale = min(room.width() / self._picture.width(), room.height() / self._picture.height())
            shown = QRectF(0, 0, self._picture.width() * scale, self._picture.height() * scale)
            shown.moveCenter(room.center())
            box(painter, shown.adjusted(-1, -1, 1, 1), fill=table.surface, border=table.line2)
            painter.drawPixmap(shown, self._picture, QRectF(self._picture.rect()))
        left = 80.0 if low else 12.0
        top = rect.center().y() - 19 if low else rect.bottom() - _FOOT + 6
        width = rect.width() - left - 8
        number = f"{self._line.number}  {text(self._line.words)}"
        words(painter, QRectF(left, top, width, 18), number, font(Role.LABEL, MEDIUM), table.ink)
        paint_mark(painter, QRectF(left, top + 20, 12, 12), self._line.mark)
        verdict = QRectF(left + 17, top + 17, width - 17, 18)
        words(painter, verdict, text(self._line.verdict), font(Role.NOTE), colour(self._line.mark))


def _pixmap(preview: Preview) -> QPixmap:
    size = preview.width, preview.height
    return QPixmap.fromImage(QImage(preview.rgb, *size, preview.width * 3, QImage.Format.Format_RGB888))
