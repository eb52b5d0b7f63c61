"""What became of the last tries to reach the centre, kept so that another process can say it too."""

from bisect import bisect_left
from dataclasses import dataclass
from typing import Final

import msgspec

from sscard_desk.ports.sync import Settings

KEPT: Final = "sync_attempts"
REMEMBERED: Final = 100
"""Tries of which it is known what was there to be sent: several hours of a dead line."""


@dataclass(frozen=True)
class Attempts:
    """Passes that broke off since the last one that came through.

    Attributes:
        tries: how many in a row.
        code: the last one's error.
        at_ms: when it broke off, this computer's time in milliseconds since 1970 UTC.
        next_ms: when the next one begins.
        through_seq: last entry that was there to be sent; what was recorded later has not been tried yet.
        through: the same for each of the last tries, oldest first.
    """

    tries: int = 0
    code: str = ""
    at_ms: int = 0
    next_ms: int = 0
    through_seq: int = 0
    through: tuple[int, ...] = ()

    def after(self, code: str, at_ms: int, next_ms: int, through_seq: int) -> "Attempts":
        """Return them with one more."""
        through = (*self.through, through_seq)[-REMEMBERED:]
        return Attempts(self.tries + 1, code, at_ms, next_ms, through_seq, through)

    def of(self, seq: int) -> int:
        """Return how many of them were made for an entry; tries longer ago than are remembered count for all."""
        return self.tries - bisect_left(self.through, seq) if seq <= self.through_seq else 0


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
