"""Making the card's portrait out of a picture: straightened, cut, scaled, compressed, then measured as it is."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sscard_desk.domain.errors.cardholder import NoFace, SeveralFaces
from sscard_desk.domain.errors.operator import PhotoSizeUnreachable, PictureTooSmall
from sscard_desk.domain.portrait import Grade, Portrait
from sscard_desk.imaging import geometry, jpeg
from sscard_desk.imaging.colour import srgb_profile
from sscard_desk.imaging.cutting import coverage, cut_picture, turned
from sscard_desk.imaging.faces import Face, find_faces
from sscard_desk.imaging.framing import Cut, Placement
from sscard_desk.imaging.measures import Sitter, find_sitter, measure_portrait
from sscard_desk.imaging.mesh import read_mesh
from sscard_desk.imaging.pictures import decode_picture
from sscard_desk.imaging.rules import PhotoRules
from sscard_desk.imaging.sitter import sitter_mask
from sscard_desk.imaging.wall import background, wall_of
from sscard_desk.imaging.whitening import whiten

STRAIGHTENED: Final = "straightened"
CUT: Final = "cut"
SCALED: Final = "scaled"
EDGE_REPEATED: Final = "edge_repeated"
BACKGROUND_WHITENED: Final = "background_whitened"
WHOLE: Final = 99.95
"""Percent that count as the whole portrait: less than a pixel's edge is missing."""
UPRIGHT: Final = 1.0
"""A head that leans less, in degrees, is not turned: nobody sees it, and the measure is not finer."""


def make_portrait(
    picture: NDArray[np.uint8],
    rules: PhotoRules,
    *,
    before: tuple[str, ...] = (),
    known: Mapping[str, float] | None = None,
    strict: bool = True,
) -> Portrait:
    """Return the finished portrait with its measures and the verdict on each rule.

    What refuses a portrait is a verdict, not an error, as long as there is a portrait to look at.

    Args:
        picture: uint8, height x width x 3, BGR.
        rules: what the city asks for.
        before: what reading the file altered already.
        known: measures that the picture does not show, such as `photo_age`.
        strict: whether a face with too few pixels, or a file whose size cannot be reached, is an error; otherwise the
            nearest that can be made is made, and its verdicts say so.

    Raises:
        NoFace: nobody is in the picture.
        SeveralFaces: more than one face is in it.
        PictureTooSmall: the face would have to be enlarged more than the rules allow.
        PhotoSizeUnreachable: no JPEG quality gives a file of the allowed size.
        ShippedFileMissing: a model is not installed.
    """
    need = rules.least_face_width
    smallest_side = min(picture.shape[:2])
    if strict and smallest_side < need:
        raise PictureTooSmall(have=smallest_side, need=need)
    sitter, cut = _planned(picture, rules.placement)
    placement, frame = rules.placement, (picture.shape[1], picture.shape[0])
    portrait = cut_picture(picture, cut, placement.width, placement.height)
    # a closer look finds smaller faces behind the sitter; the live picture has no time for it
    faces = max(sitter.faces, len(find_faces(portrait)))
    if faces > 1:
        raise SeveralFaces(count=faces)
    have = int(geometry.face_width(sitter.mesh))
    if strict and have < need:
        raise PictureTooSmall(have=have, need=need)
    portrait, alterations = _altered(portrait, cut, frame, rules)
    file = _file(portrait, rules, strict=strict)
    finished = decode_picture(file)  # what the card's maker will see, not what we meant
    mesh = read_mesh(finished, _moved(sitter.face, cut))
    measures = measure_portrait(finished, mesh, sitter_mask(finished), cut, frame)
    values = {"faces": float(faces)} | asdict(measures) | _of_the_file(file, rules) | dict(known or {})
    return Portrait(file, values, rules.judge(values), before + alterations)


def _planned(picture: NDArray[np.uint8], placement: Placement) -> tuple[Sitter, Cut]:
    """Return the sitter, upright where the rules allow it, and the cut that makes one portrait of the picture.

    Raises:
        NoFace: nobody is in the picture.
    """
    sitter = find_sitter(picture, placement)
    if sitter is None:
        raise NoFace
    leaning = geometry.roll(sitter.mesh)
    if not UPRIGHT < abs(leaning) <= placement.straighten:
        return sitter, sitter.cut
    x, y = ((sitter.mesh.right_eye + sitter.mesh.left_eye)[:2] / 2).tolist()
    upright = find_sitter(turned(picture, leaning, (x, y)), placement)
    if upright is None or upright.faces != sitter.faces:
        return sitter, sitter.cut
    return upright, replace(upright.cut, turn=leaning, pivot=(x, y))


def _file(portrait: NDArray[np.uint8], rules: PhotoRules, *, strict: bool) -> bytes:
    try:
        return jpeg.fit(portrait, rules.file, rules.dpi, srgb_profile())
    except PhotoSizeUnreachable as out_of_reach:
        if strict:
            raise
        too_large = out_of_reach.smallest > rules.file.maximum
        quality = rules.file.lowest_quality if too_large else jpeg.BEST
        return jpeg.encode(portrait, quality, rules.dpi, srgb_profile())


def _of_the_file(file: bytes, rules: PhotoRules) -> dict[str, float]:
    return {
        "picture_width": float(rules.placement.width),
        "picture_height": float(rules.placement.height),
        "dpi": float(rules.dpi),
        "file_size": float(len(file)),
    }


def _altered(
    portrait: NDArray[np.uint8], cut: Cut, frame: tuple[int, int], rules: PhotoRules
) -> tuple[NDArray[np.uint8], tuple[str, ...]]:
    """Return the portrait with what had to be changed in it, and the names of the changes."""
    size = (rules.placement.width, rules.placement.height)
    as_it_is = frame == size and cut.scale == 1.0
    done = [(STRAIGHTENED, bool(cut.turn)), (CUT, not as_it_is), (SCALED, cut.scale != 1.0)]
    alterations = tuple(name for name, was_done in done if was_done)
    if coverage(cut, frame, *size) < WHOLE:
        alterations = (*alterations, EDGE_REPEATED)
    wall = rules.limit("background").judge(background(portrait, wall_of(sitter_mask(portrait))))
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
