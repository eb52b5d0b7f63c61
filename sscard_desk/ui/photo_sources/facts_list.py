"""Recorded facts, one label and one value a line."""

from PySide6.QtWidgets import QGridLayout, QWidget

from sscard_desk.ui.fonts import Role
from sscard_desk.ui.widgets.label import Label
from sscard_desk.ui.words import Words


class FactsList(QWidget):
    """Lines are made once and say something else later."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("photo_facts")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self._lines: list[tuple[Label, Label]] = []

    def show_facts(self, facts: tuple[tuple[Words, Words], ...]) -> None:
        """Show the facts; none leaves the place empty."""
        while len(self._lines) < len(facts):
            at = len(self._lines)
            pair = (
                Label("", Role.LABEL, "ink2", name=f"fact_{at}"),
                Label("", Role.LABEL, wrap=True, name=f"value_{at}"),
            )
            self._grid.addWidget(pair[0], at, 0)
            self._grid.addWidget(pair[1], at, 1)
            self._lines.append(pair)
        for at, pair in enumerate(self._lines):
            for label, words in zip(pair, facts[at] if at < len(facts) else ("", ""), strict=True):
                label.set_words(words)
                label.setVisible(at < len(facts))
