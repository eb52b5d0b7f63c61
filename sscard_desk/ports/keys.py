"""Who holds the card keys: training profile, PSAM in a second slot, or the centre's HSM."""

from dataclasses import dataclass, field
from enum import Enum
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


class KeyAct(Enum):
    """What a key is asked for; it goes into the holder's record."""

    WRITE = "write"
    PROVE = "prove"
    READ = "read"
    UNBLOCK_PIN = "unblock_pin"
    RESET_PIN = "reset_pin"


@dataclass(frozen=True)
class KeyUse:
    """The act that a key is asked for, and for whom.

    Attributes:
        act: what is done with it.
        application: key of the application whose card it is; empty without one.
        reason: in the words of whoever asks; needed where no application says why.
    """

    act: KeyAct
    application: str = ""
    reason: str = ""


@dataclass(frozen=True)
class PinOrder:
    """A command that gives a card its PIN back, to be protected under the card's PIN key.

    Attributes:
        header: CLA INS P1 P2.
        block: the PIN as a padded block of the cipher; empty where the command carries none.
    """

    header: bytes
    block: bytes | bytearray = field(repr=False, default=b"")


READING = KeyUse(KeyAct.READ)
"""Says no more than that something is read: a holder that asks for a reason refuses it."""


class KeyHolder(Protocol):
    """Answers a card's challenge without letting a key out."""

    def external_authentication(
        self, key_id: int, factors: CardFactors, challenge: bytes, use: KeyUse = READING
    ) -> bytes:
        """Return the 16 data bytes of EXTERNAL AUTHENTICATE: encrypted challenge followed by the challenge.

        Args:
            key_id: P2 of the command, from the card profile.
            factors: what the key is derived from.
            challenge: 8 bytes from GET CHALLENGE.
            use: the act, for the holder's judgement and record.

        Raises:
            KeyHolderRefused: this holder does not give this key here.
        """

    def protected_pin(self, order: PinOrder, factors: CardFactors, challenge: bytes, use: KeyUse) -> bytes:
        """Return the data bytes of a PIN command: the enciphered block, if there is one, and four bytes of MAC.

        Args:
            order: which command, and the new PIN.
            factors: what the key is derived from.
            challenge: one block of the cipher from GET CHALLENGE.
            use: the act, for the holder's judgement and record.

        Raises:
            KeyHolderRefused: this holder does not give this key here.
        """
