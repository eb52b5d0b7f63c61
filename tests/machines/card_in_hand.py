"""A virtual card without reader and service: the model itself as a `transmit`, with the reader's errors."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date

from sscard_desk.cards import authentication
from sscard_desk.cards.identity import CardIdentity, identify
from sscard_desk.cards.iso7816 import Transmit, following, may_write
from sscard_desk.cards.plan import CardContent
from sscard_desk.cards.profile import CardProfile
from sscard_desk.devices.card_reader.card_faults import FaultKind
from sscard_desk.devices.card_reader.pin_pad import PcscPinPad, features
from sscard_desk.devices.card_reader.virtual_card import VirtualCard
from sscard_desk.devices.card_reader.virtual_pad import VirtualPad
from sscard_desk.devices.keys.training import TrainingKeys
from sscard_desk.domain.errors.device import CardOutcomeUnknown, CardRemoved
from sscard_desk.ports.devices import Cancel, DeviceState, Health
from sscard_desk.ports.keys import CardFactors, KeyAct, KeyUse

CONTENT = CardContent(
    issue_date=date(2026, 11, 22),
    valid_until=date(2036, 11, 22),
    card_number="B22451259",
    social_security_number="11010119900307109X",
    name="阿卜杜热合曼·阿卜杜热西提·买买提",
    sex="1",
    ethnic="05",
    birthplace="650102",
    birth_date=date(1990, 3, 7),
)


class CardInHand:
    """Serves `transmit`; pulls the card at the n-th command of one kind."""

    def __init__(self, card: VirtualCard, kind: FaultKind | None = None, at: int = 0, instruction: int = 0) -> None:
        self.card = card
        self._fault = kind
        self._left = at
        self._instruction = instruction
        self._out = False
        self.transmit: Transmit = following(self._exchange)

    def _exchange(self, apdu: bytes) -> tuple[bytes, int]:
        if self._out:
            raise CardRemoved
        self._left -= apdu[1] == self._instruction
        if self._fault is not None and self._left == 0 and apdu[1] == self._instruction:
            self._out = True
            if self._fault is not FaultKind.PULL_BEFORE:
                self.card.process(apdu, torn=self._fault is FaultKind.PULL_HALF)
            raise CardOutcomeUnknown if may_write(apdu) else CardRemoved
        answer = self.card.process(apdu)
        return answer[:-2], int.from_bytes(answer[-2:], "big")

    def put_back(self) -> "CardInHand":
        """Return the same card in the reader again."""
        self.card.reset()
        return CardInHand(self.card)


class InHandReader:
    """Serves `ports.card_reader.CardReader` for a card in hand."""

    def __init__(self, card: VirtualCard) -> None:
        self.card = card
        self.fault: tuple[FaultKind, int, int] | None = None
        """What goes wrong at the next card that is opened: what, at which command, of which kind."""
        self.typed_on_pad: Sequence[str] | None = None
        """What a holder types on the reader's own keypad, entry by entry; None for a reader without one."""

    def probe(self) -> DeviceState:
        return DeviceState(Health.READY)

    @contextmanager
    def open(self, cancel: Cancel, wait_s: float = 0.0) -> Iterator["InHandChannel"]:
        del wait_s  # it lies there already
        cancel.check()
        self.card.reset()
        fault, self.fault = self.fault, None
        self.channel = InHandChannel(self.card, fault)
        if self.typed_on_pad is not None:
            self.channel.pad = VirtualPad(self.card, self.typed_on_pad)
        yield self.channel
        self.card.reset()

    def change(self, card: VirtualCard) -> None:
        """Lay another card in behind the handle, quicker than the reader notices."""
        card.reset()
        self.channel.hand.card = card


class InHandChannel:
    """Serves `ports.card_reader.CardChannel`."""

    def __init__(self, card: VirtualCard, fault: tuple[FaultKind, int, int] | None = None) -> None:
        self.atr = card.atr
        self.reader = "in hand"
        self.pad: VirtualPad | None = None
        self.commands = 0
        self.hand = CardInHand(card, *fault) if fault is not None else CardInHand(card)

    def transmit(self, apdu: bytes) -> tuple[bytes, int]:
        self.commands += 1
        return self.hand.transmit(apdu)

    def pin_pad(self) -> PcscPinPad | None:
        return None if self.pad is None else PcscPinPad(self.pad.control, features(self.pad.features()))


def answers(profile: CardProfile, identity: CardIdentity) -> authentication.Answer:
    """Return what a use case gives `authenticate`: the training keys, told of this card."""
    keys = TrainingKeys(profile, training=True)
    factors = CardFactors(identity.public.identification_code, identity.region, identity.historical)

    def answer(key_id: int, challenge: bytes) -> bytes:
        return keys.external_authentication(key_id, factors, challenge, KeyUse(KeyAct.WRITE))

    return answer


def opened(transmit: Transmit, atr: bytes, profile: CardProfile) -> CardIdentity:
    """Identify a card and authenticate for everything that writing needs."""
    identity = identify(transmit, atr)
    answer = answers(profile, identity)
    authentication.open_for_reading(transmit, identity, profile, answer)
    authentication.authenticate(transmit, profile.update_key, answer)
    return identity
