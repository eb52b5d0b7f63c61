"""Giving a card's PIN back under the card's PIN key: its tries (unblock), or new digits (reset)."""

from sscard_desk.cards import pin_commands
from sscard_desk.cards.identity import CardIdentity
from sscard_desk.cards.iso7816 import Transmit, get_challenge
from sscard_desk.cards.pin import Pin
from sscard_desk.domain.errors.device import KeyHolderRefused
from sscard_desk.domain.errors.pin import PinBlocked
from sscard_desk.ports.keys import CardFactors, KeyUse, PinOrder
from sscard_desk.usecases.pin_sending import PinDesk, PinSending


class PinGiving:
    """One card, and whoever holds its PIN key.

    Args:
        desk: the key holder and the profile.
        transmit: to the card.
        identity: which card.
        sending: sends and keeps the act.
    """

    def __init__(self, desk: PinDesk, transmit: Transmit, identity: CardIdentity, sending: PinSending) -> None:
        self._desk, self._transmit, self._identity, self._sending = desk, transmit, identity, sending

    def give(self, act: str, header: bytes, new: Pin, use: KeyUse) -> None:
        """Ask the key holder for the command's data, send it and prove it.

        The key holder is asked before the act counts as begun: if it refuses, that is the act's end.

        Raises:
            KeyHolderRefused, CentreTrouble: the key holder does not give the key.
            CardRefused, PinCardChanged, PinBlocked, PinOutcomeUnknown: as `PinSending.send`.
        """
        data = self._sending.prepare(act, use.reason, lambda: self._protected(header, new, use))
        self._sending.send(
            act,
            lambda: pin_commands.give_back(self._transmit, header, data),
            proof=lambda: self._prove(new),
            reason=use.reason,
        )

    def _protected(self, header: bytes, new: Pin, use: KeyUse) -> bytes:
        """Return the command's data; the challenge is the newest the card gave, so nothing is sent in between."""
        profile, identity = self._desk.profile, self._identity
        key = profile.pin_key
        if key is None:
            raise KeyHolderRefused(reason="key_id")
        factors = CardFactors(identity.public.identification_code, identity.region, identity.historical)
        challenge = get_challenge(self._transmit, key.challenge_length)
        with Pin(pin_commands.block(new, profile.algorithm) if new else b"") as block:
            return self._desk.keys.protected_pin(PinOrder(header, block), factors, challenge, use)

    def _prove(self, new: Pin) -> None:
        if new:
            pin_commands.verify(self._transmit, new)
        elif pin_commands.tries(self._transmit) == 0:
            raise PinBlocked
