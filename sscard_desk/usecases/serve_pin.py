"""One act on a card's PIN as a conversation: what lies there, what the holder types, what came of it.

Runs on the card reader's lane. Whoever asks the holder (a window, a terminal) stands behind `PinTalk`; every PIN that
it gives is wiped here, however the act ends.
"""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Final, Protocol

from sscard_desk.cards.pin import Pin
from sscard_desk.domain.errors.pin import PinLength, PinsDiffer, PinWeak
from sscard_desk.ports.devices import Cancel
from sscard_desk.usecases.card_pin import PinSession, card_for_pin
from sscard_desk.usecases.pin_on_pad import PinOnPad
from sscard_desk.usecases.pin_sending import PinDesk
from sscard_desk.usecases.recording import need_reason


class PinAct(StrEnum):
    """What is done; the values stand in the journal."""

    VERIFY = "verify"
    SET = "set"
    CHANGE = "change"
    UNBLOCK = "unblock"
    RESET = "reset"


class Asked(Enum):
    """What the holder is asked for."""

    PIN = "pin"
    OLD = "old"
    NEW = "new"
    AGAIN = "again"


NEEDS_REASON: Final = frozenset({PinAct.UNBLOCK, PinAct.RESET})
"""Acts under the card's PIN key; the key holder keeps why."""

ON_PAD: Final = frozenset({PinAct.VERIFY, PinAct.CHANGE})
"""Acts that a reader's keypad can do by itself."""


@dataclass(frozen=True)
class PinCard:
    """The card that was found.

    Attributes:
        identification_code: which card.
        card_number: its number, empty on a blank.
        reader: where it lies.
        tries: how often the PIN may still be wrong; None where the card does not say.
        pad: whether the act goes over the reader's own keypad.
    """

    identification_code: str
    card_number: str
    reader: str
    tries: int | None
    pad: bool


class PinTalk(Protocol):
    """Whoever asks the holder. All methods are called on the reader's lane."""

    @property
    def twice(self) -> bool:
        """Whether a new PIN is asked for a second time."""

    def found(self, card: PinCard) -> None:
        """Show the card and its tries, before anything is asked."""

    def ask(self, what: Asked, still_there: Callable[[], None]) -> Pin:
        """Return what the holder typed.

        Args:
            what: which PIN.
            still_there: to be called now and then meanwhile; raises when the card is gone.

        Raises:
            PinEntryStopped: the holder stopped, or nothing came for too long.
            Cancelled: somebody asked to stop.
        """

    def again(self, error: PinWeak | PinLength | PinsDiffer) -> None:
        """Say why a new PIN is asked for once more; raise the error where it is not."""

    def working(self) -> None:
        """Nobody types any more: the card works."""


def serve_pin(
    desk: PinDesk,
    act: PinAct,
    talk: PinTalk,
    cancel: Cancel,
    wait_s: float = 0.0,
    *,
    reason: str = "",
    pad: bool = False,
) -> PinCard:
    """Do one act and return the card as it was found.

    Args:
        desk: reader, key holder, journal.
        act: what is done.
        talk: asks the holder.
        cancel: a wish to stop, before anything is sent.
        wait_s: how long to wait for a card.
        reason: why the PIN is unblocked or reset.
        pad: whether the reader's own keypad is used where it has one.

    Raises:
        ReasonMissing: an act that needs a reason has none; the card was not asked.
        PinBlocked, PinLastTry: before anybody is asked, or as the card says.
        PinWrong, PinNotInitial, PinCardChanged, PinOutcomeUnknown, PinEntryStopped, PinWeak, PinLength, PinsDiffer,
        PinPadFailed, KeyHolderRefused, CentreTrouble, CardRefused: as `PinSession`.
        NoCard, ForeignCard, SeveralCards, NoSocialCard and the reader's own: as `card_for_pin`.
        Cancelled: somebody asked to stop; nothing was sent.
    """
    if act in NEEDS_REASON:
        need_reason(reason)
    with card_for_pin(desk, cancel, wait_s) as card, ExitStack() as typed:
        keypad = card.on_pad
        on_pad = keypad is not None and act in ON_PAD and (keypad.only or (pad and _can(act, keypad)))
        found = PinCard(card.identification_code, card.card_number, card.reader, card.tries, on_pad)
        talk.found(found)
        if act is PinAct.SET:
            card.need_tries(first=True)
        elif act in ON_PAD:
            card.need_tries()
        cancel.check()
        if on_pad and keypad is not None:
            (keypad.verify if act is PinAct.VERIFY else keypad.change)()
        else:
            _typed(act, card, _Asking(card, talk, typed), reason)
        return found


def _can(act: PinAct, keypad: PinOnPad) -> bool:
    return act is PinAct.VERIFY or keypad.can_change


def _typed(act: PinAct, card: PinSession, ask: "_Asking", reason: str) -> None:
    match act:
        case PinAct.VERIFY:
            pin = ask(Asked.PIN)
            ask.talk.working()
            card.verify(pin)
        case PinAct.SET:
            new = ask.new()
            ask.talk.working()
            card.set_first(new)
        case PinAct.CHANGE:
            old, new = ask(Asked.OLD), ask.new()
            ask.talk.working()
            card.change(old, new)
        case PinAct.UNBLOCK:
            ask.talk.working()
            card.unblock(reason)
        case PinAct.RESET:
            new = ask.new()
            ask.talk.working()
            card.reset(new, reason)


class _Asking:
    """Asks, and wipes what was typed when the act is over."""

    def __init__(self, card: PinSession, talk: PinTalk, typed: ExitStack) -> None:
        self._card, self.talk, self._typed = card, talk, typed

    def __call__(self, what: Asked) -> Pin:
        return self._typed.enter_context(self.talk.ask(what, self._card.still_there))

    def new(self) -> Pin:
        """Return a new PIN that the profile takes, typed twice alike where that is asked."""
        while True:
            pin = self(Asked.NEW)
            try:
                self._card.check_new(pin)
                if self.talk.twice and pin != self(Asked.AGAIN):
                    raise PinsDiffer  # noqa: TRY301 - one place that says why it is asked again
            except (PinWeak, PinLength, PinsDiffer) as error:
                pin.wipe()
                self.talk.again(error)
            else:
                return pin
