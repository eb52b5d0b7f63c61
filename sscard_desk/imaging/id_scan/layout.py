"""Where things stand on an id card, from `resources/id_card_layouts`; millimetres from the card's upper left corner."""

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from sscard_desk.resources import resource

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in mm."""


@dataclass(frozen=True)
class Side:
    """One side of a card.

    Attributes:
        name: `front` (the portrait's side) or `back`.
        labels: each printed word with (x of its left end, y of its middle, length).
        rows: where the values stand.
        value_at: left end and middle of the value that shows its own place by its shape (number, days of validity).
        portrait: where the portrait stands, None on the back.
    """

    name: str
    labels: dict[str, tuple[float, float, float]]
    rows: dict[str, Box]
    value_at: tuple[float, float]
    portrait: Box | None


@dataclass(frozen=True)
class Layout:
    """Both sides of one kind of card."""

    size: tuple[float, float]
    front: Side
    back: Side


@cache
def layout(name: str = "resident") -> Layout:
    """Return a layout by the name of its file."""
    table = tomllib.loads(resource("id_card_layouts", f"{name}.toml").read_text(encoding="utf-8"))
    width, height = table["size_mm"]
    return Layout((width, height), _side("front", table["front"]), _side("back", table["back"]))


def _side(name: str, table: dict[str, Any]) -> Side:
    portrait = table.get("portrait")
    left, middle = table["number"]["at"]
    return Side(
        name=name,
        labels={word: (at[0], at[1], at[2]) for word, at in table["labels"].items()},
        rows={row: _box(box) for row, box in table["rows"].items()},
        value_at=(left, middle),
        portrait=_box(portrait) if portrait else None,
    )


def _box(values: list[float]) -> Box:
    left, top, right, bottom = values
    return left, top, right, bottom
