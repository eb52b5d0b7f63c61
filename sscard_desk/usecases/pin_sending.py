"""Sending one command that tries or changes a PIN, and keeping in the journal how it ended.

A PIN goes to the card that its holder saw in the reader, to no other and never twice by itself. What changes the card
stands in the journal before it is sent, and every act that was begun there has an end there, unless the program died.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeVar

from sscard_desk.cards.identity import CardIdentity, identify, read_identification_code
from sscard_desk.cards.profile import CardProfile
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.device import (
    CardItemDamaged,
    CardOutcomeUnknown,
    CardReaderMissing,
    CardReaderSilent,
    CardRefused,
    CardRemoved,
    CardServiceStopped,
    ForeignCard,
)
from sscard_desk.domain.errors.pin import PinBlocked, PinCardChanged, PinOutcomeUnknown, PinWrong
from sscard_desk.domain.events import PinServed
from sscard_desk.ports.card_reader import CardChannel, CardReader
from sscard_desk.ports.keys import KeyHolder
from sscard_desk.ports.session import Session
from sscard_desk.ports.store import Store

T = TypeVar("T")

GONE: Final = (CardRemoved, CardReaderSilent, CardServiceStopped, CardOutcomeUnknown, CardReaderMissing)
"""The card cannot be asked any more."""


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


class PinSending:
    """One card's acts.

    Args:
        desk: where they are kept.
        channel: the card.
        identity: which card its holder saw.
    """

    def __init__(self, desk: PinDesk, channel: CardChannel, identity: CardIdentity) -> None:
        self._desk = desk
        self._channel = channel
        self._code = identity.public.identification_code

    def need_still_there(self) -> None:
        """Ask for the identification code alone: cheap enough for every second while somebody types.

        Raises:
            PinCardChanged: another card, or none; no try was used.
        """
        self._need(lambda: read_identification_code(self._channel.transmit))

    def need_same_card(self) -> None:
        """Ask the card itself which one it is: a reader may not notice a card that was changed quickly.

        Raises:
            PinCardChanged: another card, or none; no try was used.
        """
        self._need(lambda: identify(self._channel.transmit, self._channel.atr).public.identification_code)

    def _need(self, ask: Callable[[], str]) -> None:
        try:
            again = ask()
        except (*GONE, ForeignCard, CardRefused, CardItemDamaged):
            raise PinCardChanged from None
        if again != self._code:
            raise PinCardChanged

    def prepare(self, act: str, reason: str, make: Callable[[], T]) -> T:
        """Get what an act needs before anything can change; a refusal is kept as the act's end.

        Raises:
            PinCardChanged: the card is gone; nothing was changed.
            KeyHolderRefused, CentreTrouble, CardRefused: as `make` says.
        """
        self.need_same_card()
        try:
            return make()
        except GONE:
            raise PinCardChanged from None
        except DeskError:
            self._note(act, "refused", reason)
            raise

    def send(self, act: str, command: Callable[[], None], *, proof: Callable[[], None], reason: str = "") -> None:
        """Send a command that changes the card, then what proves it.

        Raises:
            PinWrong, PinBlocked, CardRefused: the card's own answer; nothing was changed but its tries.
            PinOutcomeUnknown: the answer was lost, or the proof did not come.
        """
        self._note(act, "begun", reason)
        self._command(act, command, reason)
        try:
            proof()
        except PinBlocked:
            self._note(act, "refused", reason)
            raise
        except DeskError:
            self._note(act, "unknown", reason)
            raise PinOutcomeUnknown(act=act) from None
        self._note(act, "done", reason)

    def show(self, act: str, command: Callable[[], None]) -> None:
        """Send a command that changes nothing but the tries.

        Raises:
            PinWrong, PinBlocked, CardRefused, PinOutcomeUnknown: as `send`.
        """
        self._command(act, command, "")
        self._note(act, "done", "")

    def _command(self, act: str, command: Callable[[], None], reason: str) -> None:
        try:
            command()
        except GONE:
            self._note(act, "unknown", reason)
            raise PinOutcomeUnknown(act=act) from None
        except (PinWrong, PinBlocked):
            self._note(act, "wrong", reason)
            raise
        except DeskError:
            self._note(act, "refused", reason)
            raise

    def _note(self, act: str, outcome: str, reason: str) -> None:
        with self._desk.store.work(self._desk.session.account) as work:
            work.record(PinServed(act, outcome, reason), subject=self._code)
