"""A contact card in a PC/SC reader, as bytes in and (data, status word) out."""

from contextlib import AbstractContextManager
from typing import Protocol

from sscard_desk.ports.devices import Cancel, DeviceState


class CardChannel(Protocol):
    """A card under an exclusive transaction."""

    @property
    def atr(self) -> bytes:
        """The answer to reset, whole."""

    @property
    def reader(self) -> str:
        """Name of the reader that holds the card, as the system or the maker names it."""

    @property
    def commands(self) -> int:
        """How many commands went to the card so far, GET RESPONSE and repeats included."""

    def transmit(self, apdu: bytes) -> tuple[bytes, int]:
        """Send one command and return (data, status word), `61xx` and `6Cxx` already followed.

        Raises:
            CardRemoved: the card is gone and this command certainly did not reach it.
            CardOutcomeUnknown: the answer was lost; the command may have been carried out.
            CardReaderSilent: reader, service or card hang; the worker process was ended.
            CardServiceStopped: the service ended.
        """


class CardReader(Protocol):
    """The card reader as configured."""

    def probe(self) -> DeviceState:
        """Look whether reader and service are there, cheaply; never raise for "not there"."""

    def open(self, cancel: Cancel, wait_s: float = 0.0) -> AbstractContextManager[CardChannel]:
        """Connect to the card, waiting for one at most `wait_s` seconds.

        Raises:
            CardReaderMissing: no reader of the configured name.
            CardReaderSilent: the service does not answer.
            CardServiceStopped: the service does not run.
            CardReaderBusy: another program holds the card.
            CardMute: something lies in the reader and does not answer.
            NoCard: no card came in time.
            SeveralCards: social security cards lie in several readers.
            NoSocialCard: cards lie in several readers, and none is a social security card.
            Cancelled: somebody asked to stop.
        """
