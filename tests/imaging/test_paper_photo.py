"""A paper photo on a scanner's glass is found, cut out and stands upright, however it was laid down."""

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from sscard_desk.domain.errors.photo_sources import PaperPhotoMissing
from sscard_desk.forms.photo_sources import photo_sources
from sscard_desk.imaging.cutting import cut_picture
from sscard_desk.imaging.easing import eased
from sscard_desk.imaging.measures import find_sitter
from sscard_desk.imaging.paper_photo import find_paper_photos
from sscard_desk.imaging.pictures import decode_picture
from sscard_desk.imaging.portrait import make_portrait
from sscard_desk.imaging.rules import load_rules
from sscard_desk.resources import built

RULES = load_rules()
A4 = (1240, 1754)
"""Px at 150 dpi."""
Picture = NDArray[np.uint8]


@pytest.fixture(scope="module")
def photo() -> Picture:
    """A finished portrait of 358 x 441 px, as it is printed on paper."""
    picture = decode_picture((built("training", "camera") / "person-00.jpg").read_bytes())
    sitter = find_sitter(picture, RULES.placement)
    assert sitter is not None
    return cut_picture(picture, sitter.cut, RULES.placement.width, RULES.placement.height)


def lay(page: Picture, photo: Picture, at: tuple[int, int], turn_by: tuple[float, int], shadow: float = 20) -> Picture:
    """Lay a photo on the glass: quarter turns, then degrees about its corner; its edge throws a shadow."""
    degrees, turns = turn_by
    paper = np.ascontiguousarray(np.rot90(photo, turns))
    height, width = paper.shape[:2]
    size = (page.shape[1], page.shape[0])
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    turn[:, 2] += at
    covers = cv2.warpAffine(np.ones((height, width), np.float32), turn, size)[..., None]
    around = cv2.dilate(covers, np.ones((3, 3), np.uint8))[..., None]
    scan = (page - shadow * around) * (1 - covers) + cv2.warpAffine(paper, turn, size).astype(np.float32) * covers
    return np.asarray(scan.clip(0, 255), np.uint8)


def lid(level: int = 250, size: tuple[int, int] = A4) -> Picture:
    noise = np.random.default_rng(4).normal(0, 1.5, (size[1], size[0], 3))
    return np.asarray((level + noise).clip(0, 255), np.uint8)


@pytest.mark.parametrize(
    ("degrees", "turns", "level", "shadow"),
    [(0, 0, 250, 20), (7, 0, 250, 20), (-12, 1, 250, 20), (20, 2, 250, 20), (3, 3, 40, 0), (5, 2, 244, 0)],
)
def test_a_photo_is_found_straightened_and_upright(
    photo: Picture, degrees: float, turns: int, level: int, shadow: float
) -> None:
    found = find_paper_photos(lay(lid(level), photo, (420, 500), (degrees, turns), shadow))
    assert len(found) == 1
    portrait = make_portrait(found[0], eased(RULES, photo_sources().eases("scanner")))
    assert portrait.refused_by == ()
    assert abs(portrait.measures["roll"]) < 3


def test_several_photos_come_with_the_largest_first(photo: Picture) -> None:
    page = lay(lid(), photo, (200, 300), (4, 0))
    small = np.asarray(cv2.resize(photo, None, fx=0.6, fy=0.6, interpolation=cv2.INTER_AREA), np.uint8)
    found = find_paper_photos(lay(page, small, (800, 1000), (-6, 1)))
    assert len(found) == 2
    assert found[0].size > found[1].size


def test_text_and_an_empty_glass_are_no_photo() -> None:
    page = lid()
    with pytest.raises(PaperPhotoMissing):
        find_paper_photos(page)
    cv2.rectangle(page, (200, 200), (560, 650), (30, 30, 30), 3)
    for line in range(12):
        cv2.putText(page, "photo receipt 0001", (220, 240 + 30 * line), cv2.FONT_HERSHEY_SIMPLEX, 0.8, (0, 0, 0), 2)
    with pytest.raises(PaperPhotoMissing):
        find_paper_photos(page)


def test_a_photo_without_any_edge_is_cut_around_the_face_and_levelled(photo: Picture) -> None:
    middle = np.zeros(photo.shape[:2], np.float32)
    cv2.ellipse(middle, (179, 190), (110, 150), 0, 0, 360, 1.0, -1)
    fades = cv2.GaussianBlur(middle, (81, 81), 0)[..., None]
    soft = np.asarray(photo * fades + 244 * (1 - fades), np.uint8)
    (found,) = find_paper_photos(lay(np.full((A4[1], A4[0], 3), 244, np.uint8), soft, (500, 600), (9, 0), shadow=0))
    portrait = make_portrait(found, eased(RULES, photo_sources().eases("scanner")))
    assert abs(portrait.measures["roll"]) < 4
