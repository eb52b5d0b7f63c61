"""The scanned paper beside the fields: the focused field's place, large, and what its boxes propose."""

from PySide6.QtCore import QPoint, QRectF, QSize, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QWidget

from sscard_desk.domain.portrait import Preview
from sscard_desk.ui.fonts import SEMIBOLD, Role
from sscard_desk.ui.form.scan_state import ScanState
from sscard_desk.ui.parts.sheet_view import image_of
from sscard_desk.ui.states import FieldState
from sscard_desk.ui.theme import measure, tokens
from sscard_desk.ui.widgets.button import Button, Kind
from sscard_desk.ui.widgets.card import Card
from sscard_desk.ui.widgets.field import Field
from sscard_desk.ui.widgets.label import Label
from sscard_desk.ui.widgets.paint import box
from sscard_desk.ui.widgets.state_mark import StateMark
from sscard_desk.ui.words import say

_FOLD = 10.0
"""A place so many times as wide as high is folded into two lines, or it would stand smaller than on the paper."""
_OVERLAP = 0.06
_LARGEST = 2.2
"""Screen pixels for a pixel of the page at 203 dpi: handwriting is not drawn larger than this."""


class FieldPicture(QWidget):
    """A field's place on the paper, as large as the card is wide."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("field_picture")
        self._preview: Preview | None = None
        self._image = QImage()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_picture(self, preview: Preview | None) -> None:
        """Show a place, or nothing."""
        if preview is self._preview:
            return
        self._preview = preview
        self._image = image_of(preview) if preview is not None else QImage()
        self.setVisible(preview is not None)
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return sum(round(part.height() * self._scale(width)) for part in self._parts()) if self._preview else 0

    def sizeHint(self) -> QSize:
        return QSize(360, self.heightForWidth(max(360, self.width())))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, y, scale = QPainter(self), 0.0, self._scale(self.width())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), QColor("#FFFFFF"))  # paper is white in every mode
        for part in self._parts():
            place = QRectF(0, y, part.width() * scale, part.height() * scale)
            painter.drawImage(place, self._image, part)
            y += place.height()
        box(painter, QRectF(self.rect()), border=tokens().line2, radius=2)

    def _parts(self) -> list[QRectF]:
        width, height = self._image.width(), self._image.height()
        if not height or width / height < _FOLD:
            return [QRectF(self._image.rect())]
        half = width * (0.5 + _OVERLAP / 2)  # a character at the fold stands whole in one of the lines
        return [QRectF(0, 0, half, height), QRectF(width - half, 0, half, height)]

    def _scale(self, width: int) -> float:
        own = self._parts()[0].width()
        return min(_LARGEST, width / own) if own else 1.0


class ScanCard(Card):
    """What the paper says at the focused field.

    Signals:
        take: take the proposal of the boxes (F8).
        clear: drop all scans.
        number: the form's number was typed and Enter pressed.
    """

    take = Signal()
    clear = Signal()
    number = Signal(str)

    def __init__(self) -> None:
        super().__init__(ground="sunken", margin=12, name="scan_card")
        self._title = Label("", Role.LABEL, weight=SEMIBOLD, name="scan_title")
        self._note = Label("", Role.LABEL, "ink2", wrap=True, name="scan_note")
        self._clear = Button(say("returned.clear"), Kind.QUIET, icon="trash", name="clear_scans", height=32, small=True)
        self._clear.setAccessibleName("clear_scans")
        self._clear.clicked.connect(self.clear)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._clear)
        self._label = Label("", Role.LABEL, "ink2", name="scan_field")
        self._picture = FieldPicture()
        self._mark = StateMark(size=18)
        self._tick = Label("", wrap=True, name="scan_tick")
        self._take = Button(say("returned.take"), key="F8", name="take_tick")
        self._take.clicked.connect(self.take)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._mark)
        row.addWidget(self._tick, 1)
        row.addWidget(self._take)
        self.number_field = Field(say("returned.number"), name="form_number", placeholder=say("returned.number_hint"))
        self.number_field.entered.connect(lambda: self.number.emit(self.number_field.value()))
        self.number_field.hide()
        self.column.setSpacing(6)
        self.column.addLayout(head)
        self.column.addWidget(self._label)
        self.column.addWidget(self._picture)
        self.column.addLayout(row)
        self.column.addWidget(self.number_field)
        self.column.addWidget(self._note)
        self.column.addStretch(1)

    def show_state(self, state: ScanState) -> None:
        """Show the paper at the field that has the focus."""
        self._title.set_words(say("returned.torn") if state.asks_number and not state.title else state.title)
        there = state.picture is not None
        self._label.set_words(state.label if there or not state.label else say("returned.not_there"))
        self._label.setVisible(bool(state.title))
        self._picture.show_picture(state.picture)
        for widget in (self._mark, self._tick):
            widget.setVisible(bool(state.tick))
        self._take.setVisible(state.can_take)
        self._mark.set_mark(state.tick_mark)
        self._tick.set_words(state.tick)
        self._note.set_words(say("returned.busy") if state.busy else state.note)
        self._note.setVisible(bool(state.note) or state.busy)
        self.number_field.setVisible(state.asks_number)
        if state.asks_number:
            typed = self.number_field.value()
            self.number_field.show_state(FieldState(typed, error=state.number_error))


class Beside(QWidget):
    """The free column right of the fields; the card stands over it at the height of the focused one, always in view.

    The card is a child of the page, not of what scrolls: scrolling must not cut it.

    Args:
        card: the card.
        page: what it lies on.
        area: the scrolling area with the fields.
    """

    def __init__(self, card: QWidget, page: QWidget, area: QScrollArea) -> None:
        super().__init__()
        self.setObjectName("beside")
        self._card, self._page, self._area = card, page, area
        self._field: QWidget | None = None
        card.setParent(page)
        card.hide()
        area.verticalScrollBar().valueChanged.connect(self._place)

    def move_to(self, widget: QWidget | None) -> None:
        """Bring the card beside a widget; without one it stays where it was."""
        if widget is not None:
            self._field = widget
        self._place()
        QTimer.singleShot(0, self, self._place)  # once more when the fields have their places

    def sizeHint(self) -> QSize:
        return QSize(360, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._place)

    def _place(self) -> None:
        if self.isHidden():
            return
        card, view = self._card, self._area.viewport()
        width = self.width()
        height = card.heightForWidth(width) if card.hasHeightForWidth() else card.sizeHint().height()
        first = view.mapTo(self._page, QPoint(0, 0)).y()
        last = first + view.height() - measure.GRID
        wanted = first
        if self._field is not None and self._page.isAncestorOf(self._field):
            wanted = self._field.mapTo(self._page, QPoint(0, 0)).y() - measure.GRID
        top = max(first, min(wanted, last - height))
        self._card.setGeometry(self.mapTo(self._page, QPoint(0, 0)).x(), top, width, min(height, last - first))
