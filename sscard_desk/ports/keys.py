"""Who holds the card keys: training profile, PSAM in a second slot, or the centre's HSM."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class CardFactors:
    """What a key holder needs to know of a card to derive its keys (domain reference A.10).

    Attributes:
        identification_code: EF05 item 01 as 32 hex characters.
        region: the six digits the code begins with.
        historical: the ATR's historical bytes; their last eight are the card's diversification factor (single source).
    """

    identification_code: str
    region: str
    historical: bytes


class KeyHolder(Protocol):
    """Answers a card's challenge without letting a key out."""

    def external_authentication(self, key_id: int, factors: CardFactors, challenge: bytes) -> bytes:
        """Return the 16 data bytes of EXTERNAL AUTHENTICATE: encrypted challenge followed by the challenge.

        Args:
            key_id: P2 of the command, from the card profile.
            factors: what the key is derived from.
            challenge: 8 bytes from GET CHALLENGE.

        Raises:
            KeyHolderRefused: this holder does not give this key here.
        """
