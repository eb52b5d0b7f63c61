"""Looking at a picture of a person and making the card's portrait of it."""

from typing import TYPE_CHECKING, Protocol

from sscard_desk.domain.portrait import FrameMeasures, Portrait, Preview, Verdict

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class PortraitStudio(Protocol):
    """Measures and portraits under one set of photo rules; to be used on the imaging lane only.

    Pictures are uint8, height x width x 3, BGR.
    """

    def decode(self, content: bytes) -> "NDArray[np.uint8]":
        """Read a picture file (JPEG, PNG, BMP), turned as its EXIF orientation says.

        Raises:
            PictureUnreadable: it is none, is cut short, or has too many pixels.
        """

    def measure(self, picture: "NDArray[np.uint8]") -> FrameMeasures:
        """Measure one live frame; fast enough for a preview and never raising for what is in the picture."""

    def judge(self, measures: FrameMeasures) -> tuple[Verdict, ...]:
        """Hold measures against the rules, in the order of the rules."""

    def make(self, picture: "NDArray[np.uint8]") -> Portrait:
        """Cut, scale and compress the portrait and measure the result.

        Raises:
            NoFace: nobody is in the picture.
            SeveralFaces: more than one face is in it.
            PictureTooSmall: the face has too few pixels.
            PhotoSizeUnreachable: no JPEG quality gives a file of the allowed size.
        """

    def preview(self, picture: "NDArray[np.uint8]", width: int, height: int | None = None) -> Preview:
        """Scale a picture down to fit into `width` (and, if given, `height`) px for drawing."""
