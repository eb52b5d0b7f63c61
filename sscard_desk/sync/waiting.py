"""How long the agent waits before it tries again: full jitter, so that a province does not come back at once."""

import secrets
from collections.abc import Callable
from typing import Final

from sscard_desk.domain.errors.base import DeskError
from sscard_desk.domain.errors.centre import CentreBusy

FIRST_SECONDS: Final = 2.0
LONGEST_SECONDS: Final = 300.0
_STEPS: Final = 1 << 20


def share() -> float:
    """Return a number from 0 to 1, every one as likely."""
    return secrets.randbelow(_STEPS + 1) / _STEPS


def wait_seconds(failures: int, trouble: DeskError, share_of: Callable[[], float] = share) -> float:
    """Return how long to wait.

    Args:
        failures: passes that failed in a row, from 1.
        trouble: why the last one did; a centre that named a time is waited for at least as long.
        share_of: gives a number from 0 to 1.
    """
    longest = min(LONGEST_SECONDS, FIRST_SECONDS * 2.0 ** min(failures - 1, 16))
    jitter = share_of() * longest
    return trouble.seconds + jitter if isinstance(trouble, CentreBusy) else jitter
