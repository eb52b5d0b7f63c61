"""Paper photos on a scan: found by their edges, cut out, straightened and turned upright.

A photo's white background on a scanner's white lid leaves little more than the shadow of its edge, so edges are looked
for from faint to strong, and what counts is a face inside. Where no edge is found, the face alone says where to cut.
"""

import contextlib
from collections.abc import Iterator
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from sscard_desk.domain.errors.photo_sources import PaperPhotoMissing
from sscard_desk.imaging.faces import Face, find_faces
from sscard_desk.imaging.pages.sheets import PdfPages, sheets

FLAT: Final = 2
"""Dimensions of a grey picture."""
WORK_SIDE: Final = 1400
"""Px of the longer side while edges are looked for: an A4 page at 120 dpi, on which a photo is 120 px wide."""
LEAST_SHARE: Final = 0.05
"""A photo's longer side takes at least so much of the scan's longer side: 26 x 32 mm on A4 is 0.11."""
ASPECTS: Final = (0.6, 1.0)
"""Width to height of portraits on paper: 26 x 32, 25 x 35, 33 x 48, 40 x 60 mm."""
FILLED: Final = 0.82
"""How much of its own rectangle a photo fills; a receipt's text lines do not."""
EDGES: Final = ((4, 12), (12, 36), (40, 120))
"""Canny's two limits (levels of 255), from a faint shadow to a dark frame."""
INSET: Final = 0.012
"""Share of a side that is cut off with the shadow of the edge."""
SAME: Final = 0.5
"""Two finds that share so much of the smaller one are one photo."""
TILE_SHARE: Final = 0.3
"""Side of a tile to the scan's longer side, where only faces are looked for."""
FACE_TO_PHOTO: Final = (2.2, 2.8, 0.42)
"""Width and height of a portrait in widths of the face, and where in the height the face's middle is."""
UPPER: Final = 0.55
"""Eyes lie above this share of a face that stands upright."""
FACE_SIDE: Final = 480
"""Px of the longer side of a picture in which a face is looked for."""

Picture = NDArray[np.uint8]
Box = NDArray[np.float32]
"""Four corners, clockwise from the upper left, px."""


def find_paper_photos(scan: Picture) -> tuple[Picture, ...]:
    """Return the photos on a scan, cut out and upright, the largest first.

    Args:
        scan: uint8, height x width x 3, BGR, at any resolution.

    Raises:
        PaperPhotoMissing: there is none.
    """
    found: list[tuple[float, Box, Picture]] = []
    for box in _boxes(scan):
        if any(_shared(box, other) > SAME for _, other, _ in found):
            continue
        upright = _upright(_cut(scan, box))
        if upright is not None:
            found.append((float(cv2.contourArea(box)), box, upright))
    if not found:
        found = [(float(cv2.contourArea(box)), box, picture) for box, picture in _by_face(scan)]
    if not found:
        raise PaperPhotoMissing
    return tuple(picture for _, _, picture in sorted(found, key=lambda each: -each[0]))


def paper_photos_of(content: bytes, pdf_pages: PdfPages) -> tuple[bytes, ...]:
    """Return the photos in a scanner's answer as PNG files, the largest of each side first.

    Args:
        content: a PNG, JPEG, BMP, PNM, TIFF or PDF file, whole.
        pdf_pages: renders a PDF.

    Raises:
        ScanUnreadable: it is none of them.
        PaperPhotoMissing: no photo is on any side.
    """
    found: list[bytes] = []
    for sheet in sheets(content, pdf_pages):
        side = np.asarray(cv2.cvtColor(sheet, cv2.COLOR_GRAY2BGR), np.uint8) if sheet.ndim == FLAT else sheet
        with contextlib.suppress(PaperPhotoMissing):
            found += [cv2.imencode(".png", photo)[1].tobytes() for photo in find_paper_photos(side)]
    if not found:
        raise PaperPhotoMissing
    return tuple(found)


def _boxes(scan: Picture) -> Iterator[Box]:
    """Yield rectangles that may be photos, those with the faintest edges first: they are the outermost."""
    scale = min(1.0, WORK_SIDE / max(scan.shape[:2]))
    small = cv2.resize(scan, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else scan
    grey = cv2.GaussianBlur(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), (3, 3), 0)
    least = LEAST_SHARE * max(small.shape[:2])
    for low, high in EDGES:
        edges = cv2.morphologyEx(cv2.Canny(grey, low, high), cv2.MORPH_CLOSE, np.ones((7, 7), np.uint8))
        outlines, _ = cv2.findContours(edges, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
        for outline in sorted(outlines, key=cv2.contourArea, reverse=True):
            hull = cv2.convexHull(outline)
            rectangle = cv2.minAreaRect(hull)
            short, long = sorted(rectangle[1])
            if long < least or not ASPECTS[0] <= short / long <= ASPECTS[1]:
                continue
            if cv2.contourArea(hull) >= FILLED * short * long:
                yield np.asarray(_clockwise(np.asarray(cv2.boxPoints(rectangle), np.float32)) / scale, np.float32)


def _clockwise(corners: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return corners from the upper left on, clockwise, so that no rectangle is turned by more than 45 degrees."""
    middle = corners.mean(axis=0)
    angles = np.arctan2(corners[:, 1] - middle[1], corners[:, 0] - middle[0])
    ordered = corners[np.argsort(angles)]
    first = int(np.argmin(ordered.sum(axis=1)))
    return np.roll(ordered, -first, axis=0)


def _cut(scan: Picture, box: Box) -> Picture:
    width = round(float(np.linalg.norm(box[1] - box[0])))
    height = round(float(np.linalg.norm(box[3] - box[0])))
    x, y = width * INSET, height * INSET
    to = np.array([[-x, -y], [width + x, -y], [width + x, height + y], [-x, height + y]], np.float32)
    moved = cv2.getPerspectiveTransform(box, to)
    return np.asarray(cv2.warpPerspective(scan, moved, (width, height), flags=cv2.INTER_CUBIC), np.uint8)


def _upright(picture: Picture) -> Picture | None:
    """Return the picture turned so that the face in it stands upright, None without a face."""
    best: tuple[float, Picture] | None = None
    for turns in range(4):
        turned = np.ascontiguousarray(np.rot90(picture, turns))
        face = _face(turned)
        if face is not None and (best is None or face.score > best[0]):
            best = face.score, turned
    return best[1] if best else None


def _face(picture: Picture) -> Face | None:
    scale = min(1.0, FACE_SIDE / max(picture.shape[:2]))
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else picture
    faces = [face for face in find_faces(np.asarray(small, np.uint8)) if _stands(face)]
    return max(faces, key=lambda face: face.score, default=None)


def _stands(face: Face) -> bool:
    """Return whether a face stands upright: the person's right eye at the left, both in the upper half."""
    across, down = face.left_eye[0] - face.right_eye[0], face.left_eye[1] - face.right_eye[1]
    eyes = (face.left_eye[1] + face.right_eye[1]) / 2
    return across > abs(down) and eyes < face.top + face.height * UPPER


def _by_face(scan: Picture) -> list[tuple[Box, Picture]]:
    """Return what surrounds the faces that stand upright when the scan is turned some way, without any edge."""
    found: list[tuple[Box, Picture]] = []
    for turns in range(4):
        page = np.ascontiguousarray(np.rot90(scan, turns))
        for face in _faces_in_tiles(page):
            box = _around(face, page)
            if any(_shared(box, other) > SAME for other, _ in found):
                continue
            found.append((box, _straightened(page, box, face)))
        if found:
            return found
    return found


def _faces_in_tiles(page: Picture) -> Iterator[Face]:
    side = max(64, round(max(page.shape[:2]) * TILE_SHARE))
    step = side // 2
    for top in range(0, max(1, page.shape[0] - step), step):
        for left in range(0, max(1, page.shape[1] - step), step):
            tile = page[top : top + side, left : left + side]
            face = _face(np.ascontiguousarray(tile))
            if face is not None:
                scale = max(1.0, max(tile.shape[:2]) / FACE_SIDE)
                yield _moved(face, scale, left, top)


def _moved(face: Face, scale: float, left: int, top: int) -> Face:
    def eye(at: tuple[float, float]) -> tuple[float, float]:
        return at[0] * scale + left, at[1] * scale + top

    return Face(
        face.left * scale + left,
        face.top * scale + top,
        face.width * scale,
        face.height * scale,
        eye(face.right_eye),
        eye(face.left_eye),
        face.score,
    )


def _around(face: Face, page: Picture) -> Box:
    wide, high = FACE_TO_PHOTO[0] * face.width, FACE_TO_PHOTO[1] * face.width
    left = max(0.0, face.left + face.width / 2 - wide / 2)
    top = max(0.0, face.top + face.height / 2 - high * FACE_TO_PHOTO[2])
    right, bottom = min(float(page.shape[1]), left + wide), min(float(page.shape[0]), top + high)
    return np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)


def _straightened(page: Picture, box: Box, face: Face) -> Picture:
    """Return what lies around a face, turned about its middle so that the eyes lie level."""
    across, down = face.left_eye[0] - face.right_eye[0], face.left_eye[1] - face.right_eye[1]
    middle = face.left + face.width / 2, face.top + face.height / 2
    turn = cv2.getRotationMatrix2D(middle, float(np.degrees(np.arctan2(down, across))), 1.0)
    turn[:, 2] -= box[0]
    width, height = (max(1, round(float(side))) for side in box[2] - box[0])
    flags = cv2.INTER_CUBIC
    return np.asarray(
        cv2.warpAffine(page, turn, (width, height), flags=flags, borderMode=cv2.BORDER_REPLICATE), np.uint8
    )


def _shared(box: Box, other: Box) -> float:
    """Return how much of the smaller rectangle lies in the other one, 0.0 to 1.0."""
    shared, _ = cv2.intersectConvexConvex(box, other)
    return float(shared) / max(1.0, min(cv2.contourArea(box), cv2.contourArea(other)))
