"""The scanner that a counter uses: that of the settings, or one that the computer shows; the choice is remembered."""

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from sscard_desk.disk import write_whole
from sscard_desk.domain.errors.device import ScannerMissing
from sscard_desk.ports.devices import Cancel, DeviceState, Health
from sscard_desk.ports.scanner import Progress, ScannedPage, Scanner, ScannerChoice, ScanOrder

FILE: Final = "scanner.choice"
"""In the data folder; holds `settings`, or the driver's own name of a device."""
SETTINGS: Final = "settings"
"""Key of the scanner that `desk.toml` names; its address is not repeated anywhere."""


class ChosenScanner:
    """The chosen scanner; implements `ports.scanner.Scanner` and `ports.scanner.ScannerChooser`.

    Args:
        configured: the scanner of the settings, None without one.
        name: what that one is called, an address without what may be secret in it.
        make: makes the driver of a found one by its key; None where its driver is not for this system.
        memory: file that keeps the choice.
        found: what the computer shows now.
    """

    def __init__(
        self,
        configured: Scanner | None,
        name: str,
        make: Callable[[str], Scanner | None],
        memory: Path,
        found: Callable[[], tuple[ScannerChoice, ...]],
    ) -> None:
        self._configured, self._name = configured, name
        self._make, self._memory, self._found = make, memory, found
        self._made: tuple[str, Scanner | None] = ("", None)
        self._key: str | None = None

    def probe(self) -> DeviceState:
        """Look whether the chosen one is there."""
        scanner = self._scanner()
        return DeviceState(Health.OFF) if scanner is None else scanner.probe()

    def scan(self, cancel: Cancel) -> tuple[bytes, ...]:
        """Scan what lies there; see `Scanner.scan`."""
        return self._need().scan(cancel)

    def pages(self, order: ScanOrder, cancel: Cancel, progress: Progress | None = None) -> Iterator[ScannedPage]:
        """Scan, one page after another; see `Scanner.pages`."""
        return self._need().pages(order, cancel, progress)

    def choices(self) -> tuple[ScannerChoice, ...]:
        """Return that of the settings first, then what the computer shows, then a remembered one that is away."""
        listed = [ScannerChoice(SETTINGS, self._name)] if self._configured is not None else []
        listed += self._found()
        used = self.chosen()
        if used and used not in {choice.key for choice in listed}:
            listed.append(ScannerChoice(used, used.partition(":")[2]))
        return tuple(listed)

    def chosen(self) -> str:
        """Return the key of the one that is used, empty without any."""
        if self._key is None:
            self._key = ""
            with contextlib.suppress(OSError, UnicodeDecodeError):
                self._key = self._memory.read_text(encoding="utf-8").strip()
        if self._key and self._key != SETTINGS:
            return self._key
        return SETTINGS if self._configured is not None else ""

    def choose(self, key: str) -> None:
        """Use another one from now on.

        Raises:
            DiskFull, DiskTrouble: it is used, but not remembered.
        """
        if not key or "\n" in key:
            return
        self._key = key
        write_whole(self._memory, [key.encode("utf-8")])

    def _need(self) -> Scanner:
        scanner = self._scanner()
        if scanner is None:
            raise ScannerMissing
        return scanner

    def _scanner(self) -> Scanner | None:
        key = self.chosen()
        if key in {"", SETTINGS}:
            return self._configured
        if self._made[0] != key:
            self._made = (key, self._make(key))
        return self._made[1]
