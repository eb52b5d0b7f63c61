"""Making the card's portrait out of a picture: cut, scaled, compressed, then measured as it is."""

from dataclasses import asdict, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sscard_desk.domain.errors.cardholder import NoFace, SeveralFaces
from sscard_desk.domain.errors.operator import PictureTooSmall
from sscard_desk.domain.portrait import Grade, Portrait
from sscard_desk.imaging import geometry, jpeg
from sscard_desk.imaging.cutting import coverage, cut_picture
from sscard_desk.imaging.faces import Face, find_faces
from sscard_desk.imaging.framing import Cut
from sscard_desk.imaging.measures import find_sitter, measure_portrait
from sscard_desk.imaging.mesh import read_mesh
from sscard_desk.imaging.pictures import decode_picture
from sscard_desk.imaging.quality import background
from sscard_desk.imaging.rules import PhotoRules
from sscard_desk.imaging.sitter import sitter_mask
from sscard_desk.imaging.whitening import whiten

EDGE_REPEATED: Final = "edge_repeated"
BACKGROUND_WHITENED: Final = "background_whitened"
WHOLE: Final = 99.95
"""Percent that count as the whole portrait: less than a pixel's edge is missing."""


def make_portrait(picture: NDArray[np.uint8], rules: PhotoRules) -> Portrait:
    """Return the finished portrait with its measures and the verdict on each rule.

    What refuses a portrait is a verdict, not an error, as long as there is a portrait to look at.

    Args:
        picture: uint8, height x width x 3, BGR.
        rules: what the city asks for.

    Raises:
        NoFace: nobody is in the picture.
        SeveralFaces: more than one face is in it.
        PictureTooSmall: the face would have to be enlarged more than the rules allow.
        PhotoSizeUnreachable: no JPEG quality gives a file of the allowed size.
        ShippedFileMissing: a model is not installed.
    """
    need = rules.least_face_width
    smallest_side = min(picture.shape[:2])
    if smallest_side < need:
        raise PictureTooSmall(have=smallest_side, need=need)
    sitter = find_sitter(picture, rules.placement)
    if sitter is None:
        raise NoFace
    placement, cut = rules.placement, sitter.cut
    frame = (picture.shape[1], picture.shape[0])
    portrait = cut_picture(picture, cut, placement.width, placement.height)
    # a closer look finds smaller faces behind the sitter; the live picture has no time for it
    faces = max(sitter.faces, len(find_faces(portrait)))
    if faces > 1:
        raise SeveralFaces(count=faces)
    have = int(geometry.face_width(sitter.mesh))
    if have < need:
        raise PictureTooSmall(have=have, need=need)
    portrait, alterations = _altered(portrait, cut, frame, rules)
    file = jpeg.fit(portrait, rules.file, rules.dpi)
    finished = decode_picture(file)  # what the card's maker will see, not what we meant
    mesh = read_mesh(finished, _moved(sitter.face, cut))
    measures = measure_portrait(finished, mesh, sitter_mask(finished), cut, frame)
    values = {"faces": float(faces)} | asdict(measures) | {"file_size": float(len(file))}
    return Portrait(file, values, rules.judge(values), alterations)


def _altered(
    portrait: NDArray[np.uint8], cut: Cut, frame: tuple[int, int], rules: PhotoRules
) -> tuple[NDArray[np.uint8], tuple[str, ...]]:
    """Return the portrait with what had to be changed in it, and the names of the changes."""
    alterations: tuple[str, ...] = ()
    if coverage(cut, frame, rules.placement.width, rules.placement.height) < WHOLE:
        alterations = (EDGE_REPEATED,)
    wall = rules.limit("background").judge(background(portrait, sitter_mask(portrait)))
    if rules.may_be_whitened and wall.grade is Grade.REFUSES:
        return whiten(portrait), (*alterations, BACKGROUND_WHITENED)
    return portrait, alterations


def _moved(face: Face, cut: Cut) -> Face:
    """Return the same face in pixels of the portrait."""
    scale = cut.scale
    return replace(
        face,
        left=(face.left - cut.left) * scale,
        top=(face.top - cut.top) * scale,
        width=face.width * scale,
        height=face.height * scale,
    )
