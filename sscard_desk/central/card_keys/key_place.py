"""Where card keys lie: they compute there, and what comes out is a cryptogram and never a key."""

from dataclasses import dataclass
from typing import Final, Protocol

from sscard_desk.cards.algorithm import Algorithm

CHECK_LENGTH: Final = 3
"""Bytes of a check value: the first of an encrypted block of zeros (GlobalPlatform's and PBOC's custom)."""


@dataclass(frozen=True)
class KeyLabel:
    """What a place calls a key.

    Attributes:
        name: key address and id as card profiles and the standard's reader library name it, six hex characters.
        algorithm: its cipher.
    """

    name: str
    algorithm: Algorithm

    @property
    def text(self) -> str:
        """Name and cipher in one word."""
        return f"{self.name}-{self.algorithm.name}"


@dataclass(frozen=True)
class Challenge:
    """What a card asked, and which card: the first step of the standard's two.

    Attributes:
        factors: eight bytes for each level of diversification, at least one.
        random: one block of the cipher from GET CHALLENGE.
    """

    factors: tuple[bytes, ...]
    random: bytes


class KeyPlace(Protocol):
    """A token or vault that holds master keys. Calls come from several threads.

    Every method raises `CardKeysAway` where the place was closed, `TokenRefused` with what a token says, and
    `CardKeyUnknown` where a key is asked for that does not lie there.
    """

    @property
    def algorithms(self) -> tuple[Algorithm, ...]:
        """The ciphers it computes."""

    def put(self, label: KeyLabel, value: bytes) -> None:
        """Take a master key in, 16 bytes; it never comes out again.

        Raises:
            CardKeyExists: there is one of this name and cipher.
            TokenRefused: `cipher`, or what the token says.
        """

    def take_out(self, label: KeyLabel) -> None:
        """Destroy a key; nothing happens where there is none."""

    def labels(self) -> tuple[KeyLabel, ...]:
        """Return what lies there, sorted by name."""

    def proof(self, label: KeyLabel) -> bytes:
        """Return a check value of the key one level below under eight zero bytes: whether it is still the same key.

        The master key itself encrypts nothing: in a token it may derive, and no more.
        """

    def authentication(self, label: KeyLabel, challenge: Challenge) -> bytes:
        """Return the 16 data bytes of EXTERNAL AUTHENTICATE."""

    def protected_pin(self, label: KeyLabel, challenge: Challenge, header: bytes, block: bytes) -> bytes:
        """Return the data bytes of a PIN command: the enciphered block, if there is one, and four bytes of MAC."""

    def close(self) -> None:
        """Forget everything that was opened."""
