"""How a card lies in a picture, by the words that are printed on every card."""

import math
import re
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from sscard_desk.imaging.id_scan.layout import Side
from sscard_desk.imaging.id_scan.text_engine import Line

Points = NDArray[np.float64]
NUMBER: Final = re.compile(r"\d{17}[\dXx]")
DAYS: Final = re.compile(r"\d{4}\.\d{2}\.\d{2}[-—–~一至到]+(\d{4}\.\d{2}\.\d{2}|长期)")
_SHAPES: Final = {"front": NUMBER, "back": DAYS}
_NEAR_MM: Final = 2.5
"""A word this far from its place still says where the card lies: prints differ, and pictures are not flat."""
_LEAST_POINTS: Final = 3
_LARGEST_ODD_TURN: Final = 30.0
_LARGEST_LEAN: Final = 10.0
"""Degrees by which two words below each other may lean against the direction of their own text."""


@dataclass(frozen=True)
class Pose:
    """Where one side of a card lies.

    Attributes:
        side: its layout.
        matrix: 2 x 3, from mm on the card to pixels of the picture; a similarity.
        points: how many known points agree.
    """

    side: Side
    matrix: Points
    points: int

    @property
    def scale(self) -> float:
        """Pixels for a millimetre."""
        return math.hypot(self.matrix[0, 0], self.matrix[1, 0])

    @property
    def turn(self) -> float:
        """How far the card is turned clockwise, in degrees, -180 to 180."""
        return math.degrees(math.atan2(self.matrix[1, 0], self.matrix[0, 0]))

    def to_card(self, points: Points) -> Points:
        """Return pixels (n x 2) as mm on the card."""
        inverse = cv2.invertAffineTransform(self.matrix)
        return np.asarray(points @ inverse[:, :2].T + inverse[:, 2], np.float64)

    def to_picture(self, points: Points) -> Points:
        """Return mm on the card (n x 2) as pixels."""
        return np.asarray(points @ self.matrix[:, :2].T + self.matrix[:, 2], np.float64)


def seen(side: Side, lines: list[Line]) -> int:
    """Return how often this side seems to be in the picture: the most frequent of its words and shapes."""
    texts = [squeezed(line.text) for line in lines]
    counts = [sum(text.startswith(word) for text in texts) for word in side.labels]
    return max(*counts, sum(bool(_SHAPES[side.name].search(text)) for text in texts))


def find_pose(side: Side, lines: list[Line]) -> Pose | None:
    """Return how a side lies, None if too little of it is recognised.

    Each line's box says where its ends are but not which of them is the left one: all four turns are tried.
    """
    poses = [pose for turn in range(4) if (pose := _fit(side, lines, turn)) is not None]
    return max(poses, key=lambda pose: pose.points, default=None)


def squeezed(text: str) -> str:
    """Return a text without the spaces that recognition puts between characters far apart."""
    return re.sub(r"\s+", "", text)


def _fit(side: Side, lines: list[Line], turn: int) -> Pose | None:
    on_card: list[tuple[float, float]] = []
    in_picture: list[Points] = []
    directions: list[float] = []
    for line in lines:
        text = squeezed(line.text)
        left, right = _ends(line.box, turn)
        for word, (x, y, length) in side.labels.items():
            if text.startswith(word):
                on_card.append((x, y))
                in_picture.append(left)
                directions.append(math.degrees(math.atan2(*(right - left)[::-1])))
            if text == word:
                on_card.append((x + length, y))
                in_picture.append(right)
        shape = _SHAPES[side.name].search(text)
        if shape and shape.start() == 0:
            on_card.append(side.value_at)
            in_picture.append(left)
    if len(on_card) < _LEAST_POINTS:
        return _by_two(side, np.array(on_card), np.array(in_picture), directions) if len(on_card) > 1 else None
    # from pixels to mm, so that the distance that still agrees is one in mm
    back, inside = cv2.estimateAffinePartial2D(
        np.array(in_picture), np.array(on_card), method=cv2.RANSAC, ransacReprojThreshold=_NEAR_MM
    )
    found = np.asarray(back, np.float64)  # NaN where OpenCV found none
    if found.shape != (2, 3) or not np.isfinite(found).all() or math.hypot(found[0, 0], found[1, 0]) == 0:
        return None
    pose = Pose(side, np.asarray(cv2.invertAffineTransform(found), np.float64), int(inside.sum()))
    # ends taken for each other give a card that is turned against its own text
    fits = pose.points >= _LEAST_POINTS and abs(_between(pose.turn, 90.0 * turn)) < _LARGEST_ODD_TURN
    return pose if fits else None


def _by_two(side: Side, on_card: Points, in_picture: Points, directions: list[float]) -> Pose | None:
    """Return the pose by two words below each other: their distance gives the scale, their text the direction."""
    known, found = on_card[1] - on_card[0], in_picture[1] - in_picture[0]
    scale = math.hypot(*found) / math.hypot(*known)
    angle = float(np.median(directions))
    lean = _between(math.degrees(math.atan2(found[1], found[0]) - math.atan2(known[1], known[0])), angle)
    if scale == 0 or abs(lean) > _LARGEST_LEAN:
        return None
    cosine, sine = scale * math.cos(math.radians(angle)), scale * math.sin(math.radians(angle))
    linear = np.array([[cosine, -sine], [sine, cosine]])
    moved = in_picture.mean(axis=0) - linear @ on_card.mean(axis=0)
    return Pose(side, np.hstack([linear, moved[:, None]]), 2)


def _between(one: float, other: float) -> float:
    """Return the angle from one direction to another, -180 to 180 degrees."""
    return (one - other + 180) % 360 - 180


def _ends(box: NDArray[np.float32], turn: int) -> tuple[Points, Points]:
    """Return the middles of the left and the right end of a line whose text runs right, down, left or up."""
    corners = np.roll(np.asarray(box, np.float64), -turn, axis=0)
    return (corners[0] + corners[3]) / 2, (corners[1] + corners[2]) / 2
