"""The mode in use. It belongs to the whole program, as Qt's own palette does; widgets read it when they paint."""

from typing import Final

from PySide6.QtWidgets import QApplication

from sscard_desk.ui.theme.palette import palette
from sscard_desk.ui.theme.stylesheet import stylesheet
from sscard_desk.ui.theme.tokens import Mode, Tokens


class _InUse:
    mode = Mode.LIGHT
    tokens = Mode.LIGHT.tokens


_in_use: Final = _InUse()


def tokens() -> Tokens:
    """Return the colours in use."""
    return _in_use.tokens


def mode() -> Mode:
    """Return the mode in use."""
    return _in_use.mode


def apply(app: QApplication, wanted: Mode) -> None:
    """Give palette and style sheet of a mode to the application; everything on screen repaints."""
    _in_use.mode, _in_use.tokens = wanted, wanted.tokens
    app.setPalette(palette(wanted.tokens))
    app.setStyleSheet(stylesheet(wanted.tokens))
