"""Finds labels and buttons whose text is wider or higher than their rectangle."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget


def cut_texts(window: QWidget) -> list[str]:
    """Return the texts of visible labels and buttons that do not fit where they stand."""
    found: list[str] = []
    for widget in window.findChildren(QWidget):
        if not widget.isVisible():
            continue
        if isinstance(widget, QLabel) and widget.text() and not _fits(widget):
            found.append(widget.text())
        elif isinstance(widget, QAbstractButton) and widget.width() < widget.minimumSizeHint().width():
            found.append(widget.accessibleName())
    return found


def _fits(label: QLabel) -> bool:
    if label.textFormat() is Qt.TextFormat.RichText:
        return label.height() >= label.heightForWidth(label.width())
    metrics = QFontMetricsF(label.font())
    if label.wordWrap():
        return label.height() + 1 >= label.heightForWidth(label.width()) > 0
    return label.width() + 1 >= metrics.horizontalAdvance(label.text()) and label.height() + 1 >= metrics.height()
