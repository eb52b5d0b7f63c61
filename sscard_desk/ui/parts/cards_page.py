"""The frame of a page of the Cards area: which of its pages, above; Esc goes back to serving."""

from typing import Final

from PySide6.QtCore import Signal

from sscard_desk.ui.parts.step_page import StepPage
from sscard_desk.ui.widgets.segments import Segments
from sscard_desk.ui.words import Words, say

CARDS_READ: Final = "cards_read"
CARDS_PIN: Final = "cards_pin"
CARDS_STOCK: Final = "cards_stock"
CARDS_BATCH: Final = "cards_batch"
PARTS: Final = (CARDS_READ, CARDS_PIN, CARDS_STOCK, CARDS_BATCH)
"""The pages of the area in their order; the first is the one that opens at first."""


class CardsPage(StepPage):
    """A page of the Cards area.

    Signals:
        part_chosen: another page of the area.
    """

    part_chosen = Signal(str)

    def __init__(self, part: str, title: Words, *, name: str, scrolls: bool = False) -> None:
        super().__init__(title, name=name, scrolls=scrolls)
        self._part = part
        self._parts = Segments(tuple((key, say(f"cards.part.{key}"), "") for key in PARTS), name="cards_parts")
        self._parts.set_chosen(part)
        self._parts.chosen.connect(self._chosen)
        self.head_right.addWidget(self._parts)

    def _chosen(self, part: str) -> None:
        self._parts.set_chosen(self._part)  # this page stays what it is; the other one comes
        if part != self._part:
            self.part_chosen.emit(part)
