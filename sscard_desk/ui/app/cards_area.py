"""The Cards area of the rail: pages about cards, whoever is being served. One of them is in view."""

from typing import Protocol

from PySide6.QtCore import QObject, Signal

from sscard_desk.ui.parts.cards_page import PARTS, CardsPage
from sscard_desk.ui.shell import Shell


class CardsPart(Protocol):
    """The presenter of one page."""

    def opened(self) -> None:
        """The page came into view."""

    def closed(self) -> None:
        """Another page comes into view: let the reader go, keep nothing of a card."""

    def stop(self) -> bool:
        """Esc: stop what runs; return whether there was anything."""

    def go_on(self) -> None:
        """Ctrl+Enter."""


class CardsArea(QObject):
    """Keeps which page of the area is in view.

    Signals:
        back: Esc on a page where nothing runs.
    """

    back = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self._parts: dict[str, CardsPart] = {}
        self._here, self._open = PARTS[0], False

    def add(self, part: str, presenter: CardsPart, view: CardsPage) -> None:
        """Say who works a page of the area."""
        self._parts[part] = presenter
        view.part_chosen.connect(self.show)
        view.go_on.connect(presenter.go_on)
        view.back.connect(self._back)
        self._shell.add_page(part, view, serving=False)

    def open(self) -> None:
        """The area comes into view, with the page that was in view last."""
        self._open = True
        self._parts[self._here].opened()
        self._shell.show_page(self._here)

    def show(self, part: str) -> None:
        """Bring another page of the area into view."""
        if part not in self._parts:
            return
        self.leave()
        self._here = part
        self.open()

    def leave(self) -> None:
        """Another area or the lock comes into view."""
        if self._open:
            self._open = False
            self._parts[self._here].closed()

    def _back(self) -> None:
        if not self._parts[self._here].stop():
            self.back.emit()
