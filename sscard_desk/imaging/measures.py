"""Measuring a live frame: what the portrait would be if it were taken now."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sscard_desk.domain.portrait import FrameMeasures, Overlay, PortraitMeasures
from sscard_desk.imaging import eyes, geometry, quality, wall
from sscard_desk.imaging.cutting import coverage, cut_mask, cut_picture
from sscard_desk.imaging.faces import Face, find_faces
from sscard_desk.imaging.framing import Cut, Head, Placement, plan
from sscard_desk.imaging.mesh import CHIN, Mesh, read_mesh
from sscard_desk.imaging.sitter import head_top, sitter_mask

LEAST_CERTAINTY: Final = 0.5
"""The mesh model's own belief that it looks at a face."""


@dataclass(frozen=True, eq=False)
class Sitter:
    """The largest face of a picture and where to cut; in pixels of the picture.

    Attributes:
        faces: how many faces were found.
        face: the largest of them.
        mesh: its points.
        cut: of the portrait.
        mask: float32, the person in the part of the picture around the head.
        corner: left and top of that part.
    """

    faces: int
    face: Face
    mesh: Mesh
    cut: Cut
    mask: NDArray[np.float32]
    corner: tuple[int, int]


def find_sitter(picture: NDArray[np.uint8], placement: Placement) -> Sitter | None:
    """Return the largest face with its points and the cut, None without a face.

    Args:
        picture: uint8, height x width x 3, BGR.
        placement: what the portrait should look like.

    Raises:
        ShippedFileMissing: a model is not installed.
    """
    faces = find_faces(picture)
    mesh = mesh_of(picture, faces[0]) if faces else None
    return None if mesh is None else sitter_of(picture, faces[0], mesh, placement, faces=len(faces))


def mesh_of(picture: NDArray[np.uint8], face: Face) -> Mesh | None:
    """Return the points of a face, None where the model does not believe that it is one."""
    mesh = read_mesh(picture, face)
    return mesh if mesh.certainty >= LEAST_CERTAINTY and geometry.face_width(mesh) >= 1 else None


def sitter_of(
    picture: NDArray[np.uint8],
    face: Face,
    mesh: Mesh,
    placement: Placement,
    *,
    faces: int,
    seen: tuple[NDArray[np.float32], tuple[int, int]] | None = None,
) -> Sitter:
    """Return the sitter around a face.

    Args:
        picture: uint8, height x width x 3, BGR.
        face: where it is.
        mesh: its points.
        placement: what the portrait should look like.
        faces: how many there are.
        seen: mask and corner of a moment ago, where they still hold; left out, the sitter is looked for.
    """
    width = geometry.face_width(mesh)
    eye_x, eye_y = ((mesh.right_eye + mesh.left_eye)[:2] / 2).tolist()
    frame = (picture.shape[1], picture.shape[0])
    if seen is None:
        left, top = (max(0, round(eye_x - 1.4 * width)), max(0, round(eye_y - 1.4 * width)))
        right, bottom = (min(frame[0], round(eye_x + 1.4 * width)), min(frame[1], round(eye_y + 1.4 * width)))
        seen = sitter_mask(picture[top:bottom, left:right]), (left, top)
    mask, (left, top) = seen
    hair_y = top + head_top(mask, eye_x - left, width)
    chin_y = float(mesh.points[CHIN, 1])
    cut = plan(Head(width, eye_x, eye_y, hair_y, chin_y), frame, placement)
    return Sitter(faces, face, mesh, cut, mask, (left, top))


def measure_frame(picture: NDArray[np.uint8], placement: Placement) -> FrameMeasures:
    """Measure what the portrait would be if this frame were taken; for frames in a row see `live.FrameMeter`.

    Args:
        picture: uint8, height x width x 3, BGR.
        placement: what the portrait should look like.

    Raises:
        ShippedFileMissing: a model is not installed.
    """
    return measure_sitter(picture, find_sitter(picture, placement), placement)


def measure_sitter(picture: NDArray[np.uint8], sitter: Sitter | None, placement: Placement) -> FrameMeasures:
    """Measure the portrait of a sitter who was found, or nobody."""
    height, width = picture.shape[:2]
    if sitter is None:
        return FrameMeasures(width, height, 0)
    cut = sitter.cut
    portrait = cut_picture(picture, cut, placement.width, placement.height, fine=False)
    within = Cut(cut.left - sitter.corner[0], cut.top - sitter.corner[1], cut.scale)
    mask = cut_mask(sitter.mask, within, placement.width, placement.height)
    mesh = sitter.mesh.moved(cut.scale, cut.left, cut.top)
    measures = measure_portrait(portrait, mesh, mask, cut, (width, height))
    return FrameMeasures(width, height, sitter.faces, measures, _overlay(sitter, placement))


def measure_portrait(
    portrait: NDArray[np.uint8], mesh: Mesh, mask: NDArray[np.float32], cut: Cut, frame: tuple[int, int]
) -> PortraitMeasures:
    """Measure a finished portrait.

    Args:
        portrait: uint8, height x width x 3, BGR.
        mesh: the points of the face, in pixels of the portrait.
        mask: the person in the portrait, float32, height x width.
        cut: where the portrait was cut.
        frame: width and height of the picture it was cut from.
    """
    height, width = portrait.shape[:2]
    eye_x, eye_y = ((mesh.right_eye + mesh.left_eye)[:2] / 2).tolist()
    face_width = geometry.face_width(mesh)
    face = quality.face_area(portrait, mesh)
    hair, chin = head_top(mask, eye_x, face_width), float(mesh.points[CHIN, 1])
    behind = wall.wall_of(mask)
    spread, tint = wall.spread_and_tint(portrait, behind)
    return PortraitMeasures(
        face_width=face_width,
        eye_line=height - eye_y,
        eye_midpoint=eye_x,
        head_top=hair,
        head_length=chin - hair,
        chin=height - chin,
        roll=geometry.roll(mesh),
        yaw=geometry.yaw(mesh),
        pitch=geometry.pitch(mesh),
        eyes_open=geometry.eyes_open(mesh),
        iris=eyes.iris(portrait, mesh),
        mouth_open=geometry.mouth_open(mesh),
        sharpness=quality.sharpness(face),
        exposure=quality.exposure(face),
        contrast=quality.contrast(face),
        evenness=quality.evenness(face),
        glare=eyes.glare(portrait, mesh),
        background=wall.background(portrait, behind),
        background_spread=spread,
        background_tint=tint,
        enlargement=cut.scale,
        coverage=coverage(cut, frame, width, height),
    )


def _overlay(sitter: Sitter, placement: Placement) -> Overlay:
    points, cut = sitter.mesh.points[:, :2], sitter.cut
    (left, top), (right, bottom) = points.min(axis=0).tolist(), points.max(axis=0).tolist()
    right_eye, left_eye = sitter.mesh.right_eye.tolist(), sitter.mesh.left_eye.tolist()
    return Overlay(
        crop=(cut.left, cut.top, placement.width / cut.scale, placement.height / cut.scale),
        right_eye=(right_eye[0], right_eye[1]),
        left_eye=(left_eye[0], left_eye[1]),
        face=(left, top, right - left, bottom - top),
    )
