"""A keypad on the reader itself: what is typed there goes to the card and never to this computer."""

from typing import Protocol, runtime_checkable


class PinPad(Protocol):
    """The keypad of one reader, for the card that lies in it."""

    @property
    def only(self) -> bool:
        """Whether this reader takes PINs on its pad and in no other way."""

    @property
    def can_change(self) -> bool:
        """Whether the pad takes an old and a new PIN in one act."""

    def verify(self, length: int) -> int:
        """Let the holder type the PIN and show it to the card.

        Args:
            length: how many digits it has.

        Returns:
            The card's status word: 9000, 63Cn or 6983 of a card that took the command.

        Raises:
            PinEntryStopped, PinLength: stopped, typed for too long, or not so many digits; nothing went to the card.
            PinPadFailed: the pad did not take the order; nothing went to the card.
            CardRemoved, CardOutcomeUnknown, CardReaderSilent, CardServiceStopped: as `CardChannel.transmit`.
        """

    def change(self, length: int) -> int:
        """Let the holder type the old PIN and the new one twice; as `verify`.

        Raises:
            PinsDiffer: the new one was not typed twice alike; nothing went to the card.
            PinEntryStopped, PinLength, PinPadFailed: as `verify`.
            CardRemoved, CardOutcomeUnknown, CardReaderSilent, CardServiceStopped: likewise.
        """


@runtime_checkable
class HasPinPad(Protocol):
    """A card channel whose reader may have a keypad."""

    def pin_pad(self) -> PinPad | None:
        """Return the keypad that the reader reports; None without one. Never raises for "there is none"."""
