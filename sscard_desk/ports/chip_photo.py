"""Whoever turns the picture data of an id card's chip into a picture."""

from typing import Protocol

from sscard_desk.ports.devices import DeviceState


class ChipDecoder(Protocol):
    """The vendor's library behind a process of its own; may be asked from any thread, one call after another."""

    def probe(self) -> DeviceState:
        """Say which library is set and whether it is there; never raise, and never call it."""

    def decode(self, wlt: bytes) -> bytes:
        """Return the picture as a BMP file: 102 x 126 px, 24 bits (domain reference B.4).

        Args:
            wlt: 1,024 bytes as the reader gave them.

        Raises:
            ChipPhotoLength: another length.
            ChipDecoderMissing: no library is set, or it cannot be loaded.
            ChipDecoderCrashed: it ended its process.
            ChipDecoderSilent: it did not come back in time.
            ChipDecoderRefused: it says that it failed.
            ChipDecoderNonsense: what it gave is no such picture.
        """
