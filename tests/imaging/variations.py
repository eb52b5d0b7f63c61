"""Every test portrait: two sitters whose pictures are in the public domain, and what was made of them.

`SITTERS` are the pictures as packages ship them; `VARIATIONS` are made from the training camera's picture of the first.
"""

from collections.abc import Callable
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from sscard_desk.imaging.faces import find_faces
from sscard_desk.imaging.mesh import LEFT_EYE, RIGHT_EYE, read_mesh
from sscard_desk.resources import built

Picture = NDArray[np.uint8]

SITTERS: Final = {"collins": ("training", "astronaut.png"), "hopper": ("for_tests", "grace_hopper.jpg")}


def sitter(name: str) -> Picture:
    return _read(*SITTERS[name])


def usual() -> Picture:
    return _read("training", "camera", "person-00.jpg")


def _read(*parts: str) -> Picture:
    picture = cv2.imread(str(built(*parts)))
    assert picture is not None, "run tools/build_models.py"
    return np.asarray(picture, np.uint8)


def turned(picture: Picture, degrees: float) -> Picture:
    middle = (picture.shape[1] / 2, picture.shape[0] * 0.46)
    move = cv2.getRotationMatrix2D(middle, degrees, 1.0)
    return np.asarray(
        cv2.warpAffine(picture, move, picture.shape[1::-1], flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    )


def wall(picture: Picture, colour: tuple[int, int, int]) -> Picture:
    """Another colour of the wall: what is white and reaches the upper corners becomes it, edges of hair in between."""
    white = (picture.min(axis=2) > 232).astype(np.uint8)
    found = np.zeros((white.shape[0] + 2, white.shape[1] + 2), np.uint8)
    for corner in ((0, 0), (white.shape[1] - 1, 0)):
        cv2.floodFill(white, found, corner, 2)
    share = cv2.GaussianBlur(cv2.dilate((white == 2).astype(np.float32), np.ones((5, 5))), (0, 0), 1.5)[..., None]
    return (picture * (1 - share) + np.array(colour, np.float32) * share).astype(np.uint8)


def shadow(picture: Picture) -> Picture:
    light = np.interp(np.arange(picture.shape[1]), [250, 420], [0.82, 1.0])[None, :, None]
    return (picture * light).astype(np.uint8)


def closed(picture: Picture) -> Picture:
    """Both eyes closed, drawn: a lid in the colour of the cheek, and the line of the lashes."""
    drawn = picture.copy()
    mesh = read_mesh(picture, find_faces(picture)[0])
    for corners in (RIGHT_EYE, LEFT_EYE):
        one, other = (mesh.points[index, :2] for index in corners)
        x, y = ((one + other) / 2).round().astype(int).tolist()
        half = round(float(np.hypot(*(other - one))) * 0.62)
        skin = picture[y + half : y + half + 8, x - 8 : x + 8].reshape(-1, 3).mean(axis=0)
        cv2.ellipse(drawn, (x, y), (half, round(half * 0.62)), 0, 0, 360, tuple(skin.tolist()), -1, cv2.LINE_AA)
        cv2.ellipse(drawn, (x, y + 2), (half - 4, 5), 0, 0, 180, (40, 40, 60), 2, cv2.LINE_AA)
    return np.asarray(cv2.GaussianBlur(drawn, (0, 0), 1.0))


def glasses(picture: Picture) -> Picture:
    """Spectacles in which the lamp is seen."""
    drawn = picture.copy()
    mesh = read_mesh(picture, find_faces(picture)[0])
    for eye in (mesh.right_eye, mesh.left_eye):
        x, y = (round(float(value)) for value in eye[:2])
        cv2.ellipse(drawn, (x, y), (42, 32), 0, 0, 360, (30, 30, 30), 3, cv2.LINE_AA)
        cv2.ellipse(drawn, (x + 12, y - 10), (16, 12), 0, 0, 360, (255, 255, 255), -1, cv2.LINE_AA)
    return drawn


def one_sided(picture: Picture) -> Picture:
    light = np.interp(np.arange(picture.shape[1]), [400, 560], [1.0, 0.5])[None, :, None]
    person = picture.min(axis=2, keepdims=True) < 230
    return np.where(person, picture * light, picture).astype(np.uint8)


def flat(picture: Picture) -> Picture:
    """The sitter behind mist; the wall stays white."""
    person = picture.min(axis=2, keepdims=True) < 230
    return np.where(person, 150 + (picture.astype(np.float32) - 150) * 0.15, picture).astype(np.uint8)


def beside(picture: Picture) -> Picture:
    """Somebody else looks over the shoulder."""
    both = picture.copy()
    both[72:204, 282:407] = cv2.resize(picture[70:470, 290:670], (125, 132), interpolation=cv2.INTER_AREA)
    return both


VARIATIONS: Final[dict[str, Callable[[Picture], Picture]]] = {
    "as it is": lambda picture: picture,
    "leaning 5 degrees": lambda picture: turned(picture, -5),
    "leaning 15 degrees": lambda picture: turned(picture, 15),
    "blurred": lambda picture: np.asarray(cv2.GaussianBlur(picture, (0, 0), 6)),
    "dark": lambda picture: (picture * 0.22).astype(np.uint8),
    "burnt out": lambda picture: np.clip(picture.astype(np.float32) * 1.9, 0, 255).astype(np.uint8),
    "eyes drawn closed": closed,
    "lamp in the glasses": glasses,
    "light from one side": one_sided,
    "in mist": flat,
    "blue wall": lambda picture: wall(picture, (219, 142, 67)),
    "red wall": lambda picture: wall(picture, (30, 30, 200)),
    "pale pink wall": lambda picture: wall(picture, (235, 232, 255)),
    "grey wall": lambda picture: wall(picture, (150, 150, 150)),
    "shadow on the wall": shadow,
    "cut at the side": lambda picture: picture[:, 400:],
    "small": lambda picture: np.asarray(cv2.resize(picture, None, fx=0.4, fy=0.4, interpolation=cv2.INTER_AREA)),
    "large": lambda picture: np.asarray(cv2.resize(picture, None, fx=3, fy=3, interpolation=cv2.INTER_CUBIC)),
    "mirrored": lambda picture: np.asarray(cv2.flip(picture, 1)),
}
