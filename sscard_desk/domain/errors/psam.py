"""The PSAM in the second reader slot (E358, E359)."""

from dataclasses import dataclass
from typing import ClassVar

from sscard_desk.domain.errors.base import DeviceTrouble


@dataclass(eq=False)
class PsamMissing(DeviceTrouble):
    """No PSAM answers in the second slot (-2201 of the standard's reader library)."""

    code: ClassVar[str] = "E358"


@dataclass(eq=False)
class PsamUnfit(DeviceTrouble):
    """The PSAM cannot do what the card profile asks.

    Attributes:
        reason: `application` (no social security PSAM), `algorithm` (-2202), `key` (-2203), `level` (-24), `refused`.
        status_word: what it answered; 0 where it was not asked.
    """

    code: ClassVar[str] = "E359"
    retry_helps: ClassVar[bool] = False
    reason: str
    status_word: int = 0
