"""The one box that takes everything: number, name, pinyin, initials, barcode. F2 comes here from anywhere."""

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent

from sscard_desk.ui.grouping import grouped
from sscard_desk.ui.states import Hit, Option
from sscard_desk.ui.widgets.keycap import Keycap
from sscard_desk.ui.widgets.line_edit import LineEdit
from sscard_desk.ui.widgets.option_list import OptionList
from sscard_desk.ui.words import say


class SearchBox(LineEdit):
    """The search box with its results.

    Signals:
        searched: the text after each key, ungrouped.
        hit_chosen: the key of the result that the user opened.
    """

    searched = Signal(str)
    hit_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__(name="search", placeholder=say("shell.search"), icon="search")
        self.setProperty("search", True)
        self.setFixedWidth(456)
        self.put_behind(Keycap("F2"))
        self.setAccessibleName("search")
        self._list: OptionList | None = None
        self.edited.connect(self._typed)

    def show_hits(self, hits: tuple[Hit, ...]) -> None:
        """Show results below the box while it has the focus, or none."""
        if not hits or not self.hasFocus():
            self._close()
            return
        popup = self._popup()
        popup.offer([Option(hit.key, hit.title, note=hit.note) for hit in hits])
        popup.place(self.mapTo(self.window(), QPoint(0, self.height() + 4)), self.width(), self.height() + 8)
        popup.show()
        popup.raise_()

    def take(self, code: str) -> None:
        """Search for a code that a scanner typed."""
        self.setText(code)
        self.searched.emit(code)
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._close()
        super().focusOutEvent(event)

    def event(self, event: QEvent) -> bool:
        override = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if override and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape and self._is_open():
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if self._is_open():
            if key in {Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_F3}:
                self._popup().move_by(-1 if key == Qt.Key.Key_Up else 1)
                return
            if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._open_current()
                return
            if key == Qt.Key.Key_Escape:
                self._close()
                return
        super().keyPressEvent(event)

    def _typed(self, typed: str) -> None:
        shown = grouped(typed)
        if shown != typed:
            at_end = self.cursorPosition() == len(typed)
            self.setText(shown)
            if at_end:
                self.setCursorPosition(len(shown))
        self.searched.emit(typed.replace(" ", "") if shown != typed or typed.replace(" ", "").isdigit() else typed)

    def _open_current(self) -> None:
        option = self._popup().current()
        self._close()
        if option is not None:
            self._open(option.code)

    def _open(self, key: str) -> None:
        self._close()
        self.clear()
        self.hit_chosen.emit(key)

    def _is_open(self) -> bool:
        return self._list is not None and self._list.isVisible()

    def _close(self) -> None:
        if self._list is not None:
            self._list.hide()

    def _popup(self) -> OptionList:
        if self._list is None:
            self._list = OptionList(self.window())
            self._list.chosen.connect(self._open)
        return self._list
