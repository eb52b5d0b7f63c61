"""Makes the window's shortcuts of the table of keys, and takes none while an input method composes."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from sscard_desk.ui.composing import Composing
from sscard_desk.ui.keys import KEYS, Act


class Shortcuts(QObject):
    """One per window. `pressed` tells the act that a key asks for."""

    pressed = Signal(Act)

    def __init__(self, window: QWidget, composing: Composing) -> None:
        super().__init__(window)
        self._shortcuts: list[QShortcut] = []
        for key in KEYS:
            if key.local:
                continue
            shortcut = QShortcut(QKeySequence(key.chord), window)
            shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(lambda act=key.act: self.pressed.emit(act))
            self._shortcuts.append(shortcut)
        composing.changed.connect(self._rest)
        self._rest(composing.composing)

    def _rest(self, composing: bool) -> None:
        for shortcut in self._shortcuts:
            shortcut.setEnabled(not composing)
