"""Pictures that cannot become a portrait (E140-149)."""

from dataclasses import dataclass
from typing import ClassVar

from sscard_desk.domain.errors.base import OperatorCanFix


@dataclass(eq=False)
class PictureUnreadable(OperatorCanFix):
    """A file is not a picture that can be read."""

    code: ClassVar[str] = "E141"


@dataclass(eq=False)
class PictureTooSmall(OperatorCanFix):
    """A picture has too few pixels around the face for the card."""

    code: ClassVar[str] = "E142"
    have: int
    need: int


@dataclass(eq=False)
class PhotoSizeUnreachable(OperatorCanFix):
    """No JPEG quality gives a file inside the allowed size."""

    code: ClassVar[str] = "E143"
    smallest: int
    largest: int
