"""The card keys that can be used without signing in: those of training, to read a card."""

from pathlib import Path

from sscard_desk.cards.profile import CardProfile
from sscard_desk.domain.errors.store import DatabaseDamaged, NotSetUp
from sscard_desk.ports.keys import KeyHolder


def keys_without_account(profile: CardProfile, folder: Path) -> KeyHolder | None:
    """Return the training keys in a training folder, None in any other, and where there is none."""
    from sscard_desk.devices.keys.training import TrainingKeys
    from sscard_desk.store.facts import read_facts

    try:
        training = read_facts(folder).training
    except (NotSetUp, DatabaseDamaged):
        return None
    return TrainingKeys(profile, training=True) if training and profile.training else None
