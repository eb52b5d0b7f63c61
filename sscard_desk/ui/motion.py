"""Whether anything may move. Nothing does when the system asks for less, or while pictures are taken."""

import os
from typing import Final

FADE_MS: Final = 120


class _Motion:
    wanted = os.environ.get("SSCARD_DESK_MOTION", "") != "less"


_motion: Final = _Motion()


def motion_wanted() -> bool:
    """Return whether fades and turning rings are shown."""
    return _motion.wanted


def set_motion(*, wanted: bool) -> None:
    """Switch motion on or off, from the system's setting or for pictures that must not differ."""
    _motion.wanted = wanted
