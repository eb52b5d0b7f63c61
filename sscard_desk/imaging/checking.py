"""Holding a picture file against the photo rules as it stands: nothing is cut, scaled or altered."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date

from sscard_desk.domain.portrait import PhotoCheck
from sscard_desk.imaging.framing import Cut
from sscard_desk.imaging.measures import find_sitter, measure_portrait
from sscard_desk.imaging.pictures import FilePicture, read_picture
from sscard_desk.imaging.rules import PhotoRules
from sscard_desk.imaging.sitter import sitter_mask

NOT_OF_A_FILE = ("enlargement", "coverage")
"""What only cutting out of a larger picture can tell."""


def check_file(
    content: bytes, rules: PhotoRules, *, on: date | None = None, known: Mapping[str, float] | None = None
) -> PhotoCheck:
    """Measure a picture file by every rule.

    Args:
        content: the file, whole.
        rules: what the city asks for.
        on: the day on which the photo's age is counted, None to leave it unseen.
        known: answers of the clerk and other measures that the file does not show.

    Raises:
        PictureUnreadable: it is no picture.
        ShippedFileMissing: a model is not installed.
    """
    read = read_picture(content)
    height, width = read.picture.shape[:2]
    values = {"picture_width": float(width), "picture_height": float(height), "file_size": float(len(content))}
    if read.dpi is not None:
        values["dpi"] = read.dpi
    values |= age_of(read, on)
    sitter = find_sitter(read.picture, rules.placement)
    values["faces"] = float(sitter.faces if sitter else 0)
    if sitter is not None:
        whole = Cut(0.0, 0.0, 1.0)
        found = asdict(measure_portrait(read.picture, sitter.mesh, sitter_mask(read.picture), whole, (width, height)))
        values |= {key: value for key, value in found.items() if key not in NOT_OF_A_FILE}
    values |= dict(known or {})
    return PhotoCheck(int(values["faces"]), values, rules.judge(values), read.notes)


def age_of(read: FilePicture, on: date | None) -> dict[str, float]:
    """Return the age of a photo in days as the measure `photo_age`; nothing where the file or the day is not known."""
    return {"photo_age": float((on - read.taken).days)} if on and read.taken else {}
