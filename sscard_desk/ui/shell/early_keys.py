"""Keys that are pressed while another page is on its way: they belong to it and wait for it."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from sscard_desk.ui.keys import Act


class EarlyKeys(QObject):
    """Holds back what is typed into one window, in order, until the page is there.

    Args:
        window: whose keys; typed ones are sent to it again.
        press: answers an act that was held back.
    """

    def __init__(self, window: QWidget, press: Callable[[Act], None]) -> None:
        super().__init__(window)
        self._window, self._press = window, press
        self._held: list[Act | QKeyEvent] = []
        self._holding = False

    def hold(self) -> None:
        """Hold keys back from now on."""
        handle = self._window.windowHandle()
        if not self._holding and handle is not None:
            handle.installEventFilter(self)
        self._holding = True

    def keep(self, act: Act) -> bool:
        """Hold an act back if that is wanted; return whether it is."""
        if self._holding:
            self._held.append(act)
        return self._holding

    def let_go(self) -> None:
        """Hand over what was held back, in the order of the keys."""
        handle = self._window.windowHandle()
        if handle is not None:
            handle.removeEventFilter(self)
        held, self._held, self._holding = self._held, [], False
        while held and not self._holding:  # an act may bring the next page: what follows it waits for that one
            one = held.pop(0)
            if isinstance(one, Act):
                self._press(one)
            elif handle is not None:
                QCoreApplication.sendEvent(handle, one)
        self._held += held

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() not in {QEvent.Type.KeyPress, QEvent.Type.KeyRelease}:
            return False
        self._held.append(event.clone())
        return True
