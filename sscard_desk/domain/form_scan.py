"""What was read off a form that came back on paper: which page it is, its boxes to tick, its cut-outs.

Lengths are in mm from the left and the top edge of the paper, as in `paper.toml`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from sscard_desk.domain.portrait import Preview

STRAIGHT_DPI: Final = 203.2
"""Of a page that is kept: what handwriting needs, and what a fax machine's fine mode has."""


@dataclass(frozen=True)
class Area:
    """A rectangle of a form's page; `name` is the field, or the kind of place, that stands there."""

    name: str
    page: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class TickPlace:
    """Where a box to tick is printed; its frame's outer side is `side` mm.

    Attributes:
        field: whose answer.
        code: the code that a tick in this box stands for.
        page: counted from 1.
        x: left edge.
        y: top edge.
        side: length of its sides.
    """

    field: str
    code: str
    page: int
    x: float
    y: float
    side: float


class TickState(Enum):
    """What a box to tick shows."""

    EMPTY = "empty"
    TICKED = "ticked"
    UNCLEAR = "unclear"


@dataclass(frozen=True)
class TickReading:
    """One box as it was read: a proposal, never an answer.

    Attributes:
        field: whose answer.
        code: what a tick stands for.
        state: what the box shows.
        confidence: 0.0 to 1.0, how far the ink lies from the border between empty and ticked.
        ink: part of the box that is dark, 0.0 to 1.0.
    """

    field: str
    code: str
    state: TickState
    confidence: float
    ink: float


@dataclass(frozen=True)
class CutOutPicture:
    """A signature or receipt, cut out of the straightened page: a JPEG file."""

    name: str
    width: int
    height: int
    jpeg: bytes = field(repr=False)


@dataclass(frozen=True)
class FormPage:
    """One page of a form as it was recognised.

    Attributes:
        sheet: which picture of the file or the scanner's pile, from 1.
        serial: form serial with hyphens.
        form: name of the form, for example `registration`.
        edition: the edition that it was printed in.
        digest: first 16 hex digits of the printed content digest, empty where only the bar code could be read.
        page: counted from 1.
        pages: how many the form has.
        read_by: `qr`, `code128`, or `number` where somebody typed it.
        rotation: by how many degrees the page lay turned clockwise: 0, 90, 180 or 270.
        skew: degrees that the page was askew besides, clockwise positive.
        dpi: resolution of the scan, as measured on the paper.
        pose: 2 x 3, from (x mm, y mm, 1) on the paper to (x px, y px) in the scan.
        residual: root mean square of what the printed lines lie off the layout after straightening, in mm.
        ticks: every box to tick.
        cut_outs: signatures and places for a receipt.
        straight: the whole page, straightened, as a JPEG file.
        fields: each field's place as a picture, for showing it large beside the field.
    """

    sheet: int
    serial: str
    form: str
    edition: str
    digest: str
    page: int
    pages: int
    read_by: str
    rotation: int
    skew: float
    dpi: float
    pose: tuple[tuple[float, ...], ...]
    residual: float
    ticks: tuple[TickReading, ...]
    cut_outs: tuple[CutOutPicture, ...]
    straight: bytes = field(repr=False)
    fields: Mapping[str, Preview] = field(repr=False, default_factory=dict)


def proposals(ticks: tuple[TickReading, ...], printed: Mapping[str, str]) -> dict[str, TickReading]:
    """Return what the ticks of a page propose, by field: one box for each field, never a guess between two.

    A choice that was printed ticked stays so on paper: where another box of the field is ticked besides it, that one
    is what the applicant wants. Two new ticks, or none, propose nothing.

    Args:
        ticks: every box that was read.
        printed: the answers as they were printed.
    """
    found: dict[str, TickReading] = {}
    for name in dict.fromkeys(tick.field for tick in ticks):
        boxes = [tick for tick in ticks if tick.field == name]
        marked = [tick for tick in boxes if tick.state is not TickState.EMPTY]
        new = [tick for tick in marked if tick.code != printed.get(name, "")]
        wanted = new if len(boxes) > 1 else boxes
        if len(wanted) == 1 and (len(boxes) == 1 or wanted[0].state is not TickState.EMPTY):
            found[name] = wanted[0]
    return found
