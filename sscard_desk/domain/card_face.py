"""The printed face of a card: where photo and text stand, and what stands there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

CARD_FACE: Final = "card_face"
"""What a print record calls it, beside the names of forms."""


class FaceField(StrEnum):
    """What can be printed on a face (domain reference A.14)."""

    NAME = "name"
    SOCIAL_SECURITY_NUMBER = "social_security_number"
    CARD_NUMBER = "card_number"
    ISSUE_DATE = "issue_date"


@dataclass(frozen=True)
class FaceLine:
    """One line of text.

    Attributes:
        field: what stands there.
        label: what is printed before it, empty where the blank has it already.
        x: left edge in mm from the card's left edge.
        y: upper edge of the characters in mm from the card's upper edge.
    """

    field: FaceField
    label: str
    x: float
    y: float


@dataclass(frozen=True)
class FaceLayout:
    """Where photo and text stand; all lengths in mm from the card's upper left corner.

    Attributes:
        name: of the layout, kept in the print record as the edition.
        width: of the card; 85.6 by ISO/IEC 7810, ID-1.
        height: of the card.
        photo: x, y, width and height.
        lines: the texts.
        type_size: in points.
        smallest_type: in points, for long names.
        right: what stays free at the card's right edge.
    """

    name: str
    width: float
    height: float
    photo: tuple[float, float, float, float]
    lines: tuple[FaceLine, ...]
    type_size: float
    smallest_type: float
    right: float


@dataclass(frozen=True)
class CardFace:
    """What is printed on one card.

    Attributes:
        layout: where.
        texts: what stands in each line; a line without a text is left out.
        photo_jpeg: the portrait; None for a card without one.
        marks: whether registration marks show the corners of the card and the photo's place.
    """

    layout: FaceLayout
    texts: Mapping[FaceField, str] = field(repr=False)
    photo_jpeg: bytes | None = field(default=None, repr=False)
    marks: bool = False
