"""Where the keypad stands: on the applicant's screen if there is a second one, else in front of the desk."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from sscard_desk.ui.keypad.presenter import KeypadPresenter
from sscard_desk.ui.keypad.state import KeypadState
from sscard_desk.ui.keypad.view import KeypadWindow


class KeypadScreen:
    """Makes the window when a PIN is asked for the first time, and shows it only while one is.

    Args:
        desk: the desk's window; it gets the keyboard back.
        presenter: takes what is typed.
    """

    def __init__(self, desk: QWidget, presenter: KeypadPresenter) -> None:
        self._desk, self._presenter = desk, presenter
        self._window: KeypadWindow | None = None
        presenter.attach(self)

    @property
    def window(self) -> KeypadWindow | None:
        """The window, once a PIN was asked for."""
        return self._window

    def show_state(self, state: KeypadState | None) -> None:
        """Show the keypad, or put it away."""
        if state is None:
            if self._window is not None and self._window.isVisible():
                self._window.hide()
                self._desk.activateWindow()
            return
        window = self._window or self._make()
        window.show_state(state)
        if not window.isVisible():
            self._bring(window)

    def close(self) -> None:
        """The session ends."""
        self._presenter.put_away()
        if self._window is not None:
            self._window.deleteLater()
            self._window = None

    def _bring(self, window: KeypadWindow) -> None:
        screens = QGuiApplication.screens()
        if len(screens) > 1:
            here = self._desk.screen()
            window.setGeometry(next(each for each in screens if each is not here).geometry())
            window.showFullScreen()
        else:
            window.setGeometry(self._desk.geometry())
            window.show()
        window.activateWindow()
        window.setFocus()

    def _make(self) -> KeypadWindow:
        window = self._window = KeypadWindow()
        presenter = self._presenter
        window.digit.connect(presenter.digit)
        window.erase.connect(presenter.erase)
        window.clear.connect(presenter.clear)
        window.shuffle.connect(presenter.shuffle)
        window.finish.connect(presenter.finish)
        window.stopped.connect(presenter.stop)
        return window
