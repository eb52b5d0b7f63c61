"""From pictures to one id card: find its sides, read each upright, cut out the parts that a clerk compares."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from sscard_desk.domain.document_kind import DocumentKind
from sscard_desk.domain.errors.id_scan import (
    IdCardCutOff,
    IdCardIllegible,
    IdCardKindUnread,
    IdCardWrongSide,
    NoIdCardInPicture,
    ScanBlank,
    SeveralIdCards,
)
from sscard_desk.domain.id_scan import IdScan, ScanVerdict, ScanWarning
from sscard_desk.imaging.id_scan.by_words import read_by_words, titled
from sscard_desk.imaging.id_scan.fields import judge_fields
from sscard_desk.imaging.id_scan.ground import Rectangle, printed_part
from sscard_desk.imaging.id_scan.layout import Box, Layout, layout
from sscard_desk.imaging.id_scan.pose import Pose, find_pose, seen
from sscard_desk.imaging.id_scan.rows import RowText, row_texts
from sscard_desk.imaging.id_scan.text_engine import Line, read_lines

Picture = NDArray[np.uint8]

LOOK_PX: Final = 1300
"""Longest side in which the printed part of a picture is looked at: 10 px/mm where both sides lie on a page."""
LOOK_PAGE_PX: Final = 1600
"""The same where no printed part stands out: 5.4 px/mm on an A4 page, the words of a card are 14 px high."""
READ_PX_MM: Final = 12.0
"""Resolution in which a card is read and cut out."""
ENOUGH_PX_MM: Final = 8.5
"""From here on the first look is good enough to read from."""
MARGIN_MM: Final = 2.0
BLANK_SPREAD: Final = 2.5
"""Standard deviation of the grey values (0-255) below which a picture shows nothing."""
LEAST_LEGIBLE: Final = 2
SLANT_DEG: Final = 8.0
GLARE_VALUE: Final = 250
GLARE_SHARE: Final = 0.2
NUMBER_SLACK_MM: Final = 2.5
EDGE_SLACK_MM: Final = 4.0
"""Nothing stands nearer to an edge than 5 mm."""
NUMBER_MM: Final = (30.0, 44.5, 76.0, 48.0)
"""Where the digits of the number stand."""
_OF_FRONT: Final = frozenset({"id_number", "name", "sex", "birth", "address"})


@dataclass(frozen=True)
class _Found:
    """One side as it was found.

    Attributes:
        pose: how it lies in the picture.
        picture: as it came.
        cut: the card alone, upright.
        rows: what was recognised, by row.
    """

    pose: Pose
    picture: Picture
    cut: Picture
    rows: dict[str, RowText]


def read_id_card(pictures: Iterable[Picture]) -> IdScan:
    """Read the one id card that the pictures show: its front alone, or front and back in any order.

    Args:
        pictures: uint8, height x width (grey) or height x width x 3 (BGR).

    Raises:
        TextReaderMissing: see `text_engine`.
        ScanBlank, NoIdCardInPicture, SeveralIdCards, IdCardWrongSide, IdCardCutOff, IdCardIllegible, IdCardKindUnread:
            see there.
    """
    card = layout()
    sides: dict[str, _Found] = {}
    labels_alone = blank = 0
    looked = 0
    for picture in pictures:
        looked += 1
        colour = picture if picture.ndim == 3 else np.asarray(cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR), np.uint8)  # noqa: PLR2004 - with channels
        if float(cv2.resize(colour, (200, 200), interpolation=cv2.INTER_AREA).std()) < BLANK_SPREAD:
            blank += 1
            continue
        lines, scale, part = _look(colour)
        if titled(lines):
            return read_by_words(colour, lines, part)
        for side in (card.front, card.back):
            count = seen(side, lines)
            if count > 1 or (count and side.name in sides):
                raise SeveralIdCards
            pose = find_pose(side, lines) if count else None
            if pose is not None:
                sides[side.name] = _read_side(pose, colour, lines, scale)
            labels_alone += bool(count and pose is None)
    if "front" not in sides:
        _say_why_not(looked, blank, labels_alone, back="back" in sides)
    return _assembled(card, sides)


def _say_why_not(looked: int, blank: int, labels_alone: int, *, back: bool) -> None:
    if labels_alone:
        raise IdCardIllegible
    if back:
        raise IdCardWrongSide
    if blank == looked:
        raise ScanBlank
    raise NoIdCardInPicture


def _look(picture: Picture) -> tuple[list[Line], float, Rectangle]:
    """Return the lines of a picture in its own pixels, by how much it was scaled down, and where something lies."""
    (left, top, right, bottom), found = printed_part(picture)
    part = picture[top:bottom, left:right]
    scale = min(1.0, (LOOK_PX if found else LOOK_PAGE_PX) / max(part.shape[:2]))
    if scale < 1.0:
        part = np.asarray(cv2.resize(part, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
    corner = np.array([left, top], np.float32)
    return (
        [Line(line.text, line.score, line.box / scale + corner) for line in read_lines(part)],
        scale,
        (left, top, right, bottom),
    )


def _read_side(pose: Pose, picture: Picture, lines: list[Line], scale: float) -> _Found:
    """Return a side and what stands on it: by the first look where that is good enough, or by one at the card alone."""
    cut, on_cut = _cut(pose, picture)
    if abs(pose.turn) < SLANT_DEG and pose.scale * scale >= ENOUGH_PX_MM:
        rows = row_texts(pose, lines)
    else:
        again = read_lines(cut)
        rows = row_texts(find_pose(pose.side, again) or on_cut, again)
    return _Found(pose, picture, cut, rows)


def _cut(pose: Pose, picture: Picture) -> tuple[Picture, Pose]:
    """Return the card cut out upright at `READ_PX_MM` with a margin, and how it lies on that."""
    width, height = layout().size
    onto = np.array([[READ_PX_MM, 0, MARGIN_MM * READ_PX_MM], [0, READ_PX_MM, MARGIN_MM * READ_PX_MM]])
    pixels = (round((width + 2 * MARGIN_MM) * READ_PX_MM), round((height + 2 * MARGIN_MM) * READ_PX_MM))
    to_mm = np.vstack([cv2.invertAffineTransform(pose.matrix), [0, 0, 1]])
    matrix = (np.vstack([onto, [0, 0, 1]]) @ to_mm)[:2]
    cut = cv2.warpAffine(picture, matrix, pixels, flags=cv2.INTER_AREA, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(cut, np.uint8), Pose(pose.side, onto, pose.points)


def _assembled(card: Layout, sides: dict[str, _Found]) -> IdScan:
    rows: dict[str, RowText] = {}
    cut_outs: dict[str, bytes] = {}
    warnings: list[ScanWarning] = []
    for found in sides.values():
        rows |= found.rows
        cut_outs |= {row: _part(found.cut, box) for row, box in found.pose.side.rows.items()}
        if found.pose.side.portrait is not None:
            cut_outs["portrait"] = _part(found.cut, found.pose.side.portrait)
    kind, fields = judge_fields(rows, cut_outs)
    if fields[0].verdict is not ScanVerdict.CHECKED and _outside(sides["front"], NUMBER_MM, NUMBER_SLACK_MM):
        raise IdCardCutOff
    if sum(bool(field.raw) for field in fields if field.name in _OF_FRONT) < LEAST_LEGIBLE:
        raise IdCardIllegible
    if any(_outside(found, (0.0, 0.0, *card.size), EDGE_SLACK_MM) for found in sides.values()):
        warnings.append(ScanWarning.CUT)
    lost = {field.name for field in fields if field.verdict in {ScanVerdict.MISSING, ScanVerdict.DOUBTFUL}}
    if any(_glares(found, lost) for found in sides.values()):
        warnings.append(ScanWarning.GLARE)
    if "back" not in sides:
        warnings.append(ScanWarning.FRONT_ONLY)
    if kind not in {DocumentKind.CITIZEN, DocumentKind.HMT_RESIDENT}:
        raise IdCardKindUnread
    return IdScan(kind, fields, tuple(sides), cut_outs.get("portrait", b""), tuple(warnings))


def _part(cut: Picture, box: Box) -> bytes:
    """Return a part of a card as JPEG."""
    left, top, right, bottom = (round((edge + MARGIN_MM) * READ_PX_MM) for edge in box)
    done, jpeg = cv2.imencode(".jpg", cut[top:bottom, left:right], [cv2.IMWRITE_JPEG_QUALITY, 88])
    return jpeg.tobytes() if done else b""


def _outside(found: _Found, box: Box, slack_mm: float) -> bool:
    """Return whether a part of a card lies outside the picture, and by more than so many mm."""
    left, top, right, bottom = box
    corners = found.pose.to_picture(np.array([[left, top], [right, top], [right, bottom], [left, bottom]]))
    height, width = found.picture.shape[:2]
    slack = slack_mm * found.pose.scale
    beyond = (corners < -slack) | (corners > np.array([width, height]) + slack)
    return bool(beyond.any())


def _glares(found: _Found, lost: set[str]) -> bool:
    """Return whether a field that was read badly lies under a spot that is brighter than the rest of its card."""
    white = (found.cut.min(axis=2) >= GLARE_VALUE).astype(np.float32)
    whole = float(white.mean())
    for row, (left, top, right, bottom) in found.pose.side.rows.items():
        if not lost & {row, *row.split("_"), *(f"{row}_{end}" for end in ("from", "to"))}:
            continue
        edges = (round((edge + MARGIN_MM) * READ_PX_MM) for edge in (left, top, right, bottom))
        x0, y0, x1, y1 = edges
        share = float(white[y0:y1, x0:x1].mean())
        if share > GLARE_SHARE and share > 2 * whole:
            return True
    return False
