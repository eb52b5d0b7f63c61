"""Picture files in, picture bytes for the window out."""

import io
import warnings
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import ExifTags, Image, ImageOps

from sscard_desk.domain.errors.operator import PictureUnreadable
from sscard_desk.domain.portrait import Preview
from sscard_desk.imaging import picture_file
from sscard_desk.imaging.colour import is_srgb, to_srgb

MOST_BYTES: Final = 40 * 1024 * 1024
MOST_PIXELS: Final = 60_000_000
"""A camera of today gives up to 50 megapixels; 60 take 180 MB in memory."""
KINDS: Final = ("JPEG", "PNG", "BMP")
"""Telephones write JPEG files with further pictures behind the first (CIPA DC-007); the first is the photo."""
TRANSPARENT: Final = frozenset({"RGBA", "LA", "PA"})
OPAQUE: Final = 255

CONVERTED_TO_SRGB: Final = "converted_to_srgb"
SET_ON_WHITE: Final = "set_on_white"
PLACE: Final = "place"


@dataclass(frozen=True, eq=False)
class FilePicture:
    """A picture file, read.

    Attributes:
        picture: uint8, height x width x 3, BGR in sRGB, turned as its EXIF orientation says.
        dpi: the resolution that the file states, None if it states none; the lesser of both directions.
        taken: the day on which it was taken as the camera wrote it (EXIF, local time), None if it does not say.
        alterations: what reading had to change, keys of `photo.alteration`.
        notes: what the file carries besides, keys of `photo.note`; none of it goes into a portrait.
    """

    picture: NDArray[np.uint8]
    dpi: float | None
    taken: date | None
    alterations: tuple[str, ...]
    notes: tuple[str, ...]


def decode_picture(content: bytes) -> NDArray[np.uint8]:
    """Return the picture of a file alone; see `read_picture`.

    Raises:
        PictureUnreadable: see there.
    """
    return read_picture(content).picture


def read_picture(content: bytes) -> FilePicture:
    """Return the picture of a JPEG, PNG or BMP file, turned as its EXIF orientation says, in sRGB.

    Other colour spaces (CMYK too) are converted, 16 bits become 8, transparent parts white.

    Args:
        content: the file, whole.

    Raises:
        PictureUnreadable: it is no picture, is cut short, moves, or claims more pixels than a camera takes.
    """
    claimed = picture_file.size(content)
    if claimed is None or len(content) > MOST_BYTES or picture_file.cut_short(content):
        raise PictureUnreadable
    width, height = claimed
    if not 0 < width * height <= MOST_PIXELS:
        raise PictureUnreadable
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # damaged EXIF is told by what is missing
            with Image.open(io.BytesIO(content), formats=KINDS) as image:
                return _read(image, content)
    except (OSError, SyntaxError, ValueError, EOFError, OverflowError, cv2.error) as error:
        raise PictureUnreadable from error


def _read(image: Image.Image, content: bytes) -> FilePicture:
    if image.format == "PNG" and getattr(image, "is_animated", False):
        raise PictureUnreadable
    exif = image.getexif()
    places = exif.get_ifd(ExifTags.IFD.GPSInfo)
    stated = image.info.get("dpi")
    taken = _day(exif.get_ifd(ExifTags.IFD.Exif).get(ExifTags.Base.DateTimeOriginal))
    picture, alterations = _pixels(image, content)
    return FilePicture(
        picture, min(map(float, stated)) if stated else None, taken, alterations, (PLACE,) if places else ()
    )


def _pixels(image: Image.Image, content: bytes) -> tuple[NDArray[np.uint8], tuple[str, ...]]:
    profile = image.info.get("icc_profile") or b""
    foreign = bool(profile) and not is_srgb(profile) and not image.mode.startswith("I")
    clear = image.mode in TRANSPARENT or "transparency" in image.info
    if not foreign and not clear and image.mode != "CMYK":
        picture = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_COLOR)
        if picture is None:
            raise PictureUnreadable
        return np.asarray(picture, np.uint8), ()
    alterations: tuple[str, ...] = ()
    upright = ImageOps.exif_transpose(image)
    if clear:
        whole = upright.convert("RGBA")
        upright = Image.alpha_composite(Image.new("RGBA", whole.size, "white"), whole).convert("RGB")
        if whole.getchannel("A").getextrema() != (OPAQUE, OPAQUE):
            alterations = (SET_ON_WHITE,)
    converted = to_srgb(upright, profile) if foreign else None
    if converted is not None or upright.mode != "RGB":
        alterations = (*alterations, CONVERTED_TO_SRGB)
    rgb = np.asarray(converted or upright.convert("RGB"), np.uint8)
    return np.ascontiguousarray(rgb[..., ::-1]), alterations


def _day(said: object) -> date | None:
    """Return the day of an EXIF date such as `2026:11:23 10:42:00`, None if it is none."""
    try:
        return datetime.strptime(str(said)[:10], "%Y:%m:%d").date()  # noqa: DTZ007 - EXIF knows no time zone
    except ValueError:
        return None


def lossless(picture: NDArray[np.uint8]) -> bytes:
    """Return a picture as a PNG file; fast rather than small.

    Args:
        picture: uint8, height x width x 3, BGR.
    """
    done, content = cv2.imencode(".png", picture, [cv2.IMWRITE_PNG_COMPRESSION, 1])
    if not done:
        raise AssertionError("a picture of numbers is always a PNG file")
    return content.tobytes()


def preview(picture: NDArray[np.uint8], width: int, height: int | None = None) -> Preview:
    """Return the picture scaled down to fit into its place in the window, as RGB bytes without padding.

    Args:
        picture: uint8, height x width x 3, BGR.
        width: of the place in the window, in device pixels.
        height: of the place in the window, in device pixels; None where the width decides.
    """
    scale = min(1.0, width / picture.shape[1], 1.0 if height is None else height / picture.shape[0])
    if scale < 1.0:
        size = (max(1, round(picture.shape[1] * scale)), max(1, round(picture.shape[0] * scale)))
        picture = np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)
    return Preview(picture.shape[1], picture.shape[0], cv2.cvtColor(picture, cv2.COLOR_BGR2RGB).tobytes())
