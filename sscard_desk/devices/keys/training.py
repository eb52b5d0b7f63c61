"""Training keys: symmetric, openly published in the profile, and of no use outside training mode."""

from sscard_desk.cards import key_chain
from sscard_desk.cards.profile import CardProfile
from sscard_desk.domain.errors.device import KeyHolderRefused
from sscard_desk.ports.keys import CardFactors


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

    def external_authentication(self, key_id: int, factors: CardFactors, challenge: bytes) -> bytes:
        """Return the 16 data bytes of EXTERNAL AUTHENTICATE.

        Raises:
            KeyHolderRefused: `not_training`, `no_training_keys`, `key_id` or `challenge`.
            CipherNotBuilt: the profile names SSF33.
        """
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
        key = key_chain.card_key(master, levels, factors.region, factors.historical, algorithm)
        return key_chain.answer_to_challenge(key, challenge, algorithm)
