"""Who holds the card keys of a desk."""

from collections.abc import Callable
from typing import Final

from sscard_desk.bootstrap.settings import Settings
from sscard_desk.cards.profile import CardProfile
from sscard_desk.domain.errors.operator import SettingWrong
from sscard_desk.ports.keys import KeyHolder
from sscard_desk.sync.identity import DeskIdentity

SETTING: Final = "card_reader.keys"


def make_key_holder(
    settings: Settings, profile: CardProfile, identity: Callable[[], DeskIdentity], *, training: bool
) -> KeyHolder:
    """Return the configured holder; a PSAM is opened and the centre asked at the first answer.

    Args:
        settings: of the desk.
        profile: names the keys.
        identity: who asks the centre.
        training: whether this is a training folder.

    Raises:
        SettingWrong: there is no such holder, or a PSAM without the name of its slot.
    """
    from sscard_desk.devices.card_reader.pcsc import PcscCardReader
    from sscard_desk.devices.keys.psam import PsamKeys
    from sscard_desk.devices.keys.training import TrainingKeys
    from sscard_desk.sync.card_keys import CentreKeys

    wanted = settings.card_reader
    if wanted.keys == "training":
        return TrainingKeys(profile, training=training)
    if wanted.keys == "central":
        return CentreKeys(profile, identity)
    if wanted.keys != "psam":
        raise SettingWrong(name=SETTING, reason=f"{wanted.keys!r}; known: training, psam, central")
    if not wanted.psam:
        raise SettingWrong(name="card_reader.psam", reason='""')
    return PsamKeys(PcscCardReader(wanted.psam), profile, training=training)
