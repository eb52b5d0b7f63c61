"""Looking at a picture of a person and making the card's portrait of it."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Protocol

from sscard_desk.domain.portrait import FrameMeasures, PhotoCheck, Portrait, Preview, Verdict

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

    def make(self, picture: "NDArray[np.uint8]", known: Mapping[str, float] | None = None) -> Portrait:
        """Straighten, cut, scale and compress the portrait and measure the result.

        Args:
            picture: a frame of the camera, for example.
            known: measures that no picture shows, by rule key, such as `photo_age` in days.

        Raises:
            NoFace: nobody is in the picture.
            SeveralFaces: more than one face is in it.
            PictureTooSmall: the face has too few pixels.
            PhotoSizeUnreachable: no JPEG quality gives a file of the allowed size.
        """

    def make_from_file(self, content: bytes, on: date, *, taken: date | None = None, strict: bool = True) -> Portrait:
        """Read a picture file and make the portrait of it; what reading altered is recorded with it.

        Args:
            content: the file, whole.
            on: today, for the photo's age.
            taken: day on which the photo was taken, where its source knows it; None asks the file.
            strict: False makes the nearest that can be made where the picture is too small or the size out of reach.

        Raises:
            PictureUnreadable: as `decode`.
            NoFace, SeveralFaces, PictureTooSmall, PhotoSizeUnreachable: as `make`.
        """

    def check(self, content: bytes, on: date, known: Mapping[str, float]) -> PhotoCheck:
        """Hold a picture file against the rules as it stands, with answers that only a person can give.

        Raises:
            PictureUnreadable: as `decode`.
        """

    def answered(self, portrait: Portrait, answers: Mapping[str, float]) -> Portrait:
        """Return the portrait with the clerk's answers (rule key to 1.0 for yes, 0.0 for no) judged and recorded."""

    def kept(self, picture: "NDArray[np.uint8]") -> bytes:
        """Return a frame as a file that shows it without any loss, to be kept beside the portrait made of it."""

    def preview(self, picture: "NDArray[np.uint8]", width: int, height: int | None = None) -> Preview:
        """Scale a picture down to fit into `width` (and, if given, `height`) px for drawing."""
