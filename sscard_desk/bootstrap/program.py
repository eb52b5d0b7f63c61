"""Starts the window over a data folder."""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sscard_desk.bootstrap.gate import FolderGate

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from sscard_desk.ui.app.window import CounterWindow

_UNSEEN: Final = frozenset({"offscreen", "minimal"})
"""Platforms of Qt that work and show nothing; start-up is measured on one."""


@dataclass(frozen=True)
class Program:
    """The running window."""

    app: "QApplication"
    window: "CounterWindow"


def has_display() -> bool:
    """Return whether a window can be shown to somebody here."""
    if sys.platform in {"win32", "darwin"}:
        return True
    chosen = os.environ.get("QT_QPA_PLATFORM", "")
    return chosen not in _UNSEEN and bool(chosen or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def can_open_window() -> bool:
    """Return whether Qt can make a window: on a screen, or unseen where the environment asks for just that."""
    return has_display() or os.environ.get("QT_QPA_PLATFORM", "") in _UNSEEN


def make_program(folder: Path, hint: tuple[str, str] | None = None) -> Program:
    """Make the window with its sign-in page; nothing is shown yet.

    Args:
        folder: the data folder.
        hint: account and password of training for the first screen.

    Raises:
        NotSetUp: no desk was made in the folder.
        SettingUnknown, SettingWrong: `desk.toml`.
    """
    from PySide6.QtWidgets import QApplication

    gate = FolderGate(folder)
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    from sscard_desk.ui.app.window import CounterWindow

    return Program(app, CounterWindow(app, gate, hint))


def run_window(
    folder: Path, hint: tuple[str, str] | None = None, started: Callable[[Program], None] = lambda _program: None
) -> int:
    """Show the window and return its exit status when it is closed.

    Args:
        folder: the data folder; one window works in it at a time.
        hint: account and password of training for the first screen.
        started: called once the window is shown.

    Raises:
        FolderInUse: another window works in this data folder.
        DatabaseDamaged: the folder's facts cannot be read.
        NotSetUp, SettingUnknown, SettingWrong: as `make_program`.
    """
    from sscard_desk.store.facts import read_facts
    from sscard_desk.store.lock import FolderLock

    read_facts(folder)  # a folder that is not there says so itself, not the lock that cannot be made in it
    with FolderLock(folder):
        program = make_program(folder, hint)
        program.window.shell.show()
        started(program)
        return program.app.exec()
