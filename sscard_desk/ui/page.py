"""The frame of a page: title row with chips, body, action bar. Every screen of the desk is one of these."""

from itertools import pairwise
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from sscard_desk.ui.fonts import Role
from sscard_desk.ui.keys import Act
from sscard_desk.ui.states import ChipState
from sscard_desk.ui.theme import measure, tokens
from sscard_desk.ui.widgets.action_bar import ActionBar
from sscard_desk.ui.widgets.chip import Chip
from sscard_desk.ui.widgets.ending import end_widget
from sscard_desk.ui.widgets.label import Label
from sscard_desk.ui.widgets.whole_rows import WholeRows
from sscard_desk.ui.words import Words

_BY_TAB: Final = Qt.FocusPolicy.TabFocus.value


class Page(QWidget):
    """A page. Subclasses fill `head_right` and `body`, and answer keys in `on_key`.

    Signals:
        back: the user wants to go back (button, or Esc that nothing else took).
    """

    back = Signal()

    def __init__(self, title: Words, *, name: str, scrolls: bool = True) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("ring", "none")  # it has the focus only while nothing in it can take it
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._headless = False
        self._title = Label(title, Role.TITLE, name=f"{name}_title")
        self._note = Label("", Role.LABEL, "ink2", name=f"{name}_note")
        self._chips_row = QHBoxLayout()
        self._chips_row.setSpacing(8)
        self._chips: list[Chip] = []
        self.head_right = QHBoxLayout()
        self.head_right.setSpacing(measure.GRID)
        self.body = QVBoxLayout()
        self.body.setSpacing(measure.GRID)
        self.foot = ActionBar()
        self.foot.back.connect(self.back)
        self._head = head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._title)
        head.addWidget(self._note)
        head.addLayout(self._chips_row)
        head.addStretch(1)
        head.addLayout(self.head_right)
        self._title.setFixedHeight(measure.CONTROL)
        self.columns = QHBoxLayout(self)
        self.columns.setContentsMargins(0, 0, 0, 0)
        self.columns.setSpacing(0)
        whole = QVBoxLayout()
        self.columns.addLayout(whole, 1)
        whole.setSpacing(0)
        whole.addLayout(head)
        if scrolls:
            whole.addWidget(self._scrolled(), 1)
        else:
            whole.addLayout(self.body, 1)
        whole.addWidget(self.foot)

    def set_head(self, title: Words, note: Words = "", chips: tuple[ChipState, ...] = ()) -> None:
        """Say the title, a note beside it, and the facts in chips."""
        self._title.set_words(title)
        self._note.set_words(note)
        self._note.setVisible(bool(note))
        while len(self._chips) > len(chips):
            end_widget(self._chips.pop())
        for at, state in enumerate(chips):
            if at == len(self._chips):
                self._chips.append(Chip(state))
                self._chips_row.addWidget(self._chips[at])
            self._chips[at].show_state(state)

    def hide_head(self) -> None:
        """Leave the title row out, for pages that have a heading of their own."""
        self._title.hide()
        self._note.hide()
        self._headless = True

    def on_key(self, act: Act) -> bool:
        """Answer a key; return whether the page took it. The action bar's keys are answered here already."""
        if act is Act.NEXT and self.foot.primary.isEnabled() and self.foot.primary.isVisible():
            self.foot.primary.click()
            return True
        if act is Act.BACK and self.foot.back_button.isVisible():
            self.foot.back_button.click()
            return True
        return False

    def focus_first(self) -> None:
        """Put the focus where the page begins: the first empty field, the open difference, the button of the path."""
        for widget in self._order_tabs():
            if widget.isVisibleTo(self) and widget.isEnabled():
                widget.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        right = measure.MARGIN + max(0, self.width() - measure.PAGE_MAX)
        headed = not self._headless
        self._head.setContentsMargins(measure.MARGIN, 16 if headed else 0, right, 8 if headed else 0)
        self.body.setContentsMargins(measure.MARGIN, 0, right, 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), QColor(tokens().surface))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._order_tabs()

    def _order_tabs(self) -> list[QWidget]:
        """Let Tab reach the foot last: it was made before the page's own parts. Return the order."""
        chain = self._tab_chain()
        foot = [widget for widget in chain if self.foot.isAncestorOf(widget)]
        ordered = [widget for widget in chain if widget not in foot] + foot
        if ordered != chain:
            for one, following in pairwise(ordered):
                QWidget.setTabOrder(one, following)
        return ordered

    def _tab_chain(self) -> list[QWidget]:
        chain: list[QWidget] = []
        own = {widget for widget in self.findChildren(QWidget) if widget.focusPolicy().value & _BY_TAB}
        walked = self.nextInFocusChain()
        while walked is not None and walked is not self and len(chain) < len(own):  # the other pages' parts come after
            if walked in own:
                chain.append(walked)
            walked = walked.nextInFocusChain()
        return chain

    def _scrolled(self) -> WholeRows:
        inner = QWidget()
        inner.setObjectName("scrolled")
        inner.setLayout(self.body)
        area = WholeRows()
        area.setWidget(inner)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._bring_into_view)
        self._area = area
        return area

    def _bring_into_view(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is not None and self._area.isAncestorOf(new):
            self._area.show_row(new)
