"""Lets a window do all that waits for a turn of its own."""

from PySide6.QtWidgets import QApplication

from sscard_desk.ui.shell import Shell


def let_work() -> None:
    """Do what every window has put off to a later turn, then what follows from it."""
    for top in QApplication.topLevelWidgets():
        if isinstance(top, Shell):
            top.turns.finish()
    QApplication.processEvents()
