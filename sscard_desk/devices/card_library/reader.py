"""A card reader behind the standard's library; serves `ports.card_reader.CardReader`.

Device: any reader whose maker ships `SSCardDriver.dll` or `.so`. Interface: LD/T 33-2015. Tried: a library of the same
functions built in the tests over a virtual card; no maker's library yet, and not on Windows.
"""

import contextlib
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from sscard_desk.devices.card_library import codes
from sscard_desk.devices.card_library.calls import CardLibrary, LibraryGone, Said
from sscard_desk.devices.card_library.pad import LibraryPad
from sscard_desk.devices.card_library.transmit import LibraryTransmit
from sscard_desk.domain.errors.device import CardMute, CardOutcomeUnknown, CardReaderSilent, NoCard
from sscard_desk.ports.devices import Cancel, DeviceState, Health

EITHER: Final = 3
"""iType: whichever card is there, a contact one first."""

_LOOK_EVERY_S: Final = 0.3


class LibraryChannel:
    """A card behind the library; serves `ports.card_reader.CardChannel`.

    Attributes:
        reader: file name of the library; which reader it found it does not say.
        atr: an answer to reset without interface bytes: the library tells the historical bytes alone.
        transmit: what the desk asks the card.
    """

    def __init__(self, library: CardLibrary, interface: int, first: Said, cancel: Cancel) -> None:
        self._library = library
        self._interface = interface
        self._cancel = cancel
        self._before = library.calls
        fields = first.fields if not first.number else []
        historical = bytes.fromhex(fields[1]) if len(fields) > 1 else b""
        self.reader = Path(library.path).name
        self.atr = bytes((0x3B, len(historical))) + historical
        self.transmit = LibraryTransmit(library, interface, first, cancel)

    @property
    def commands(self) -> int:
        """How many functions of the library were called; how many commands each sends it does not say."""
        return self._library.calls - self._before

    def pin_pad(self) -> LibraryPad:
        """Return the terminal's keypad: with this library a PIN is typed nowhere else."""
        return LibraryPad(self._ask)

    def _ask(self, function: str) -> Said:
        try:
            return self._library.call(function, self._interface, cancel=self._cancel)
        except LibraryGone:
            raise CardOutcomeUnknown from None


class LibraryCardReader:
    """The reader behind a library.

    Args:
        library: the library.
        interface: iType of LD/T 33.
    """

    def __init__(self, library: CardLibrary, interface: int = EITHER) -> None:
        self._library = library
        self._interface = interface

    def probe(self) -> DeviceState:
        """Look whether the library is there; it is not asked, since asking powers the card."""
        trouble = self._library.missing()
        name = Path(self._library.path).name
        return DeviceState(Health.WARNING if trouble else Health.READY, name, trouble, {"interface": "LD/T 33"})

    @contextlib.contextmanager
    def open(self, cancel: Cancel, wait_s: float = 0.0) -> Iterator[LibraryChannel]:
        """Find the card, waiting for one at most `wait_s` seconds.

        Raises:
            ReaderLibraryMissing: it cannot be loaded, or has not the functions of LD/T 33.
            CardReaderMissing, CardReaderSilent, CardMute, NoCard: as named.
            ReaderLibraryRefused: another error number.
            Cancelled: somebody asked to stop.
        """
        trouble = self._library.missing()
        if trouble is not None:
            raise trouble
        first = self._found(cancel, wait_s)
        channel = LibraryChannel(self._library, self._interface, first, cancel)
        try:
            yield channel
        finally:
            # the library has no function to let go of a card: with its process ends what was authenticated
            self._library.close()

    def close(self) -> None:
        """End the library's process, if one runs."""
        self._library.close()

    def _found(self, cancel: Cancel, wait_s: float) -> Said:
        until = time.monotonic() + wait_s
        while True:
            cancel.check()
            try:
                said = self._library.call("iReadCardBas_HSM_Step1", self._interface, cancel=cancel)
            except LibraryGone:
                raise CardReaderSilent from None
            if said.number in {0, codes.WRONG_CARD}:
                return said
            trouble = codes.before_commands(said.number)
            if not isinstance(trouble, NoCard | CardMute) or time.monotonic() >= until:
                raise trouble
            cancel.wait(_LOOK_EVERY_S)
