"""The bar above a page whose contents are signed: why nothing can be changed, and the way to open them again."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sscard_desk.ui.states import Mark
from sscard_desk.ui.widgets.banner import Banner
from sscard_desk.ui.words import Words, say


class LockedBar(QWidget):
    """Shown only while there is something to say. `change` asks to void the signatures."""

    change = Signal()

    def __init__(self, *, name: str = "locked") -> None:
        super().__init__()
        self.setObjectName(name)
        self._banner = Banner(Mark.TODO, "", name=f"{name}_bar")
        self._banner.pressed.connect(self.change)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._banner)
        self.hide()

    def show_reason(self, reason: Words, *, can_unlock: bool) -> None:
        """Say why nothing can be changed, or nothing."""
        self.setVisible(bool(reason))
        if reason:
            act = say("missing.void.act") if can_unlock else ""
            self._banner.show_state(Mark.OFF, reason, action=act)
