"""Training keys: symmetric, openly published in the profile, and of no use outside training mode."""

from sscard_desk.cards import key_chain, pin_commands
from sscard_desk.cards.profile import CardProfile
from sscard_desk.domain.errors.device import KeyHolderRefused
from sscard_desk.ports.keys import READING, CardFactors, KeyUse, PinOrder


class TrainingKeys:
    """Serves `ports.keys.KeyHolder` from the master keys of a training profile.

    Args:
        profile: a profile that carries training keys.
        training: whether the data folder was made for training; the holder works in no other.
    """

    def __init__(self, profile: CardProfile, *, training: bool) -> None:
        self._profile = profile
        self._training = training

    def __repr__(self) -> str:
        return f"TrainingKeys({self._profile.name!r})"

    def external_authentication(
        self, key_id: int, factors: CardFactors, challenge: bytes, use: KeyUse = READING
    ) -> bytes:
        """Return the 16 data bytes of EXTERNAL AUTHENTICATE; whatever it is used for, these keys are public.

        Raises:
            KeyHolderRefused: `not_training`, `no_training_keys`, `key_id` or `challenge`.
            CipherNotBuilt: the profile names SSF33.
        """
        del use
        key = self._card_key(key_id, factors, challenge)
        return key_chain.answer_to_challenge(key, challenge, self._profile.algorithm)

    def protected_pin(self, order: PinOrder, factors: CardFactors, challenge: bytes, use: KeyUse) -> bytes:
        """Return the data bytes of a PIN command.

        Raises:
            KeyHolderRefused: `not_training`, `no_training_keys`, `key_id` or `challenge`.
            CipherNotBuilt: the profile names SSF33.
        """
        del use
        key_id = self._profile.pin_key.apdu_key_id if self._profile.pin_key else -1
        key = self._card_key(key_id, factors, challenge)
        return pin_commands.protected(self._profile.algorithm, key, challenge, order.header, order.block)

    def _card_key(self, key_id: int, factors: CardFactors, challenge: bytes) -> bytes:
        if not self._training:
            raise KeyHolderRefused(reason="not_training")
        if not self._profile.training:
            raise KeyHolderRefused(reason="no_training_keys")
        algorithm = self._profile.algorithm
        if len(challenge) != key_chain.challenge_length(algorithm):
            raise KeyHolderRefused(reason="challenge")
        master = self._profile.training_keys.get(key_id)
        if master is None:
            raise KeyHolderRefused(reason="key_id")
        levels = self._profile.diversification
        return key_chain.card_key(master, levels, factors.region, factors.historical, algorithm)
