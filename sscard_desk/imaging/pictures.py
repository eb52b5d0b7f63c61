"""Picture files in, picture bytes for the window out."""

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from sscard_desk.domain.errors.operator import PictureUnreadable
from sscard_desk.domain.portrait import Preview
from sscard_desk.imaging import picture_file

MOST_BYTES: Final = 40 * 1024 * 1024
MOST_PIXELS: Final = 60_000_000
"""A camera of today gives up to 50 megapixels; 60 take 180 MB in memory."""


def decode_picture(content: bytes) -> NDArray[np.uint8]:
    """Return the picture of a JPEG, PNG or BMP file, turned as its EXIF orientation says.

    Args:
        content: the file, whole.

    Returns:
        uint8, height x width x 3, BGR.

    Raises:
        PictureUnreadable: it is no picture, is cut short, or claims more pixels than a camera takes.
    """
    claimed = picture_file.size(content)
    if claimed is None or len(content) > MOST_BYTES or picture_file.cut_short(content):
        raise PictureUnreadable
    width, height = claimed
    if not 0 < width * height <= MOST_PIXELS:
        raise PictureUnreadable
    try:
        picture = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_COLOR)
    except cv2.error as error:
        raise PictureUnreadable from error
    if picture is None:
        raise PictureUnreadable
    return np.asarray(picture, np.uint8)


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
