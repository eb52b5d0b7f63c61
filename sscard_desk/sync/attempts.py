"""What became of the last tries to reach the centre, kept so that another process can say it too."""

from dataclasses import dataclass
from typing import Final

import msgspec

from sscard_desk.ports.sync import Settings

KEPT: Final = "sync_attempts"


@dataclass(frozen=True)
class Attempts:
    """Passes that broke off since the last one that came through.

    Attributes:
        tries: how many in a row.
        code: the last one's error.
        at_ms: when it broke off, this computer's time in milliseconds since 1970 UTC.
        next_ms: when the next one begins.
        through_seq: last entry that was there to be sent; what was recorded later has not been tried yet.
    """

    tries: int = 0
    code: str = ""
    at_ms: int = 0
    next_ms: int = 0
    through_seq: int = 0


def keep(settings: Settings, attempts: Attempts) -> None:
    """Keep them for whoever asks."""
    settings.set_setting(KEPT, msgspec.json.encode(attempts))


def kept(settings: Settings) -> Attempts:
    """Return what was kept; no tries if nothing was, or nothing that can be read."""
    found = settings.setting(KEPT)
    try:
        return msgspec.json.decode(found, type=Attempts) if found else Attempts()
    except msgspec.MsgspecError:
        return Attempts()
