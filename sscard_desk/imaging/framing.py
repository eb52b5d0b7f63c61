"""Where to cut a portrait out of a picture: arithmetic only.

Scale is finished pixels for one source pixel. The eye line has priority over the room above the hair: hair that is too
tall is cut, eyes are never lower than the rule says (domain reference D).
"""

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Placement:
    """What a finished portrait should look like, in finished pixels, and how far it may give way.

    Attributes:
        width: of the portrait.
        height: of the portrait.
        face_width: (wished for, least allowed, most allowed); the same order below.
        eye_midpoint: from the left edge.
        head_top: from the upper edge.
        eye_line: the least height of the eyes above the lower edge.
        enlargement: the most that a source pixel may be enlarged.
        head_length: the most from the top of the hair to the chin.
        straighten: the most degrees that a leaning head is turned upright; 0 leaves every picture as it is.
    """

    width: int
    height: int
    face_width: tuple[float, float, float]
    eye_midpoint: tuple[float, float, float]
    head_top: tuple[float, float, float]
    eye_line: float
    enlargement: float
    head_length: float = math.inf
    straighten: float = 0.0


@dataclass(frozen=True)
class Head:
    """What of the sitter decides the cut, in source pixels."""

    face_width: float
    eye_x: float
    eye_y: float
    hair_y: float
    chin_y: float = 0.0


@dataclass(frozen=True)
class Cut:
    """A rectangle of the source, in its pixels, and the scale that makes the portrait of it.

    Attributes:
        left: in the source after it was turned.
        top: likewise.
        scale: finished pixels for one source pixel.
        turn: degrees, counter-clockwise, that the source is turned by first.
        pivot: the point (x, y) that stays where it is.
    """

    left: float
    top: float
    scale: float
    turn: float = 0.0
    pivot: tuple[float, float] = (0.0, 0.0)

    @property
    def matrix(self) -> tuple[tuple[float, float, float], tuple[float, float, float]]:
        """The way from a point of the source to its point in the portrait, as two rows of three."""
        cos, sin = math.cos(math.radians(self.turn)), math.sin(math.radians(self.turn))
        x, y = self.pivot
        scale = self.scale
        return (
            (scale * cos, scale * sin, scale * (x - cos * x - sin * y - self.left)),
            (-scale * sin, scale * cos, scale * (y + sin * x - cos * y - self.top)),
        )

    def halved(self) -> "Cut":
        """Return the same cut of a source of half the size."""
        pivot = (self.pivot[0] / 2, self.pivot[1] / 2)
        return Cut(self.left / 2, self.top / 2, self.scale * 2, self.turn, pivot)


def plan(head: Head, frame: tuple[int, int], placement: Placement) -> Cut:
    """Return the cut that comes closest to the wishes without leaving the picture, as far as the rules give way.

    Args:
        head: measured in the picture.
        frame: width and height of the picture in pixels.
        placement: the wishes and limits.
    """
    wished, least, most = (value / head.face_width for value in placement.face_width)
    scale = min(wished, placement.enlargement)
    rise = head.eye_y - head.hair_y
    if rise > 0:
        room = placement.height - placement.eye_line - placement.head_top[1]
        scale = min(scale, room / rise)  # tall hair: a smaller face rather than cut hair
    if head.chin_y > head.hair_y:
        scale = min(scale, placement.head_length / (head.chin_y - head.hair_y))
    # a picture too narrow or too low for this scale: a larger face, within the rule
    scale = max(scale, placement.width / frame[0], placement.height / frame[1])
    scale = min(max(scale, least), most)
    left = _within([head.eye_x - value / scale for value in placement.eye_midpoint], frame[0] - placement.width / scale)
    top = _within([head.hair_y - value / scale for value in placement.head_top], frame[1] - placement.height / scale)
    lowest_top = head.eye_y - (placement.height - placement.eye_line) / scale
    return Cut(left, max(top, lowest_top), scale)


def _within(starts: list[float], last: float) -> float:
    """Return the wished start, moved towards the picture's inside as far as the two limits allow."""
    wished, one, other = starts
    inside = min(max(wished, 0.0), last) if last >= 0 else wished
    return min(max(inside, min(one, other)), max(one, other))
