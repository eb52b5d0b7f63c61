"""A field whose value comes from a list: typed code, label or pinyin initials, and arrows."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from sscard_desk.ui import icons
from sscard_desk.ui.language import text
from sscard_desk.ui.states import Option
from sscard_desk.ui.theme import tokens
from sscard_desk.ui.widgets.line_edit import LineEdit
from sscard_desk.ui.widgets.option_list import OptionList
from sscard_desk.ui.words import Words


def matching(options: Sequence[Option], typed: str) -> list[Option]:
    """Return the options that a typed text means: code first, then initials, then the label's text."""
    wanted = typed.strip().casefold()
    if not wanted:
        return list(options)
    ranks = [
        (0 if one.code.casefold().startswith(wanted) else 1 if one.initials.startswith(wanted) else 2, at, one)
        for at, one in enumerate(options)
        if one.code.casefold().startswith(wanted)
        or one.initials.startswith(wanted)
        or wanted in text(one.label).casefold()
        or f"{one.code}  {text(one.label)}".casefold().startswith(wanted)
    ]
    return [one for _, _, one in sorted(ranks, key=lambda rank: rank[:2])]


class _Arrow(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(16, 16)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def paintEvent(self, event: QPaintEvent) -> None:
        icons.paint(QPainter(self), QRectF(self.rect()), "caret_down", tokens().ink2)


class ChoiceEdit(LineEdit):
    """The editor of a choice; use it as `Field(..., editor=ChoiceEdit(...))`. Its value is the option's code.

    Signals:
        chosen: the code of the option that the user chose.
    """

    chosen = Signal(str)

    def __init__(self, options: Sequence[Option] = (), *, name: str, placeholder: Words = "") -> None:
        super().__init__(name=name, placeholder=placeholder)
        self._options, self._code = tuple(options), ""
        self._list: OptionList | None = None
        self.put_behind(_Arrow())
        self.textEdited.connect(self._open)

    def set_options(self, options: Sequence[Option]) -> None:
        """Offer other options."""
        self._options = tuple(options)
        self._show_code()

    def value(self) -> str:
        """Return the chosen option's code, or an empty text."""
        return self._code

    def set_value(self, value: str) -> None:
        """Show the option of a code; nothing while its list is open."""
        if self._list is None or not self._list.isVisible():
            self._code = value
            self._show_code()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if self._list is not None and self._list.isVisible():
            self._settle()
        super().focusOutEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._open("")

    def event(self, event: QEvent) -> bool:
        override = event.type() == QEvent.Type.ShortcutOverride and self._is_open()
        if override and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            if self._is_open():
                self._popup().move_by(1 if key == Qt.Key.Key_Down else -1)
            else:
                self._open("")
            return
        if self._is_open() and key == Qt.Key.Key_Escape:
            self._popup().hide()
            self._show_code()
            return
        if self._is_open() and key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._settle()
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._show_code()

    def _is_open(self) -> bool:
        return self._list is not None and self._list.isVisible()

    def _popup(self) -> OptionList:
        if self._list is None:
            self._list = OptionList(self.window())
            self._list.chosen.connect(self._choose)
        return self._list

    def _open(self, typed: str) -> None:
        popup = self._popup()
        popup.offer(matching(self._options, typed), self._code)
        popup.place(self.mapTo(self.window(), QPoint(0, self.height() + 4)), self.width(), self.height() + 8)
        popup.show()
        popup.raise_()

    def _settle(self) -> None:
        popup = self._popup()
        option = popup.current()
        popup.hide()
        if option is not None and self.text().strip():
            self._choose(option.code)
        else:
            self._show_code()

    def _choose(self, code: str) -> None:
        self._popup().hide()
        changed = code != self._code
        self._code = code
        self._show_code()
        if changed:
            self.chosen.emit(code)

    def _show_code(self) -> None:
        option = next((one for one in self._options if one.code == self._code), None)
        self.setText(f"{option.code}  {text(option.label)}" if option else self._code)
        self.setCursorPosition(0)
