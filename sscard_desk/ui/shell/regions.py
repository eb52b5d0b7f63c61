"""F6: search, rail, page, panel, status. Each region remembers nothing: its first usable control gets the focus."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

_REASON = Qt.FocusReason.TabFocusReason


def step_region(regions: tuple[QWidget, ...], by: int) -> QWidget | None:
    """Move the focus to the next or previous region that can take it; return the region."""
    now = QApplication.focusWidget()
    at = next((at for at, region in enumerate(regions) if now is not None and _holds(region, now)), -1 if by > 0 else 0)
    for step in range(1, len(regions) + 1):
        region = regions[(at + by * step) % len(regions)]
        if region.isVisible():
            target = next(_usable(region), None)
            if target is not None:
                target.setFocus(_REASON)
                return region
    return None


def _holds(region: QWidget, widget: QWidget) -> bool:
    return region is widget or region.isAncestorOf(widget)


def _usable(region: QWidget) -> Iterator[QWidget]:
    for widget in (region, *region.findChildren(QWidget)):
        if widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            yield widget
