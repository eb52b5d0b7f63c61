"""Reading a resident id card."""

from contextlib import AbstractContextManager
from typing import Protocol

from sscard_desk.domain.id_card import IdCard
from sscard_desk.ports.devices import Cancel, DeviceState


class IdReaderSession(Protocol):
    """An open id reader."""

    def read(self, cancel: Cancel, wait_s: float = 0.0) -> IdCard:
        """Find, select and read the card, polling every 300 ms for at most `wait_s` seconds.

        Raises:
            IdCardNotRead: no card came in time, or it could not be selected.
            IdFrameDamaged: an answer failed its length or checksum; nothing of it is used.
            IdReaderRefused: the reader answered with an error status.
            IdReaderMissing: the line broke.
            Cancelled: somebody asked to stop.
        """


class IdReader(Protocol):
    """The id reader as configured."""

    def probe(self) -> DeviceState:
        """Look whether the reader answers, cheaply; never raise for "not there"."""

    def open(self) -> AbstractContextManager[IdReaderSession]:
        """Open the line for one or more reads.

        Raises:
            IdReaderMissing: the port cannot be opened.
        """
