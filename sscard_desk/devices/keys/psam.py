"""Keys in a PSAM in a second reader slot.

Device: a PSAM of the social security system. Interface: PC/SC, a slot of its own. Standards: domain reference A.2, A.9,
A.10, single source. Tried: the virtual PSAM behind pcscd and vpcd; no genuine one yet. Only 3DES: no source gives the
commands of a PSAM that holds SM4 keys. It answers challenges; unblocking and resetting a PIN is left to the centre.
"""

from typing import Final

from sscard_desk.cards import key_chain, psam_commands
from sscard_desk.cards.algorithm import Algorithm, stated_algorithm
from sscard_desk.cards.iso7816 import select_name
from sscard_desk.cards.profile import CardProfile, PsamRules
from sscard_desk.cards.status_words import StatusWord
from sscard_desk.domain.errors.device import (
    CardMute,
    CardOutcomeUnknown,
    CardReaderMissing,
    CardReaderSilent,
    CardRemoved,
    CardServiceStopped,
    KeyHolderRefused,
    NoCard,
)
from sscard_desk.domain.errors.psam import PsamMissing, PsamUnfit
from sscard_desk.ports.card_reader import CardChannel, CardReader
from sscard_desk.ports.devices import Cancel
from sscard_desk.ports.keys import READING, CardFactors, KeyUse, PinOrder

_GONE: Final = (
    NoCard,
    CardMute,
    CardRemoved,
    CardOutcomeUnknown,
    CardReaderMissing,
    CardReaderSilent,
    CardServiceStopped,
)
_REASONS: Final[dict[int, str]] = {
    StatusWord.KEY_NOT_FOUND: "key",
    StatusWord.KEY_INDEX_WRONG: "key",
    StatusWord.CONDITIONS: "level",
    StatusWord.SECURITY_STATUS: "level",
    StatusWord.FUNCTION_NOT_SUPPORTED: "algorithm",
}


class PsamKeys:
    """Serves `ports.keys.KeyHolder` from a PSAM.

    It is opened for each answer and let go with a reset, so that nobody inherits a key that was made in it.

    Args:
        reader: the slot with the PSAM.
        profile: says how it is spoken to.
        training: whether the data folder was made for training; a training profile works in no other.
    """

    def __init__(self, reader: CardReader, profile: CardProfile, *, training: bool) -> None:
        self._reader = reader
        self._profile = profile
        self._training = training

    def __repr__(self) -> str:
        return f"PsamKeys({self._profile.name!r})"

    def external_authentication(
        self, key_id: int, factors: CardFactors, challenge: bytes, use: KeyUse = READING
    ) -> bytes:
        """Return the 16 data bytes of EXTERNAL AUTHENTICATE.

        Raises:
            KeyHolderRefused: `not_training`, `no_psam`, `key_id` or `challenge`.
            PsamMissing: none answers; nothing happened to the card.
            PsamUnfit: it cannot do this.
        """
        del use
        profile = self._profile
        if profile.training and not self._training:
            raise KeyHolderRefused(reason="not_training")
        if profile.psam is None:
            raise KeyHolderRefused(reason="no_psam")
        index = profile.psam.keys.get(key_id)
        if index is None:
            raise KeyHolderRefused(reason="key_id")
        if profile.algorithm is not Algorithm.TRIPLE_DES:
            raise PsamUnfit(reason="algorithm")
        if len(challenge) != key_chain.challenge_length(profile.algorithm):
            raise KeyHolderRefused(reason="challenge")
        levels = key_chain.factors(profile.diversification, factors.region, factors.historical)
        try:
            with self._reader.open(Cancel()) as psam:
                self._select(psam, profile.psam)
                _ask(psam, psam_commands.diversify(index, levels, challenge), b"")
                return _ask(psam, psam_commands.encipher(challenge), challenge) + challenge
        except _GONE:
            # of the PSAM and not of the card: whoever writes must not take it for a lost answer of the card
            raise PsamMissing from None

    def protected_pin(self, order: PinOrder, factors: CardFactors, challenge: bytes, use: KeyUse) -> bytes:
        """Refuse.

        Raises:
            KeyHolderRefused: `psam_pin`, always.
        """
        del order, factors, challenge, use
        raise KeyHolderRefused(reason="psam_pin")

    def _select(self, psam: CardChannel, rules: PsamRules) -> None:
        file_control, status_word = select_name(psam.transmit, rules.application)
        if status_word != StatusWord.SUCCESS:
            raise PsamUnfit(reason="application", status_word=status_word)
        if stated_algorithm(file_control) not in {None, self._profile.algorithm}:
            raise PsamUnfit(reason="algorithm", status_word=status_word)


def _ask(psam: CardChannel, apdu: bytes, like: bytes) -> bytes:
    """Return what the PSAM answers, as long as `like`."""
    data, status_word = psam.transmit(apdu)
    if status_word != StatusWord.SUCCESS:
        raise PsamUnfit(reason=_REASONS.get(status_word, "refused"), status_word=status_word)
    if len(data) != len(like):
        raise PsamUnfit(reason="refused", status_word=status_word)
    return data
