"""Measuring frames in a row: a sitter who holds still is not looked for anew in each of them.

Every frame reads the points of the face, so that all that is measured is of this frame. Of three frames one counts
the faces, and the next tells the sitter from the wall; whoever moves, comes or leaves is looked for at once.
"""

import math
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sscard_desk.domain.portrait import FrameMeasures
from sscard_desk.imaging import geometry
from sscard_desk.imaging.faces import Face, find_faces
from sscard_desk.imaging.framing import Placement
from sscard_desk.imaging.measures import Sitter, measure_sitter, mesh_of, sitter_of
from sscard_desk.imaging.mesh import Mesh

COUNT_AFTER: Final = 2
"""Frames between two counts of the faces: 0.08 s at 25 frames a second."""
STILL: Final = 0.05
"""Of the face's width: an outline of a moment ago holds for eyes that moved less, and for a face that grew less."""

Picture = NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class _Outline:
    """Where the sitter was when the wall was told from them: mask, its corner, and the face's points."""

    mask: NDArray[np.float32]
    corner: tuple[int, int]
    mesh: Mesh

    def at(self, mesh: Mesh) -> tuple[NDArray[np.float32], tuple[int, int]]:
        """Return the outline where the face is now: it goes with the eyes."""
        (x, y, _), (x2, y2, _) = _eyes(self.mesh), _eyes(mesh)
        return self.mask, (self.corner[0] + round(x2 - x), self.corner[1] + round(y2 - y))


@dataclass(frozen=True, eq=False)
class _Seen:
    """What the last frame showed.

    Attributes:
        size: height and width of the frame.
        sitter: whoever sat there.
        outline: the last look at the outline.
        age: frames since faces were counted, 0 in the frame that did.
    """

    size: tuple[int, ...]
    sitter: Sitter
    outline: _Outline
    age: int


class FrameMeter:
    """Measures the frames of one camera, one after another, on one thread."""

    def __init__(self, placement: Placement) -> None:
        """Know what the portrait should look like; nothing was seen yet."""
        self._placement = placement
        self._last: _Seen | None = None

    def measure(self, picture: Picture) -> FrameMeasures:
        """Measure what the portrait would be if this frame were taken; as `measures.measure_frame`.

        Args:
            picture: uint8, height x width x 3, BGR.

        Raises:
            ShippedFileMissing: a model is not installed.
        """
        last = self._last
        if last is not None and last.size != picture.shape[:2]:
            last = None
        self._last = self._followed(picture, last) if last is not None and last.age < COUNT_AFTER else None
        if self._last is None:
            self._last = self._found(picture, last)
        return measure_sitter(picture, self._last.sitter if self._last else None, self._placement)

    def _found(self, picture: Picture, last: _Seen | None) -> _Seen | None:
        """Count the faces and take the largest; the outline of a moment ago holds for one who sits still."""
        faces = find_faces(picture)
        mesh = mesh_of(picture, faces[0]) if faces else None
        if mesh is None:
            return None
        return self._seen(picture, faces[0], mesh, last, faces=len(faces), age=0)

    def _followed(self, picture: Picture, last: _Seen) -> _Seen | None:
        """Look where the face was; None where there is none any more."""
        mesh = mesh_of(picture, last.sitter.face)
        if mesh is None:
            return None
        face = _moved(last.sitter.face, last.sitter.mesh, mesh)
        return self._seen(picture, face, mesh, last, faces=last.sitter.faces, age=last.age + 1)

    def _seen(self, picture: Picture, face: Face, mesh: Mesh, last: _Seen | None, *, faces: int, age: int) -> _Seen:
        """Return the sitter; the outline of a moment ago holds for one who sits still, but not after a count."""
        held = last.outline if last is not None and last.age > 0 and _still(last.outline.mesh, mesh) else None
        seen = held.at(mesh) if held is not None else None
        sitter = sitter_of(picture, face, mesh, self._placement, faces=faces, seen=seen)
        return _Seen(picture.shape[:2], sitter, held or _Outline(sitter.mask, sitter.corner, mesh), age)


def _eyes(mesh: Mesh) -> tuple[float, float, float]:
    """Return the middle between the eyes and their distance."""
    middle = ((mesh.right_eye + mesh.left_eye)[:2] / 2).tolist()
    return middle[0], middle[1], float(np.linalg.norm((mesh.left_eye - mesh.right_eye)[:2]))


def _still(before: Mesh, now: Mesh) -> bool:
    (x, y, apart), (x2, y2, apart2) = _eyes(before), _eyes(now)
    width = geometry.face_width(now)
    return math.hypot(x2 - x, y2 - y) < STILL * width and abs(apart2 - apart) < STILL * apart


def _moved(face: Face, before: Mesh, now: Mesh) -> Face:
    """Return a face's box where its points are now."""
    (x, y, apart), (x2, y2, apart2) = _eyes(before), _eyes(now)
    grown = apart2 / max(apart, 1e-6)
    right, left = now.right_eye[:2].tolist(), now.left_eye[:2].tolist()
    return replace(
        face,
        left=x2 + (face.left - x) * grown,
        top=y2 + (face.top - y) * grown,
        width=face.width * grown,
        height=face.height * grown,
        right_eye=(right[0], right[1]),
        left_eye=(left[0], left[1]),
    )
