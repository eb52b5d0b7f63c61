"""The text that stands in each row of a card, printed words taken away."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from sscard_desk.imaging.id_scan.layout import Side
from sscard_desk.imaging.id_scan.pose import Pose, squeezed
from sscard_desk.imaging.id_scan.text_engine import Line

_LABEL_SLACK_MM: Final = 1.5
_SAME_HEIGHT_MM: Final = 2.5


@dataclass(frozen=True)
class RowText:
    """What was recognised in one row: lines from top to bottom, each from left to right."""

    text: str = ""
    score: float = 0.0


@dataclass(frozen=True)
class _Placed:
    text: str
    score: float
    left: float
    right: float
    top: float
    bottom: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def row_texts(pose: Pose, lines: list[Line]) -> dict[str, RowText]:
    """Return the text of every row of a side."""
    placed = sorted((_placed(pose, line) for line in lines), key=lambda line: line.middle)
    found: dict[str, RowText] = {}
    for row, (_, top, right, bottom) in pose.side.rows.items():
        inside = [line for line in placed if top <= line.middle < bottom and line.left < right]
        values = [_value(line, pose.side, row) for line in _in_reading_order(inside)]
        kept = [(text, line.score) for text, line in zip(values, _in_reading_order(inside), strict=True) if text]
        if kept:
            found[row] = RowText("".join(text for text, _ in kept), min(score for _, score in kept))
    return found


def _placed(pose: Pose, line: Line) -> _Placed:
    corners = pose.to_card(np.asarray(line.box, np.float64))
    (left, top), (right, bottom) = corners.min(axis=0).tolist(), corners.max(axis=0).tolist()
    return _Placed(squeezed(line.text), line.score, left, right, top, bottom)


def _in_reading_order(lines: list[_Placed]) -> list[_Placed]:
    """Return lines of one row from left to right, those of several rows one below the other."""
    rows: list[list[_Placed]] = []
    for line in lines:
        if rows and line.middle - rows[-1][0].middle < _SAME_HEIGHT_MM:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [line for row in rows for line in sorted(row, key=lambda line: line.left)]


def _value(line: _Placed, side: Side, row: str) -> str:
    """Return a line's text without the printed word before it, whether that was recognised rightly or not."""
    for word in side.labels:
        if line.text.startswith(word):
            return line.text.removeprefix(word)
    value_left = side.rows[row][0]
    if line.left > value_left - _LABEL_SLACK_MM:
        return line.text
    if line.right < value_left + _LABEL_SLACK_MM:
        return ""
    # one line holds a misread word and the value: as many characters as the place of the word has room for
    share = (value_left - line.left) / max(line.right - line.left, 1.0)
    return line.text[round(share * len(line.text)) :]
