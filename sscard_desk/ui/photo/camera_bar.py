"""What can be asked of the camera: more or less light, the focus; only what it allows is shown."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from sscard_desk.ports.camera import Adjustment
from sscard_desk.ui.photo.state import PhotoState, Source
from sscard_desk.ui.widgets.button import Button, Kind
from sscard_desk.ui.words import say

KEYS = {Adjustment.LIGHTER: "L", Adjustment.DARKER: "D", Adjustment.AUTOMATIC: "0", Adjustment.FOCUS: "F"}


class CameraBar(QWidget):
    """A row of quiet buttons.

    Signals:
        adjusted: the value of an `Adjustment`.
    """

    adjusted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("camera_bar")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self.buttons = {
            adjustment: Button(say(f"photo_page.{adjustment.value}"), Kind.QUIET, name=adjustment.value, key=key)
            for adjustment, key in KEYS.items()
        }
        for adjustment, button in self.buttons.items():
            button.clicked.connect(lambda _=False, wish=adjustment: self.adjusted.emit(wish.value))
            row.addWidget(button)
        row.addStretch(1)
        self._any = self._low = False

    def set_low(self, *, low: bool) -> None:
        """Leave the room to others in a small window; the keys work all the same."""
        self._low = low
        self.setVisible(self._any and not low)

    def show_state(self, state: PhotoState) -> None:
        """Show what this camera allows."""
        by_camera = state.source is Source.CAMERA and not state.locked
        for adjustment, button in self.buttons.items():
            button.setVisible(adjustment in state.adjustable)
            button.setEnabled(by_camera and adjustment in state.adjustable)
        self._any = by_camera and bool(state.adjustable)
        self.setVisible(self._any and not self._low)
