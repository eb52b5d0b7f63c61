"""The focus ring: drawn above everything in the window, always shown, after mouse clicks too."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget
from shiboken6 import isValid

from sscard_desk.ui.theme import measure, tokens
from sscard_desk.ui.widgets.paint import box

_MOVES = {QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.LayoutRequest}


class FocusRing(QWidget):
    """One per window. A widget says by its property `ring` how it wants it.

    `around` (the usual): 2 px away; `inside`: within the widget, for rows of lists; `none`: the widget draws its own.
    `ring_radius` is the widget's own radius, 6 unless told otherwise. A method `ring_rect()` may name a part of it.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("focus_ring")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._target: QWidget | None = None
        self._watched: list[QObject] = []
        self._inside, self._radius = False, float(measure.RADIUS)
        self.hide()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)
        self._follow(None, window.focusWidget())

    @property
    def target(self) -> QWidget | None:
        """The widget that the ring is drawn around."""
        return self._target

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _MOVES:
            self._place()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        table = tokens()
        radius = self._radius if self._inside else self._radius + table.ring
        box(QPainter(self), QRectF(self.rect()), border=table.focus, width=table.ring, radius=radius)

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is not None and new.window() is not self.window():
            new = None
        for watched in self._watched:
            if isValid(watched):
                watched.removeEventFilter(self)
        self._watched, self._target = [], new
        walked = new
        while walked is not None and walked is not self.window():
            walked.installEventFilter(self)
            self._watched.append(walked)
            walked = walked.parentWidget()
        self._place()

    def _place(self) -> None:
        target = self._target
        if target is None or not isValid(target) or not target.isVisible() or target.property("ring") == "none":
            self.hide()
            return
        part = target.ring_rect().toRect() if hasattr(target, "ring_rect") else target.rect()
        place = QRect(target.mapTo(self.window(), part.topLeft()), part.size())
        self._inside = target.property("ring") == "inside"
        radius = target.property("ring_radius")
        self._radius = float(radius) if radius is not None else float(measure.RADIUS)
        grow = 0 if self._inside else measure.RING_GAP + tokens().ring
        place.adjust(-grow, -grow, grow, grow)
        self.setGeometry(place)
        self._clip_to_view(target)
        self.show()
        self.raise_()

    def _clip_to_view(self, target: QWidget) -> None:
        self.clearMask()
        walked = target.parentWidget()
        while walked is not None and walked is not self.window():
            if isinstance(walked.parentWidget(), QAbstractScrollArea):
                corner = walked.mapTo(self.window(), QPoint(0, 0))
                seen = QRect(corner, walked.size()).adjusted(-5, -5, 5, 5).translated(-self.pos())
                if not seen.contains(self.rect()):
                    inside = seen.intersected(self.rect())
                    self.setMask(QRect(-1, -1, 1, 1) if inside.isEmpty() else inside)
                return
            walked = walked.parentWidget()
