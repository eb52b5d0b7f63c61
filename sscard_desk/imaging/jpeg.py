"""A JPEG file of an allowed size, with its resolution written inside.

The quality factor 70 is preferred (domain reference D); another one is searched for only if the size asks for it.
"""

from collections.abc import Callable
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from sscard_desk.domain.errors.operator import PhotoSizeUnreachable
from sscard_desk.imaging.rules import FileLimits

BEST: Final = 100
JFIF: Final = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00"
"""How every file of the encoder begins (JFIF 1.01 segment APP0); unit and density follow the two version bytes."""
UNIT_AT: Final = len(JFIF) + 2
DOTS_PER_INCH: Final = b"\x01"


def encode(picture: NDArray[np.uint8], quality: int, dpi: int, profile: bytes = b"") -> bytes:
    """Return a baseline JPEG file (JFIF) of this quality factor.

    Args:
        picture: uint8, height x width x 3, BGR.
        quality: 1 to 100.
        dpi: resolution to write into the file.
        profile: ICC profile to write into the file, at most 65,519 bytes; empty for none.
    """
    # detail in colour is kept once quality is no longer what limits the size
    sampling = cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444 if quality == BEST else cv2.IMWRITE_JPEG_SAMPLING_FACTOR_420
    options = [
        cv2.IMWRITE_JPEG_QUALITY, quality,
        cv2.IMWRITE_JPEG_OPTIMIZE, 1,
        cv2.IMWRITE_JPEG_SAMPLING_FACTOR, sampling,
    ]  # fmt: skip
    done, content = cv2.imencode(".jpg", picture, options)
    file = content.tobytes()
    if not done or not file.startswith(JFIF):
        raise AssertionError("the encoder no longer writes a JFIF head")
    head = file[:UNIT_AT] + DOTS_PER_INCH + dpi.to_bytes(2, "big") * 2 + bytes(2)
    return head + _segment(profile) + file[len(head) :]


def _segment(profile: bytes) -> bytes:
    """Return the segment APP2 that carries a profile (ICC.1:2022, annex B.4)."""
    if not profile:
        return b""
    content = b"ICC_PROFILE\x00\x01\x01" + profile
    return b"\xff\xe2" + (len(content) + 2).to_bytes(2, "big") + content


def fit(picture: NDArray[np.uint8], limits: FileLimits, dpi: int, profile: bytes = b"") -> bytes:
    """Return the picture as a JPEG file inside the size limits, with the quality nearest to the preferred one.

    Args:
        picture: uint8, height x width x 3, BGR.
        limits: bytes and qualities; both limits count as inside.
        dpi: resolution to write into the file.
        profile: ICC profile to write into the file, empty for none.

    Raises:
        PhotoSizeUnreachable: no allowed quality gives a file of an allowed size.
    """

    def at(quality: int) -> bytes:
        return encode(picture, quality, dpi, profile)

    file = at(limits.first_quality)
    if limits.minimum <= len(file) <= limits.maximum:
        return file
    if len(file) > limits.maximum:
        return _search(at, limits, low=limits.lowest_quality, high=limits.first_quality - 1, largest=True)
    return _search(at, limits, low=limits.first_quality + 1, high=BEST, largest=False)


def _search(at: Callable[[int], bytes], limits: FileLimits, *, low: int, high: int, largest: bool) -> bytes:
    """Return the best fitting file between two qualities: sizes grow with quality."""
    sizes: list[int] = []
    best: bytes | None = None
    while low <= high:
        quality = (low + high) // 2
        file = at(quality)
        sizes.append(len(file))
        if limits.minimum <= len(file) <= limits.maximum:
            best = file
        too_large = len(file) > limits.maximum
        # downwards from the preferred quality the largest that fits is wanted, upwards the smallest
        if too_large or (not largest and len(file) >= limits.minimum):
            high = quality - 1
        else:
            low = quality + 1
    if best is None:
        raise PhotoSizeUnreachable(smallest=min(sizes), largest=max(sizes))
    return best
