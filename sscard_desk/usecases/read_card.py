"""Read whatever social security card lies in the reader."""

from collections.abc import Callable
from dataclasses import dataclass

from sscard_desk.cards.holder import CardHolder, read_holder
from sscard_desk.cards.identity import CardIdentity, identify
from sscard_desk.cards.personalisation import open_for_reading
from sscard_desk.cards.profile import CardProfile
from sscard_desk.domain.errors.device import CardAuthenticationFailed, KeyHolderRefused
from sscard_desk.ports.card_reader import CardReader
from sscard_desk.ports.devices import Cancel
from sscard_desk.ports.keys import CardFactors, KeyHolder


@dataclass(frozen=True)
class CardReading:
    """A card as read.

    Attributes:
        identity: EF05 and the answer to reset.
        holder: EF06, or None where reading it needs a key that is not at hand (cards of version 3).
        apdus: how many commands it took.
    """

    identity: CardIdentity
    holder: CardHolder | None
    apdus: int

    @property
    def blank(self) -> bool | None:
        """Whether nobody's data stands on it; None while EF06 could not be read."""
        return None if self.holder is None else not self.holder.social_security_number


def read_social_card(
    reader: CardReader, profile: CardProfile, keys: KeyHolder | None, cancel: Cancel, wait_s: float = 0.0
) -> CardReading:
    """Read EF05, and EF06 as far as the card allows.

    Args:
        reader: the card reader.
        profile: names the read key of version 3 cards.
        keys: holder of that key, None without one.
        cancel: a wish to stop.
        wait_s: how long to wait for a card.

    Raises:
        NoCard, ForeignCard, CardRefused, CardReaderMissing, CardReaderSilent,
        CardServiceStopped: as named.
    """
    with reader.open(cancel, wait_s) as channel:
        identity = identify(channel.transmit, channel.atr)
        locked = identity.public.reads_holder_with_key and not _opened(channel.transmit, identity, profile, keys)
        holder = None if locked else read_holder(channel.transmit)
        return CardReading(identity, holder, channel.commands)


def _opened(
    transmit: Callable[[bytes], tuple[bytes, int]], identity: CardIdentity, profile: CardProfile, keys: KeyHolder | None
) -> bool:
    if keys is None:
        return False
    factors = CardFactors(identity.public.identification_code, identity.region, identity.historical)
    try:
        open_for_reading(
            transmit, identity, profile, lambda key, challenge: keys.external_authentication(key, factors, challenge)
        )
    except (CardAuthenticationFailed, KeyHolderRefused):
        return False
    return True
