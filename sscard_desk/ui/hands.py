"""Hands at the window: press keys, type, draw with the pen, wait, take pictures. The demo and tests work with them."""

from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import Final

from PySide6.QtCore import QEventLoop, QPoint, Qt, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from sscard_desk.ui.stall_watch import StallWatch
from sscard_desk.ui.widgets.line_edit import LineEdit

LOOK_MS: Final = 10
SETTLE_MS: Final = 150
AGAIN_MS: Final = 50
MOST_TABS: Final = 120


class TooLong(AssertionError):
    """What was waited for did not come."""


class Hands:
    """One user at one window.

    Args:
        app: the running application.
        window: the window; it is brought to the front.
        watch: pauses while pictures are taken.

    Attributes:
        keys: how often a key was pressed or a character composed.
        clicks: how often something was clicked.
        strokes: how many lines were drawn with the pen.
    """

    def __init__(self, app: QApplication, window: QWidget, watch: StallWatch | None = None) -> None:
        self._app, self._window, self._watch = app, window, watch
        self.keys = self.clicks = self.strokes = 0
        window.activateWindow()
        self.wait(app.focusWidget, "the focus")

    def wait(self, until: Callable[[], object], what: str, seconds: float = 20.0) -> None:
        """Let the window work until something holds.

        Raises:
            TooLong: it did not hold in time.
        """
        end = monotonic() + seconds
        while not until():
            if monotonic() > end:
                raise TooLong(f"{what} did not come within {seconds:g} s")
            _let_work(LOOK_MS)

    def begin(self, place: str) -> None:
        """Say where the hands are from now on, for whoever asks where the window stood still."""
        if self._watch is not None:
            self._watch.enter(place)

    def press(self, chord: str) -> None:
        """Press a key or chord such as `Ctrl+Return` where the focus is."""
        self.keys += 1
        combination = QKeySequence.fromString(chord)[0]  # type: ignore[index] # the stubs lack it
        QTest.keyClick(self._target(), combination.key(), combination.keyboardModifiers())

    def press_until(self, chord: str, until: Callable[[], object], what: str, seconds: float = 20.0) -> None:
        """Press a key again and again, as long as something does not hold.

        Raises:
            TooLong: it did not hold in time.
        """
        end = monotonic() + seconds
        while not until():
            if monotonic() > end:
                raise TooLong(f"{what} did not come within {seconds:g} s")
            self.press(chord)
            _let_work(AGAIN_MS)

    def type(self, text: str) -> None:
        """Type where the focus is; characters outside ASCII come as from an input method."""
        for character in text:
            self.keys += 1
            if character.isascii():
                QTest.keyClick(self._target(), character)  # type: ignore[call-overload] # the stubs lack the text form
            else:
                self._compose(character)
            self._app.processEvents()  # each key has a turn of its own, as from a keyboard

    def rest(self) -> None:
        """Let the window have its turn, as it has between two fields that a person fills."""
        _let_work(AGAIN_MS)

    def go_to(self, name: str) -> None:
        """Put the focus on a widget by its name.

        Raises:
            LookupError: no such widget is in view.
        """
        self.find(name).setFocus(Qt.FocusReason.OtherFocusReason)

    def tab_to(self, name: str) -> None:
        """Press Tab until a widget has the focus.

        Raises:
            LookupError: Tab does not come there.
        """
        for _ in range(MOST_TABS):
            if self.here == name:
                return
            self.press("Tab")
            self._app.processEvents()  # each key has a turn of its own
        raise LookupError(f"Tab does not come to {name}")

    def click(self, name: str) -> None:
        """Click a widget by its name."""
        self.clicks += 1
        QTest.mouseClick(self.find(name), Qt.MouseButton.LeftButton)

    def draw(self, name: str, lines: tuple[tuple[tuple[float, float], ...], ...]) -> None:
        """Draw with the pen on a widget; points from 0 to 1 of its size."""
        pad = self.find(name)
        for line in lines:
            self.strokes += 1
            points = [QPoint(round(x * pad.width()), round(y * pad.height())) for x, y in line]
            QTest.mousePress(pad, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, points[0])
            for point in points[1:]:
                QTest.mouseMove(pad, point, LOOK_MS)
            QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, points[-1])

    def find(self, name: str) -> QWidget:
        """Return the visible widget of this name.

        Raises:
            LookupError: there is none.
        """
        for widget in self._window.findChildren(QWidget, name):
            if widget.isVisible():
                return widget
        raise LookupError(f"no widget named {name} is in view")

    @property
    def here(self) -> str:
        """Name of the widget that has the focus, empty without one."""
        focused = self._app.focusWidget()
        return focused.objectName() if focused is not None else ""

    def reads(self, name: str) -> str:
        """Return the value of an editor by its name; empty for one that is not in view or has no value."""
        found = [w for w in self._window.findChildren(LineEdit, name) if w.isVisible()]
        return found[0].value() if found else ""

    def sees(self, name: str) -> bool:
        """Return whether a widget of this name is in view and can be used."""
        return any(w.isVisible() and w.isEnabled() for w in self._window.findChildren(QWidget, name))

    def picture(self, path: Path) -> None:
        """Keep a picture of the window."""
        if self._watch is not None:
            self._watch.pause()
        _let_work(SETTLE_MS)
        path.parent.mkdir(parents=True, exist_ok=True)
        self._window.grab().save(str(path))
        if self._watch is not None:
            self._watch.start()

    def _target(self) -> QWidget:
        return self._app.focusWidget() or self._window

    def _compose(self, character: str) -> None:
        from PySide6.QtGui import QInputMethodEvent  # noqa: PLC0415 - only for Chinese

        event = QInputMethodEvent("", [])
        event.setCommitString(character)
        self._app.sendEvent(self._target(), event)


def _let_work(milliseconds: int) -> None:
    """Let the window work for a while. `QTest.qWait` would hold the interpreter's lock and starve every lane."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
