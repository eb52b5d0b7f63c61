"""Which file: the system's own window, asked for by a button or a key of the page."""

from PySide6.QtWidgets import QFileDialog, QWidget

from sscard_desk.ui.language import text
from sscard_desk.ui.words import Words, say

TABLES = "*.xlsx *.csv"


def ask_file(parent: QWidget, title: Words, kinds: str) -> str:
    """Return the path of the file that was chosen, empty where none was."""
    path, _ = QFileDialog.getOpenFileName(parent, text(title), "", kinds)
    return path


def ask_table(parent: QWidget, title: Words) -> str:
    """Return the path of a spreadsheet or text table that was chosen, empty where none was."""
    return ask_file(parent, title, f"{text(say('class_page.kinds'))} ({TABLES} *.txt)")


def ask_place(parent: QWidget, title: Words, name: str) -> str:
    """Return where a spreadsheet is to be written, empty where nobody said; `name` is proposed."""
    path, _ = QFileDialog.getSaveFileName(parent, text(title), name, f"{text(say('class_page.kinds'))} ({TABLES})")
    return path


def ask_folder(parent: QWidget, title: Words) -> str:
    """Return the path of the folder that was chosen, empty where none was."""
    return QFileDialog.getExistingDirectory(parent, text(title))
