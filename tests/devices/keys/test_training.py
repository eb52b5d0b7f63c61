"""Training keys answer for training, and for nothing else."""

from dataclasses import replace

import pytest

from sscard_desk.cards import key_chain
from sscard_desk.cards.algorithm import Algorithm
from sscard_desk.cards.profile import CardProfile
from sscard_desk.devices.keys.training import TrainingKeys
from sscard_desk.domain.errors.card_model import CipherNotBuilt
from sscard_desk.domain.errors.device import KeyHolderRefused
from sscard_desk.ports.keys import CardFactors, KeyAct, KeyHolder, KeyUse
from tests.machines.pcsc import training_profile

PROFILE = training_profile()
FACTORS = CardFactors("110101D1560000050000000112345678", "110101", bytes(range(13)))
CHALLENGE = bytes(range(8))
USE = KeyUse(KeyAct.WRITE)


def test_the_answer_is_the_encrypted_challenge_and_the_challenge() -> None:
    holder: KeyHolder = TrainingKeys(PROFILE, training=True)
    answer = holder.external_authentication(0x04, FACTORS, CHALLENGE, USE)
    # the chain of the reference, level by level: city, then card
    city = key_chain.diversified(PROFILE.training_keys[0x04], b"110101sx")
    card = key_chain.diversified(city, bytes(range(5, 13)))
    assert answer == key_chain.triple_des(card, CHALLENGE) + CHALLENGE


@pytest.mark.parametrize(
    ("profile", "training", "key_id", "challenge", "reason"),
    [
        (PROFILE, False, 0x04, CHALLENGE, "not_training"),
        (replace(PROFILE, training=False), True, 0x04, CHALLENGE, "no_training_keys"),
        (replace(PROFILE, algorithm=Algorithm.SM4), True, 0x04, CHALLENGE, "challenge"),
        (PROFILE, True, 0x0D, CHALLENGE, "key_id"),
        (PROFILE, True, 0x04, CHALLENGE[:4], "challenge"),
    ],
)
def test_everything_else_is_refused_with_its_reason(
    profile: CardProfile, *, training: bool, key_id: int, challenge: bytes, reason: str
) -> None:
    with pytest.raises(KeyHolderRefused) as caught:
        TrainingKeys(profile, training=training).external_authentication(key_id, FACTORS, challenge, USE)
    assert caught.value.reason == reason


def test_a_cipher_that_was_never_published_is_refused_by_its_name() -> None:
    holder = TrainingKeys(replace(PROFILE, algorithm=Algorithm.SSF33), training=True)
    with pytest.raises(CipherNotBuilt) as caught:
        holder.external_authentication(0x04, FACTORS, CHALLENGE, USE)
    assert caught.value.cipher == "SSF33"


def test_keys_do_not_show_in_a_representation() -> None:
    assert repr(TrainingKeys(PROFILE, training=True)) == "TrainingKeys('training')"
