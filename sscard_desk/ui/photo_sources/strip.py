"""The row in which a source is chosen, the same on both photo pages."""

from typing import Final

from sscard_desk.ui.widgets.segments import Segments
from sscard_desk.ui.words import say

OF_THE_CAMERA: Final = ("camera", "file")
ELSEWHERE: Final = ("chip", "register", "studio", "scanner")


def source_segments() -> Segments:
    """Return the row; arrows move in it."""
    keys = (*OF_THE_CAMERA, *ELSEWHERE)
    return Segments(tuple((key, say(f"photo_sources.tab.{key}"), "") for key in keys), name="source")
