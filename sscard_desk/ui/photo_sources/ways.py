"""Between the two photo pages: which sources are shown here, and the way back to camera and file. No Qt."""

from collections.abc import Callable
from typing import Final, Protocol

from sscard_desk.domain.photo_source import CHIP, REGISTER, SCANNER, STUDIO
from sscard_desk.ui.application_flow import Station
from sscard_desk.ui.serving.serving import Serving

PHOTO_SOURCES: Final = "photo_sources"
"""Key of the page of the other sources."""
HERE: Final = (CHIP, REGISTER, STUDIO, SCANNER)
"""The sources of that page; camera and file are those of the photo page."""


class CameraPage(Protocol):
    """The photo page beside it."""

    def use_source(self, key: str) -> None:
        """Camera or file."""


def back_to(serving: Serving, photo: CameraPage) -> Callable[[str], None]:
    """Return what goes back to the photo page with one of its own sources."""

    def back(key: str) -> None:
        serving.go(Station.PHOTO)
        photo.use_source(key)

    return back
