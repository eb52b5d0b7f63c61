"""A whole document over the page, page under page; Esc closes it."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from sscard_desk.domain.portrait import Preview
from sscard_desk.ui.fonts import Role
from sscard_desk.ui.parts.sheet_view import SheetView
from sscard_desk.ui.theme import measure, tokens
from sscard_desk.ui.widgets.button import Button
from sscard_desk.ui.widgets.label import Label
from sscard_desk.ui.words import say

_WIDTH = 640


class DocumentView(QWidget):
    """Covers a page with a document.

    Signals:
        closed: the user wants the page back.
    """

    closed = Signal()

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self.setObjectName("document")
        self._page = page
        self._pages: tuple[Preview, ...] = ()
        self.close_button = Button(say("form_page.close_preview"), key="Esc", icon="close", name="close_document")
        self.close_button.clicked.connect(self.closed)
        head = QHBoxLayout()
        head.setContentsMargins(measure.MARGIN, 16, measure.MARGIN, 8)
        head.addWidget(Label(say("form_page.preview_title"), Role.TITLE))
        head.addStretch(1)
        head.addWidget(self.close_button)
        self._area = QScrollArea()
        self._area.setObjectName("document_pages")
        self._area.setAccessibleName("document")
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._area.setProperty("ring", "inside")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._area, 1)
        page.installEventFilter(self)
        self.hide()

    def show_pages(self, pages: tuple[Preview, ...]) -> None:
        """Show a document, or give the page free."""
        if pages == self._pages and self.isHidden() is not bool(pages):
            return
        self._pages = pages
        self.setVisible(bool(pages))
        if not pages:
            return
        inner = QWidget()
        inner.setObjectName("scrolled")
        column = QVBoxLayout(inner)
        column.setSpacing(16)
        for number, preview in enumerate(pages, start=1):
            sheet = SheetView(name=f"sheet_{number}", width=_WIDTH)
            sheet.show_page(preview)
            column.addWidget(sheet, alignment=Qt.AlignmentFlag.AlignHCenter)
        self._area.setWidget(inner)
        self.setGeometry(self._page.rect())
        self.raise_()
        self.take_focus()

    def take_focus(self) -> None:
        """The arrows turn the pages."""
        self._area.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and not self.isHidden():
            self.setGeometry(self._page.rect())
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), QColor(tokens().bg))
