"""Fits a page to its printed lines: each strong line is looked for where the layout says that it is."""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from sscard_desk.forms.places import PrintedLine
from sscard_desk.imaging.pages.ink import darkness, levels
from sscard_desk.imaging.pages.pose import Pose, Rectangle

PER_MM: Final = 6.0
PIECE_MM: Final = 12.0
"""A line is looked at in pieces: a paper that the scanner's rollers pulled askew bends it."""
SEEN: Final = 0.22
"""Least darkness of a line above what lies beside it."""
_LINE_PX: Final = 3
_BESIDE_PX: Final = 5
_CORE: Final = np.ones(_LINE_PX) / _LINE_PX
PASSES: Final = ((4.0, 1.2), (1.5, 0.5), (1.0, 0.3))
"""How far around to look, and from where on a line counts as another one, in mm; finer each time."""
LEAST_PIECES: Final = 10


@dataclass(frozen=True)
class Fit:
    """A page fitted to its lines.

    Attributes:
        pose: how it lies.
        residual: root mean square of what the lines lie off, in mm.
        share: part of the pieces of lines that were found where they belong, 0.0 to 1.0.
    """

    pose: Pose
    residual: float
    share: float


@dataclass(frozen=True)
class Anchor:
    """Points whose places are known without lines: the corners of a code.

    Attributes:
        mm: n x 2, on the paper.
        px: n x 2, in the scan.
    """

    mm: NDArray[np.float64]
    px: NDArray[np.float64]


@dataclass(frozen=True)
class _Piece:
    upright: bool
    x: float
    y: float


def fit(
    picture: NDArray[np.uint8],
    pose: Pose,
    lines: tuple[PrintedLine, ...],
    size: tuple[float, float],
    anchor: Anchor | None = None,
) -> Fit:
    """Return the pose that brings the printed lines to their places.

    Args:
        picture: uint8, height x width, grey.
        pose: where the page lies as far as its codes say.
        lines: the strong lines of the layout.
        size: width and height of the paper in mm.
        anchor: points that are known besides.
    """
    pieces = _pieces(lines)
    residual, share = 0.0, 0.0
    for radius, limit in PASSES:
        flat = pose.straighten(picture, Rectangle(0, 0, *size), PER_MM)
        dark = darkness(flat, *levels(flat))
        off = np.array([_offset(dark, piece, radius) for piece in pieces])
        correction, residual, share = _correction(pieces, off, limit, anchor, pose)
        pose = pose.after(correction)
    return Fit(pose, residual, share)


def _pieces(lines: tuple[PrintedLine, ...]) -> list[_Piece]:
    found: list[_Piece] = []
    for line in lines:
        count = max(1, int((line.end - line.start) / PIECE_MM))
        step = (line.end - line.start) / count
        middles = [line.start + step * (n + 0.5) for n in range(count)]
        found += [_Piece(True, line.at, m) if line.upright else _Piece(False, m, line.at) for m in middles]
    return found


def _offset(dark: NDArray[np.float32], piece: _Piece, radius: float) -> float:
    """Return how far from its place a piece of a line lies, in mm; nan where none is seen."""
    across, along = (piece.x, piece.y) if piece.upright else (piece.y, piece.x)
    area = dark.T if piece.upright else dark
    half = min(PIECE_MM, 8.0) / 2 * PER_MM
    beside = _LINE_PX + _BESIDE_PX
    first = round((across - radius) * PER_MM) - beside
    last = round((across + radius) * PER_MM) + beside + 1
    left, right = round(along * PER_MM - half), round(along * PER_MM + half)
    if first < 0 or last > area.shape[0] or left < 0 or right > area.shape[1]:
        return float("nan")
    profile = area[first:last, left:right].mean(1)
    core = np.convolve(profile, _CORE, "same")
    inner, off = core[beside:-beside], _BESIDE_PX
    seen = inner - np.maximum(core[beside - off : -beside - off], core[beside + off : off - beside])
    best = int(np.argmax(seen))
    if seen[best] < SEEN:
        return float("nan")
    at = best + beside
    window = profile[at - 2 : at + 3]
    weight = np.clip(window - min(window[0], window[-1]), 0, None)
    centre = float((weight * np.arange(-2, 3)).sum() / weight.sum()) if weight.sum() else 0.0
    return float((first + at + centre + 0.5) / PER_MM - across)


def _correction(
    pieces: list[_Piece], off: NDArray[np.float64], limit: float, anchor: Anchor | None, pose: Pose
) -> tuple[NDArray[np.float64], float, float]:
    """Fit offsets by a 2 x 3 map in mm, lines that disagree counting less and less; return map, residual, share."""
    correction = np.array([[1.0, 0, 0], [0, 1.0, 0]])
    upright = np.array([piece.upright for piece in pieces])
    where = np.array([(piece.x, piece.y, 1.0) for piece in pieces])
    left = np.full(len(pieces), np.nan)
    for axis, mine in ((1, ~upright), (0, upright)):
        use = mine & ~np.isnan(off)
        at, found = where[use], off[use]
        if anchor is not None:
            at, found = _with_anchor(at, found, anchor, pose, axis)
        if use.sum() >= LEAST_PIECES // 3:
            fitted = _robust(at, found, limit)
            left[use] = off[use] - where[use] @ fitted
        elif axis == 0 and anchor is not None:
            # no upright line: turned and stretched about the code as the level lines say
            x, y = anchor.mm.mean(0)
            turn, stretch = correction[1, 0], correction[1, 1] - 1
            fitted = np.array([stretch, -turn, turn * y - stretch * x])
        else:
            continue
        correction[axis] += fitted
    near = np.abs(left) < limit
    residual = float(np.sqrt((left[near] ** 2).mean())) if near.any() else limit
    return correction, residual, float(near.mean()) if len(pieces) >= LEAST_PIECES else 0.0


def _with_anchor(
    where: NDArray[np.float64], off: NDArray[np.float64], anchor: Anchor, pose: Pose, axis: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    points = np.column_stack([anchor.mm, np.ones(len(anchor.mm))])
    lies = (pose.to_mm(anchor.px) - anchor.mm)[:, axis]
    return np.vstack([where, points]), np.concatenate([off, lies])


def _robust(where: NDArray[np.float64], off: NDArray[np.float64], limit: float) -> NDArray[np.float64]:
    """Least squares by turns, each time with Tukey's weights around the last answer."""
    centre = float(np.median(off))
    found = np.array([0.0, 0.0, centre])
    spread = max(4 * limit, 2 * float(np.median(np.abs(off - centre))))
    ridge = np.diag([30.0, 30.0, 1e-6])  # a slope needs evidence: lines close together say little about it
    middle = np.array([*where[:, :2].mean(0), 0.0])
    shifted = where - middle
    for _turn in range(8):
        left = off - where @ found
        weight = np.clip(1 - (left / spread) ** 2, 0, None) ** 2
        if weight.sum() < 3:  # noqa: PLR2004 - a plane has three numbers
            break
        normal = shifted.T @ (shifted * weight[:, None]) + ridge
        slope = np.linalg.solve(normal, shifted.T @ (weight * off))
        found = np.array([slope[0], slope[1], slope[2] - slope[:2] @ middle[:2]])
        spread = max(limit, spread * 0.6)
    return found


def line_map(dark: NDArray[np.uint8], length_px: int) -> NDArray[np.uint8]:
    """Return what of a dark picture (0 is paper) is level or upright lines at least this long."""
    level = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((1, length_px), np.uint8))
    upright = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((length_px, 1), np.uint8))
    return np.asarray(np.maximum(level, upright), np.uint8)
