"""The PIN of a card, with its holder at the counter: shown, changed, given back.

The tries that are left are read before anybody types. What was typed for one insertion goes to that card alone: right
before it is sent the card is identified again, since a reader may not notice a card that was changed quickly. A card
that was taken out is never sent a PIN by itself again.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sscard_desk.cards import pin_commands, ssse
from sscard_desk.cards.identity import CardIdentity, identify, read_item
from sscard_desk.cards.iso7816 import select_ef
from sscard_desk.cards.pin import Pin
from sscard_desk.domain.errors.pin import PinNotInitial, PinWrong
from sscard_desk.ports.card_reader import CardChannel
from sscard_desk.ports.devices import Cancel
from sscard_desk.ports.keys import KeyAct, KeyUse
from sscard_desk.ports.pin_pad import HasPinPad
from sscard_desk.usecases.pin_giving import PinGiving
from sscard_desk.usecases.pin_on_pad import PinOnPad
from sscard_desk.usecases.pin_sending import PinDesk, PinSending
from sscard_desk.usecases.pin_tries import Tries
from sscard_desk.usecases.recording import need_reason


@contextmanager
def card_for_pin(desk: PinDesk, cancel: Cancel, wait_s: float = 0.0) -> "Iterator[PinSession]":
    """Hold the card in the reader until the block ends, its tries read.

    Raises:
        NoCard, ForeignCard, CardRefused, CardMute, CardReaderBusy, CardReaderMissing, CardReaderSilent,
        CardServiceStopped, SeveralCards, NoSocialCard: as named.
        Cancelled: somebody asked to stop.
    """
    with desk.reader.open(cancel, wait_s) as channel:
        yield PinSession(desk, channel)


class PinSession:
    """One card, held while its holder types.

    Attributes:
        reader: name of the reader that holds the card.
        on_pad: the reader's own keypad, None without one.
    """

    def __init__(self, desk: PinDesk, channel: CardChannel) -> None:
        self._desk = desk
        self._transmit = channel.transmit
        self.reader = channel.reader
        self._identity = identify(self._transmit, channel.atr)
        self._number = _holder_number(self._identity, channel)
        self._sending = PinSending(desk, channel, self._identity)
        self._tries = Tries(pin_commands.tries(self._transmit))
        pad = channel.pin_pad() if isinstance(channel, HasPinPad) else None
        self.on_pad = PinOnPad(pad, desk.profile.pin, self._sending, self._tries) if pad is not None else None

    @property
    def tries(self) -> int | None:
        """How often the PIN may still be wrong; None where the card does not say."""
        return self._tries.left

    @property
    def identification_code(self) -> str:
        """Which card this is."""
        return self._identity.public.identification_code

    @property
    def card_number(self) -> str:
        """The card's number, empty on a blank."""
        return self._identity.public.card_number

    def still_there(self) -> None:
        """Look whether the same card lies there, while its holder types.

        Raises:
            PinCardChanged: another card, or none; no try was used.
        """
        self._sending.need_still_there()

    def need_tries(self, *, first: bool = False) -> None:
        """Ask nobody for a PIN that the card does not take, or for a first one where setting it is dangerous.

        Raises:
            PinBlocked: no try is left.
            PinLastTry: a card with another PIN could be blocked by a first one.
        """
        if first:
            self._tries.need_for_first()
        else:
            self._tries.need()

    def check_new(self, pin: Pin) -> None:
        """Refuse a new PIN that the profile does not take, before anything is sent.

        Raises:
            PinLength, PinWeak: as named.
        """
        self._desk.profile.pin.check(pin, self._number)

    def verify(self, pin: Pin) -> None:
        """Show the PIN to the card.

        Raises:
            PinWrong, PinBlocked: the card counted a try, or takes none any more.
            PinCardChanged: another card, or none; no try was used.
            PinOutcomeUnknown: the answer was lost; a try may have been used.
        """
        self._tries.need()
        self._sending.need_same_card()
        with self._tries.counting():
            self._sending.show("verify", lambda: pin_commands.verify(self._transmit, pin))

    def change(self, old: Pin, new: Pin) -> None:
        """Put a new PIN in the place of the old one, and show it to the card as proof.

        Raises:
            PinLength, PinWeak: the new one is not taken; nothing was sent.
            PinWrong, PinBlocked, PinCardChanged, PinOutcomeUnknown: as `verify`.
        """
        self.check_new(new)
        self._tries.need()
        self._change("change", old, new)

    def set_first(self, new: Pin) -> None:
        """Put the holder's first PIN in the place of the one that the card came with.

        Raises:
            PinLength, PinWeak: the new one is not taken; nothing was sent.
            PinLastTry: a card with another PIN could be blocked by it; nothing was sent.
            PinNotInitial: the card has another PIN already; that cost one try.
            PinBlocked, PinCardChanged, PinOutcomeUnknown: as `verify`.
        """
        self.check_new(new)
        self._tries.need_for_first()
        with Pin.of(self._desk.profile.pin.initial[0]) as initial:
            try:
                self._change("set", initial, new)
            except PinWrong as wrong:
                raise PinNotInitial(tries_left=wrong.tries_left) from None

    def unblock(self, reason: str) -> None:
        """Give the PIN its tries back; its digits stay.

        Raises:
            ReasonMissing: nothing but blanks.
            KeyHolderRefused, CentreTrouble: the key holder does not give the key.
            CardRefused, PinCardChanged, PinOutcomeUnknown: as named.
        """
        self._give_back("unblock", pin_commands.UNBLOCK, Pin(), KeyUse(KeyAct.UNBLOCK_PIN, reason=reason))

    def reset(self, new: Pin, reason: str) -> None:
        """Give the card a new PIN without the old one, and show it to the card as proof.

        Raises:
            ReasonMissing: nothing but blanks.
            PinLength, PinWeak: the new one is not taken; nothing was sent.
            KeyHolderRefused, CentreTrouble: the key holder does not give the key.
            CardRefused, PinCardChanged, PinOutcomeUnknown: as named.
        """
        self.check_new(new)
        self._give_back("reset", pin_commands.RELOAD, new, KeyUse(KeyAct.RESET_PIN, reason=reason))

    def _change(self, act: str, old: Pin, new: Pin) -> None:
        self._sending.need_same_card()
        with self._tries.counting():
            self._sending.send(
                act,
                lambda: pin_commands.change(self._transmit, old, new),
                proof=lambda: pin_commands.verify(self._transmit, new),
            )

    def _give_back(self, act: str, header: bytes, new: Pin, use: KeyUse) -> None:
        need_reason(use.reason)
        PinGiving(self._desk, self._transmit, self._identity, self._sending).give(act, header, new, use)
        self._tries.left = pin_commands.tries(self._transmit) or self._tries.left


def _holder_number(identity: CardIdentity, channel: CardChannel) -> str:
    """Return the id number that a new PIN is held against; empty where reading it needs a key."""
    if identity.public.reads_holder_with_key:
        return ""
    select_ef(channel.transmit, ssse.EF06.file_id)
    number = ssse.SOCIAL_SECURITY_NUMBER
    return number.decode(read_item(channel.transmit, number))
