"""A signature as strokes: what the pad gave, how it is kept as evidence, and how it is read back. No Qt."""

import json
from dataclasses import dataclass
from typing import Final

Point = tuple[float, float, int]
"""x and y from 0 to 1 of the canvas, and milliseconds since the first touch."""

_FORM: Final = "sscard-desk strokes 1"
FEWEST_POINTS: Final = 8
"""Fewer points than this are a slip of the pen and no signature."""


@dataclass(frozen=True)
class Strokes:
    """One signature.

    Attributes:
        lines: one tuple of points for each touch of the pen.
        ratio: width of the canvas by its height.
    """

    lines: tuple[tuple[Point, ...], ...] = ()
    ratio: float = 3.0

    @property
    def enough(self) -> bool:
        """Whether there is enough of it to be a signature."""
        return sum(len(line) for line in self.lines) >= FEWEST_POINTS

    def encode(self) -> bytes:
        """Return the evidence: JSON in UTF-8, coordinates with four decimals."""
        lines = [[[round(x, 4), round(y, 4), ms] for x, y, ms in line] for line in self.lines]
        kept = {"form": _FORM, "ratio": round(self.ratio, 4), "lines": lines}
        return json.dumps(kept, separators=(",", ":")).encode()


def read_strokes(evidence: bytes) -> Strokes | None:
    """Return the strokes of kept evidence, None where it is something else (a scan)."""
    try:
        kept = json.loads(evidence)
        if kept["form"] != _FORM:
            return None
        lines = tuple(tuple((float(x), float(y), int(ms)) for x, y, ms in line) for line in kept["lines"])
        return Strokes(lines, float(kept["ratio"]))
    except (ValueError, KeyError, TypeError):
        return None
