"""Colour profiles (ICC.1): other colour spaces become sRGB (IEC 61966-2-1), and portraits say that they are sRGB."""

import io
from functools import cache
from typing import Final

from PIL import Image, ImageCms

DATE_AT: Final = slice(24, 36)
"""Where a profile says when it was made (ICC.1:2022, 7.2.8); left out, so that equal portraits are equal files."""
ID_AT: Final = slice(84, 100)


@cache
def srgb_profile() -> bytes:
    """Return the profile of sRGB as it is written into portraits."""
    made = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    made[DATE_AT] = bytes(12)
    made[ID_AT] = bytes(16)
    return bytes(made)


def is_srgb(profile: bytes) -> bool:
    """Return whether a profile is one of the many that describe sRGB."""
    return profile == srgb_profile() or b"sRGB" in profile or b"s\x00R\x00G\x00B" in profile


def to_srgb(image: Image.Image, profile: bytes) -> Image.Image | None:
    """Return the picture in sRGB, None when the profile cannot be used with it."""
    try:
        return ImageCms.profileToProfile(
            image,
            ImageCms.ImageCmsProfile(io.BytesIO(profile)),
            ImageCms.ImageCmsProfile(io.BytesIO(srgb_profile())),
            outputMode="RGB",
        )
    except (ImageCms.PyCMSError, OSError, ValueError):
        return None
