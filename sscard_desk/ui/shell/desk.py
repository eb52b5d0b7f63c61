"""What stands between top bar and status line while somebody is signed in: rail, served page, panel."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from sscard_desk.ui.page import Page
from sscard_desk.ui.theme import measure, tokens
from sscard_desk.ui.widgets.person_strip import PersonStrip
from sscard_desk.ui.widgets.rail import Rail
from sscard_desk.ui.widgets.side_panel import SidePanel
from sscard_desk.ui.widgets.step_bar import StepBar
from sscard_desk.ui.widgets.top_bar import TopBar


class Desk(QWidget):
    """Lays the parts out and folds them: rail 88 or 56, panel 336, 272 or a strip."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("desk")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.top, self.rail, self.panel = TopBar(), Rail(), SidePanel()
        self.person, self.steps = PersonStrip(), StepBar()
        self._pages = QStackedLayout()
        self._unfolded = False
        middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.person)
        middle.addWidget(self.steps)
        middle.addLayout(self._pages, 1)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(middle, 1)
        row.addWidget(self.panel)
        self._whole = whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.top)
        whole.addLayout(row, 1)
        self.panel.unfold_asked.connect(lambda: self.unfold(unfold=True))
        self._around(visible=False)

    @property
    def page(self) -> Page | None:
        """The page in view."""
        page = self._pages.currentWidget()
        return page if isinstance(page, Page) else None

    def keep(self, page: Page) -> None:
        """Give a page its place, unseen; it stays made, so that coming back costs nothing."""
        if self._pages.indexOf(page) < 0:
            self._pages.addWidget(page)

    def let_go(self, page: QWidget) -> None:
        """Forget a page of a session that is over; whoever calls lets it end."""
        self._pages.removeWidget(page)
        page.hide()

    def set_page(self, page: Page, *, serving: bool = True) -> None:
        """Bring a page into view; `serving` shows person, steps and panel around it, all in one layout."""
        self._whole.setEnabled(False)  # each of these would lay everything out by itself
        self.keep(page)
        self._around(visible=serving)
        self._pages.setCurrentWidget(page)
        self._whole.setEnabled(True)
        self._whole.activate()

    def _around(self, *, visible: bool) -> None:
        for part in (self.person, self.steps, self.panel):
            part.setVisible(visible)

    def fit(self, width: int) -> None:
        """Fold or unfold for a window of this width in logical px."""
        compact = width < measure.COMPACT_BELOW
        self.top.set_narrow(narrow=compact)
        self.rail.set_narrow(narrow=compact)
        wide = measure.PANEL_WIDE if width >= measure.WIDE_FROM else measure.PANEL
        self._unfolded = self._unfolded and compact
        self.panel.set_folded(folded=compact and not self._unfolded, width=wide)

    def unfold(self, *, unfold: bool) -> None:
        """Unfold the strip to the panel, or fold it again, where the window is narrow."""
        self._unfolded = unfold
        self.fit(self.width())

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), QColor(tokens().surface))
