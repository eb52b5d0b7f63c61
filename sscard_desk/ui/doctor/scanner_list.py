"""The scanners of this counter as rows: Tab or arrows walk them, Space or Enter takes one."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sscard_desk.ui.doctor.state import ScannerList
from sscard_desk.ui.fonts import Role
from sscard_desk.ui.states import Mark
from sscard_desk.ui.widgets.button import Button
from sscard_desk.ui.widgets.ending import end_widget
from sscard_desk.ui.widgets.label import Label
from sscard_desk.ui.widgets.section import Section
from sscard_desk.ui.words import say


class ScannerRows(QWidget):
    """Shown below the scanner's finding only.

    Signals:
        chosen: the key of a scanner.
    """

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("scanner_rows")
        self._note = Label("", Role.LABEL, "ink2", wrap=True, name="scanners_note")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        self._lines: list[QWidget] = []
        self._buttons: dict[str, Button] = {}
        self._shown: ScannerList | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(Section(say("doctor.scanners"), name="scanners"))
        column.addWidget(self._note)
        column.addLayout(self._rows)
        self.hide()

    def show_state(self, state: ScannerList) -> None:
        """Show which there are, and which is used; rows are made anew only where the list is another one."""
        self.setVisible(state.offered)
        if state == self._shown:
            return
        self._shown = state
        note = "scanners_looking" if state.looking else "scanners_how" if state.choices else "scanners_none"
        self._note.set_words(say(f"doctor.{note}"))
        if tuple(self._buttons) != tuple(key for key, _ in state.choices):
            self._make(state)
        for key, button in self._buttons.items():
            used = key == state.used
            name = dict(state.choices)[key]
            button.set_words(say("doctor.scanner_used" if used else "doctor.scanner_other", name=name))
            button.set_mark(Mark.OK if used else Mark.TODO)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        rows = list(self._buttons.values())
        at = next((number for number, button in enumerate(rows) if button.hasFocus()), None)
        if step is None or at is None:
            super().keyPressEvent(event)
            return
        rows[max(0, min(len(rows) - 1, at + step))].setFocus(Qt.FocusReason.OtherFocusReason)

    def _make(self, state: ScannerList) -> None:
        for line in self._lines:
            end_widget(line)
        self._lines, self._buttons = [], {}
        for number, (key, _) in enumerate(state.choices, start=1):
            button = self._buttons[key] = Button("", name=f"scanner_{number}")
            button.clicked.connect(lambda _=False, wanted=key: self.chosen.emit(wanted))
            line, row = QWidget(), QHBoxLayout()
            line.setLayout(row)
            row.setContentsMargins(0, 0, 0, 0)
            row.addWidget(button)
            row.addStretch(1)
            self._rows.addWidget(line)
            self._lines.append(line)
