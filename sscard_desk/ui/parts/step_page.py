"""The frame of a step's page: its keys go to signals, and the focus never gets lost when a state arrives."""

from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QWidget

from sscard_desk.ui.page import Page
from sscard_desk.ui.parts.document_view import DocumentView
from sscard_desk.ui.states import ActionState, ChipState
from sscard_desk.ui.theme import measure
from sscard_desk.ui.widgets.dialog import Dialog
from sscard_desk.ui.widgets.field import Field
from sscard_desk.ui.words import Words

_OWN: Final = Qt.FindChildOption.FindDirectChildrenOnly  # both stand right there; a look at every widget takes long


def roomy(field: Field) -> None:
    """Keep the focus ring of a field clear of the label above it."""
    layout = field.layout()
    if isinstance(layout, QGridLayout):
        layout.setVerticalSpacing(measure.GRID)


class StepPage(Page):
    """A page of the path.

    Signals:
        go_on: Ctrl+Enter or the filled button.
    """

    go_on = Signal()

    def __init__(self, title: Words, *, name: str, scrolls: bool = True) -> None:
        self._compact = False
        super().__init__(title, name=name, scrolls=scrolls)
        self.foot.primary_pressed.connect(self.go_on)
        self._wanted: QWidget | None = None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        compact = self.window().width() < measure.COMPACT_BELOW
        if compact != self._compact:
            self._compact = compact
            self.fit(compact=compact)

    def fit(self, *, compact: bool) -> None:
        """Leave out what is only said beside the title where there is no room for it."""
        self._note.setVisible(bool(self._note.text()) and not compact)

    def set_head(self, title: Words, note: Words = "", chips: tuple[ChipState, ...] = ()) -> None:
        super().set_head(title, note, chips)
        self.fit(compact=self._compact)

    def show_action(self, action: ActionState) -> None:
        """Show the action bar."""
        self.foot.show_state(action)

    def want_focus(self, widget: QWidget | None) -> None:
        """Put the focus on a widget now, or when the page comes into view."""
        self._wanted = widget
        if widget is None or not self.isVisible() or self._is_covered():
            return
        if widget.isVisible():
            widget.setFocus(Qt.FocusReason.OtherFocusReason)
        else:  # just made: its layout shows it with the next turn of the event loop
            QTimer.singleShot(0, self, self.focus_first)

    def settle_focus(self) -> None:
        """After a new state: if the focus stands on nothing that can be used, put it where the page begins."""
        if not self.isVisible() or self._is_covered():
            return
        now = QApplication.focusWidget()
        lost = now is None or not now.isVisible() or not now.isEnabled() or now is self.window()
        if lost:
            self.focus_first()

    def _is_covered(self) -> bool:
        """Whether a question or a document stands above the page; it keeps the focus."""
        document = self.findChild(DocumentView, options=_OWN)
        open_ = isinstance(document, DocumentView) and not document.isHidden()
        return open_ or self.window().findChild(Dialog, options=_OWN) is not None

    def focus_first(self) -> None:
        if self._is_covered():
            document = self.findChild(DocumentView, options=_OWN)
            if isinstance(document, DocumentView) and self.window().findChild(Dialog, options=_OWN) is None:
                document.take_focus()
            return
        if self._wanted is not None and self._wanted.isEnabled() and self._wanted.isVisibleTo(self):
            self._wanted.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        super().focus_first()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._wanted is not None:
            self.focus_first()
