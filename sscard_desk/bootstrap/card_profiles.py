"""Which card profile a desk uses."""

from typing import Final

from sscard_desk.bootstrap.settings import Settings
from sscard_desk.cards.profile import CardProfile
from sscard_desk.cards.profile_file import load_profile
from sscard_desk.domain.errors.operator import SettingWrong
from sscard_desk.resources import resource

SETTING: Final = "card_reader.profile"


def profile_of(settings: Settings) -> CardProfile:
    """Return the configured card profile.

    Raises:
        SettingWrong: there is no such profile (the reason names those there are), or it cannot be used.
    """
    name = settings.card_reader.profile
    folder = resource("card_profiles")
    known = sorted(path.stem for path in folder.glob("*.toml"))
    if name not in known:  # a path to a file elsewhere is no name: profiles say which keys open a card, and are shipped
        raise SettingWrong(name=SETTING, reason=f"{name!r}; known: {', '.join(known)}")
    return load_profile(folder / f"{name}.toml")
