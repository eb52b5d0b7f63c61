"""Making a portrait for the card out of a picture."""

from typing import TYPE_CHECKING, Protocol

from sscard_desk.domain.portrait import FrameMeasures, Portrait, Preview, Verdict

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class PortraitMaker(Protocol):
    """Finds the face, measures, cuts and compresses."""

    def measure(self, frame: "NDArray[np.uint8]") -> tuple[FrameMeasures, tuple[Verdict, ...]]:
        """Measure one frame of the live picture (uint8, height x width x 3, BGR) against the rules."""

    def make(self, frame: "NDArray[np.uint8]") -> Portrait:
        """Make the finished portrait.

        Raises:
            NoFace, SeveralFaces, PictureTooSmall, PhotoSizeUnreachable: no portrait can be made of it.
        """

    def decode(self, picture: bytes) -> "NDArray[np.uint8]":
        """Decode a picture file.

        Raises:
            PictureUnreadable: it is none.
        """

    def preview(self, frame: "NDArray[np.uint8]", most_width: int) -> Preview:
        """Return a frame as the window draws it, scaled down to a width."""
