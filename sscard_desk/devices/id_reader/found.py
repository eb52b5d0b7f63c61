"""An id reader whose port and speed nobody set: it is looked for where the data allow, and found again when it moved.

Searching asks each allowed port, at each speed, for the state of a SAM-V module (command 11 FF), which changes nothing.
What answered stays the reader until its line breaks; then the next opening looks again, so a reader that comes back
under another name is found without a restart. Tried with simulated readers on ptys whose speed is compared.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sscard_desk.devices.id_reader.ports import Listing, Search, listed_ports
from sscard_desk.devices.id_reader.serial import SamSession, SerialIdReader
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.device import IdReaderMissing, IdReaderSilent
from sscard_desk.domain.errors.station import IdReaderNotFound
from sscard_desk.ports.devices import DeviceState, Health

AUTO: Final = "auto"
"""What `[id_reader] port` says for it."""


class FoundIdReader:
    """The id reader wherever it is; implements `ports.id_reader.IdReader`."""

    def __init__(self, search: Search, *, listing: Listing = listed_ports, additional_address: bool = False) -> None:
        """Look for nothing yet.

        Args:
            search: what may be tried.
            listing: the serial ports of this computer.
            additional_address: as for `SerialIdReader`.
        """
        self._search, self._listing, self._additional = search, listing, additional_address
        self._known: SerialIdReader | None = None
        self._lock = threading.Lock()

    def probe(self) -> DeviceState:
        """Say which reader was found; look for one where none is known."""
        try:
            state = self._reader().probe()
        except IdReaderNotFound as nowhere:
            return DeviceState(Health.OFF, trouble=nowhere)
        if isinstance(state.trouble, IdReaderMissing | IdReaderSilent):
            self._known = None
        return state

    @contextmanager
    def open(self) -> Iterator[SamSession]:
        """Open the line to the reader, after looking for it where that is needed.

        Raises:
            IdReaderNotFound: no allowed port has one.
            IdReaderMissing, IdReaderSilent: it was unplugged just now; the next opening looks for it again.
        """
        reader = self._reader()
        try:
            with reader.open() as session:
                yield session
        except (IdReaderMissing, IdReaderSilent):
            self._known = None
            raise

    def _reader(self) -> SerialIdReader:
        with self._lock:
            if self._known is not None and (self._known.in_use or self._listed(self._known.port)):
                return self._known
            self._known = self._look()
            return self._known

    def _listed(self, device: str) -> bool:
        return any(port.device == device for port in self._listing())

    def _look(self) -> SerialIdReader:
        allowed = [port for port in self._listing() if self._search.allows(port)]
        for baud in self._search.bauds:  # the likeliest speed on every port before the next speed
            for port in allowed:
                reader = SerialIdReader(port.device, baud, additional_address=self._additional)
                if _answers(reader):
                    return reader
        raise IdReaderNotFound(looked_at=len(allowed))


def _answers(reader: SerialIdReader) -> bool:
    """Return whether a SAM-V module is there; one that says that it is not well is there too."""
    try:
        with reader.open() as session:
            session.knock()
    except DeskError:
        return False
    return True
