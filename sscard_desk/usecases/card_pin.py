"""The PIN of a card, with its holder at the counter: shown, changed, given back.

The tries that are left are read before anybody types. What was typed for one insertion goes to that card alone: right
before it is sent the card is identified again, since a reader may not notice a card that was changed quickly. A card
that was taken out is never sent a PIN by itself again.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from sscard_desk.cards import pin_commands, ssse
from sscard_desk.cards.identity import CardIdentity, identify, read_item
from sscard_desk.cards.iso7816 import get_challenge, select_ef
from sscard_desk.cards.pin import Pin
from sscard_desk.cards.profile import CardProfile
from sscard_desk.domain.errors.device import (
    CardOutcomeUnknown,
    CardReaderSilent,
    CardRefused,
    CardRemoved,
    CardServiceStopped,
    ForeignCard,
    KeyHolderRefused,
)
from sscard_desk.domain.errors.pin import (
    PinBlocked,
    PinCardChanged,
    PinLastTry,
    PinNotInitial,
    PinOutcomeUnknown,
    PinWrong,
)
from sscard_desk.domain.events import PinServed
from sscard_desk.ports.card_reader import CardChannel, CardReader
from sscard_desk.ports.devices import Cancel
from sscard_desk.ports.keys import CardFactors, KeyAct, KeyHolder, KeyUse, PinOrder
from sscard_desk.ports.session import Session
from sscard_desk.ports.store import Store
from sscard_desk.usecases.recording import need_reason

FEWEST_FOR_FIRST: Final = 2
"""With fewer tries left a first PIN is not set: a card whose PIN is another one would block."""

_GONE: Final = (CardRemoved, CardReaderSilent, CardServiceStopped, CardOutcomeUnknown)


@dataclass(frozen=True)
class PinDesk:
    """What serving a PIN needs.

    Attributes:
        store: the journal.
        session: who serves.
        reader: where the card lies.
        keys: unblocks and resets.
        profile: rules for PINs, and the key.
    """

    store: Store
    session: Session
    reader: CardReader
    keys: KeyHolder
    profile: CardProfile


@contextmanager
def card_for_pin(desk: PinDesk, cancel: Cancel, wait_s: float = 0.0) -> "Iterator[PinSession]":
    """Hold the card in the reader until the block ends, its tries read.

    Raises:
        NoCard, ForeignCard, CardRefused, CardMute, CardReaderBusy, CardReaderMissing, CardReaderSilent,
        CardServiceStopped: as named.
        Cancelled: somebody asked to stop.
    """
    with desk.reader.open(cancel, wait_s) as channel:
        yield PinSession(desk, channel)


class PinSession:
    """One card, held while its holder types.

    Attributes:
        tries: how often the PIN may still be wrong; None where the card does not say.
    """

    def __init__(self, desk: PinDesk, channel: CardChannel) -> None:
        self._desk = desk
        self._channel = channel
        self._transmit = channel.transmit
        self._identity = identify(self._transmit, channel.atr)
        self._number = _holder_number(self._identity, channel)
        self.tries = pin_commands.tries(self._transmit)

    @property
    def identification_code(self) -> str:
        """Which card this is."""
        return self._identity.public.identification_code

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
        self._need_tries()
        self._send("verify", lambda: pin_commands.verify(self._transmit, pin), changes=False)

    def change(self, old: Pin, new: Pin) -> None:
        """Put a new PIN in the place of the old one, and show it to the card as proof.

        Raises:
            PinLength, PinWeak: the new one is not taken; nothing was sent.
            PinWrong, PinBlocked, PinCardChanged, PinOutcomeUnknown: as `verify`.
        """
        self.check_new(new)
        self._need_tries()
        self._send("change", lambda: self._changed(old, new))

    def set_first(self, new: Pin) -> None:
        """Put the holder's first PIN in the place of the one that the card came with.

        Raises:
            PinLength, PinWeak: the new one is not taken; nothing was sent.
            PinLastTry: a card with another PIN could be blocked by it; nothing was sent.
            PinNotInitial: the card has another PIN already; that cost one try.
            PinBlocked, PinCardChanged, PinOutcomeUnknown: as `verify`.
        """
        self.check_new(new)
        self._need_tries()
        if self.tries is None or self.tries < FEWEST_FOR_FIRST:
            raise PinLastTry(tries_left=self.tries)
        with Pin.of(self._desk.profile.pin.initial[0]) as initial:
            try:
                self._send("set", lambda: self._changed(initial, new))
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

    def _changed(self, old: Pin, new: Pin) -> None:
        pin_commands.change(self._transmit, old, new)
        pin_commands.verify(self._transmit, new)

    def _give_back(self, act: str, header: bytes, new: Pin, use: KeyUse) -> None:
        need_reason(use.reason)
        profile = self._desk.profile
        key = profile.pin_key
        if key is None:
            raise KeyHolderRefused(reason="key_id")
        identity = self._identity
        factors = CardFactors(self.identification_code, identity.region, identity.historical)

        def give() -> None:
            challenge = get_challenge(self._transmit, key.challenge_length)
            with Pin(pin_commands.block(new, profile.algorithm) if new else b"") as block:
                order = PinOrder(header, block)
                data = self._desk.keys.protected_pin(order, factors, challenge, use)
            pin_commands.give_back(self._transmit, header, data)
            if new:
                pin_commands.verify(self._transmit, new)
            elif not pin_commands.tries(self._transmit):
                raise PinBlocked

        self._send(act, give, reason=use.reason)

    def _send(self, act: str, send: Callable[[], None], *, changes: bool = True, reason: str = "") -> None:
        self._need_same_card()
        if changes:
            self._note(act, "begun", reason)
        try:
            send()
        except _GONE:
            self._note(act, "unknown", reason)
            raise PinOutcomeUnknown(act=act) from None
        except (PinWrong, PinBlocked) as wrong:
            self.tries = wrong.tries_left if isinstance(wrong, PinWrong) else 0
            self._note(act, "wrong", reason)
            raise
        except CardRefused:
            self._note(act, "refused", reason)
            raise
        self._note(act, "done", reason)

    def _need_tries(self) -> None:
        if self.tries == 0:
            raise PinBlocked

    def _need_same_card(self) -> None:
        try:
            again = identify(self._transmit, self._channel.atr).public.identification_code
        except (*_GONE, ForeignCard, CardRefused):
            raise PinCardChanged from None
        if again != self.identification_code:
            raise PinCardChanged

    def _note(self, act: str, outcome: str, reason: str) -> None:
        with self._desk.store.work(self._desk.session.account) as work:
            work.record(PinServed(act, outcome, reason), subject=self.identification_code)


def _holder_number(identity: CardIdentity, channel: CardChannel) -> str:
    """Return the id number that a new PIN is held against; empty where reading it needs a key."""
    if identity.public.reads_holder_with_key:
        return ""
    select_ef(channel.transmit, ssse.EF06.file_id)
    number = ssse.SOCIAL_SECURITY_NUMBER
    return number.decode(read_item(channel.transmit, number))
