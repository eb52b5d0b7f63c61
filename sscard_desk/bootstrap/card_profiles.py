"""Which card profile a desk uses."""

from sscard_desk.bootstrap.settings import Settings
from sscard_desk.cards.profile import CardProfile, load_profile
from sscard_desk.resources import resource


def profile_of(settings: Settings) -> CardProfile:
    """Return the configured card profile.

    Raises:
        SettingWrong: there is no such profile, or it cannot be used.
    """
    return load_profile(resource("card_profiles", f"{settings.card_reader.profile}.toml"))
