"""What can be done for a widget before it is seen."""

from PySide6.QtWidgets import QWidget


def style_ahead(widget: QWidget) -> None:
    """Give a widget and its parts their style now; otherwise all of them get it in the moment they are first shown."""
    for part in (widget, *widget.findChildren(QWidget)):
        part.ensurePolished()
