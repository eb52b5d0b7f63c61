"""Which scanners there are, and choosing one of them; they are looked for on the scanner's lane. No Qt."""

from collections.abc import Callable
from typing import Final

from sscard_desk.domain.errors import DeskError
from sscard_desk.ports.scanner import ScannerChoice, ScannerChooser
from sscard_desk.ui.doctor.state import ScannerList
from sscard_desk.ui.serving.ports import Runner

SCANNER: Final = "scanner"


class Scanners:
    """The list below the scanner's finding.

    Args:
        chooser: which there are; None where none can be chosen.
        runner: the lanes.
        changed: shows the page again.
        chosen: another one is in use from now on.
        failed: told what went wrong while it was being remembered.
    """

    def __init__(
        self,
        chooser: ScannerChooser | None,
        runner: Runner,
        changed: Callable[[], None],
        chosen: Callable[[], None],
        failed: Callable[[DeskError], None],
    ) -> None:
        self._chooser, self._runner = chooser, runner
        self._changed, self._chosen, self._failed = changed, chosen, failed
        self._found: tuple[ScannerChoice, ...] = ()
        self._looking = False

    def state(self, device: str) -> ScannerList:
        """Return the list as the page shows it beside a device."""
        if self._chooser is None or device != SCANNER:
            return ScannerList()
        choices = tuple((choice.key, choice.name) for choice in self._found)
        return ScannerList(True, self._looking, choices, self._chooser.chosen())

    def look(self) -> None:
        """Look which there are."""
        chooser = self._chooser
        if chooser is None or self._looking:
            return
        self._looking = True
        self._changed()
        self._runner.submit(SCANNER, chooser.choices, self._came, self._not_come)

    def choose(self, key: str) -> None:
        """Use another one from now on."""
        chooser = self._chooser
        if chooser is None or key not in {choice.key for choice in self._found} or key == chooser.chosen():
            return
        self._runner.submit(SCANNER, lambda: chooser.choose(key), lambda _none: self._used(), self._not_kept)

    # -- inner

    def _came(self, found: tuple[ScannerChoice, ...]) -> None:
        self._looking, self._found = False, found
        self._changed()

    def _not_come(self, error: DeskError) -> None:
        self._looking = False
        self._changed()
        self._failed(error)

    def _used(self) -> None:
        self._changed()
        self._chosen()

    def _not_kept(self, error: DeskError) -> None:
        self._used()
        self._failed(error)
