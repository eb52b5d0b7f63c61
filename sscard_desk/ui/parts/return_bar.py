"""The bar by which a paper comes back: from the scanner, or from a file."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from sscard_desk.ui.fonts import Role
from sscard_desk.ui.language import text
from sscard_desk.ui.theme import measure
from sscard_desk.ui.widgets.button import Button
from sscard_desk.ui.widgets.label import Label
from sscard_desk.ui.words import Words, say


class ReturnBar(QWidget):
    """Scan, or choose a file.

    Signals:
        scan: scan what lies in the scanner (F7).
        scan_from: path of a scanned file.
    """

    scan = Signal()
    scan_from = Signal(str)

    def __init__(self, how: Words | None = None) -> None:
        """Make it; `how` says what to do, of a registration form where it is left out."""
        super().__init__()
        self._how = how or say("returned.how")
        self.setObjectName("return_bar")
        self._words = Label(self._how, Role.LABEL, "ink2", wrap=True, name="return_words")
        self._file = Button(say("returned.file"), icon="folder", name="scan_file")
        self._file.clicked.connect(self._ask_file)
        self._scan = Button(say("returned.scan"), key="F7", icon="scanner", name="scan")
        self._scan.clicked.connect(self.scan)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 4)
        row.setSpacing(measure.GRID)
        row.addWidget(self._words, 1)
        row.addWidget(self._file)
        row.addWidget(self._scan)

    @property
    def usable(self) -> bool:
        """Whether a scan can be taken now."""
        return self.isVisible() and self._scan.isEnabled()

    def show_state(self, *, offered: bool, scanning: bool, busy: bool = False) -> None:
        """Show the bar while a paper is expected; `busy` is the page with something else."""
        self.setVisible(offered)
        self._words.set_words(say("returned.busy") if scanning else self._how)
        for button in (self._scan, self._file):
            button.setEnabled(not scanning and not busy)

    def _ask_file(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, text(say("returned.choose")), "", text(say("returned.kinds")))
        if path:
            self.scan_from.emit(path)
