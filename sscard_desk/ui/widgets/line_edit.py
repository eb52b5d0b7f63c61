"""The one-line editor: icon before, marks behind, Esc takes back what was typed since the focus came."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from sscard_desk.ui import icons
from sscard_desk.ui.fonts import Role, font
from sscard_desk.ui.language import text
from sscard_desk.ui.theme import measure, tokens
from sscard_desk.ui.words import Words

_SIDE, _ICON, _GAP = 12, 20, 8


class LineEdit(QLineEdit):
    """A field's editor, 40 high.

    Signals:
        edited: the text after each key of the user.
        left: the focus went away or Enter was pressed; the text as it is then.
        entered: Enter was pressed.
    """

    edited = Signal(str)
    left = Signal(str)
    entered = Signal()

    def __init__(self, *, name: str, placeholder: Words = "", icon: str = "", secret: bool = False) -> None:
        super().__init__()
        self._placeholder, self._icon = placeholder, icon
        self._before, self._touched = "", False  # what Esc brings back, and whether a key came since
        self._behind: list[QWidget] = []
        self._fault = False
        self._grouped: Callable[[str], str] | None = None
        self._raw = ""  # the value while it stands in groups
        self.setObjectName(name)
        self.setFont(font(Role.BODY))
        self.setFrame(False)
        self.setFixedHeight(measure.CONTROL)
        self.setPlaceholderText(text(placeholder))
        if secret:
            self.setEchoMode(QLineEdit.EchoMode.Password)
        self.textEdited.connect(self._note_key)
        self.textEdited.connect(self.edited)
        self.textEdited.connect(lambda _text: self._place())
        self._place()

    def set_placeholder(self, placeholder: Words) -> None:
        """Say something else while the field is empty."""
        self._placeholder = placeholder
        self.setPlaceholderText(text(placeholder))

    def show_grouped(self, grouped: Callable[[str], str]) -> None:
        """Let the value stand in groups while the focus is elsewhere; it is typed as it is."""
        self._grouped = grouped

    def value(self) -> str:
        """Return what stands in the field, without groups."""
        return self._raw if self._grouped is not None and self.text() == self._grouped(self._raw) else self.text()

    def set_value(self, value: str) -> None:
        """Put a value in, keeping the cursor where the user has it if the value is the same."""
        self._raw = value
        shown = value if self._grouped is None or self.hasFocus() else self._grouped(value)
        if shown != self.text():
            self.setText(shown)
            if not self._touched:
                self._before = value

    def set_fault(self, *, fault: bool) -> None:
        """Show the border of an error, or the usual one."""
        if fault is not self._fault:
            self._fault = fault
            self.setProperty("fault", fault)
            self.style().unpolish(self)
            self.style().polish(self)
            self._place()

    def put_behind(self, widget: QWidget) -> None:
        """Put a small widget at the right, inside the field."""
        widget.setParent(self)
        self._behind.append(widget)
        self._place()

    def refresh_behind(self) -> None:
        """Make room for the marks that are shown now."""
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def focusInEvent(self, event: QFocusEvent) -> None:
        if self._grouped is not None and self.text() != self.value():
            self.setText(self.value())
        self._begin()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in {Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason}:
            self.left.emit(self.text())
        if self._grouped is not None:
            self.set_value(self.value())

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._mine(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._undoable():
            self.setText(self._before)
            self._touched = False
            self.edited.emit(self._before)
            return
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self.focusPreviousChild()
                return
            if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self._begin()
                self.left.emit(self.text())
                self.entered.emit()
                return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.setPlaceholderText(text(self._placeholder))
            self._place()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._icon:
            painter = QPainter(self)
            icons.paint(painter, QRectF(_SIDE, (self.height() - _ICON) / 2, _ICON, _ICON), self._icon, tokens().ink2)

    def _begin(self) -> None:
        self._before, self._touched = self.text(), False

    def _note_key(self) -> None:
        self._touched = True

    def _mine(self, event: QKeyEvent) -> bool:
        return event.key() == Qt.Key.Key_Escape and self._undoable()

    def _undoable(self) -> bool:
        return not self.isReadOnly() and self.text() != self._before

    def _place(self) -> None:
        right = self.width() - _SIDE
        taken = 0
        for widget in reversed(self._behind):
            if widget.isHidden():
                continue
            size = widget.sizeHint()
            right -= size.width()
            widget.setGeometry(right, (self.height() - size.height()) // 2, size.width(), size.height())
            right -= _GAP
            taken += size.width() + _GAP
        before = _ICON + _GAP if self._icon else 0
        if self.textMargins().left() != before or self.textMargins().right() != taken:
            self.setTextMargins(before, 0, taken, 0)
