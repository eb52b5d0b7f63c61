"""Sizes in logical pixels: an 8 px grid, 4 inside a component."""

from typing import Final

GRID: Final = 8
MARGIN: Final = 24  # page margin
GAP: Final = 16  # between columns
COLUMN_GAP: Final = 32
TOP_BAR: Final = 56
PERSON_STRIP: Final = 52
STEP_BAR: Final = 52
ACTION_BAR: Final = 56
STATUS_LINE: Final = 40
CONTROL: Final = 40  # field and button: the smallest target
TABLE_ROW: Final = 40
TABLE_HEADER: Final = 32
DIFFERENCE_ROW: Final = 72
LIST_ROW: Final = 60
LOCKED_ROW: Final = 32

RAIL: Final = 88
RAIL_NARROW: Final = 56
PANEL: Final = 272
PANEL_WIDE: Final = 336
PANEL_FOLDED: Final = 56
PAGE_MAX: Final = 1200  # content never grows wider
LABEL_COLUMN: Final = {"zh_CN": 104, "en": 136}

RADIUS_KEYCAP: Final = 4
RADIUS: Final = 6  # field and button
RADIUS_CARD: Final = 8
RADIUS_DIALOG: Final = 12

RING_GAP: Final = 2  # between a control and its focus ring

COMPACT_BELOW: Final = 1024  # rail and panel fold, keycaps leave the buttons
WIDE_FROM: Final = 1600  # the panel grows
SMALLEST: Final = (960, 540)
