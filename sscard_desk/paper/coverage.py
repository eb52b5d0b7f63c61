"""Which characters the fonts for paper can draw, told by their own character maps. Light: no reportlab here."""

import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from fontTools.ttLib import TTFont

from sscard_desk.forms.conditions import visible
from sscard_desk.forms.definition import FieldType, FormDefinition
from sscard_desk.forms.findings import Finding, Verdict
from sscard_desk.ports.paper import NO_LISTS, Lists
from sscard_desk.resources import built

REGULAR: Final = built("fonts", "NotoSansSC-Regular.ttf")
SEMIBOLD: Final = built("fonts", "NotoSansSC-SemiBold.ttf")
_NEVER_DRAWN: Final = frozenset({FieldType.PHOTO, FieldType.SIGNATURE, FieldType.TICK})


def fallbacks() -> tuple[Path, ...]:
    """Return the fonts for rare characters that are on this computer, the best first.

    The build cuts two from Noto Sans TC and JP. All of Extension B needs HanaMin (Debian `fonts-hanazono`, or its
    file laid into `resources/built/fonts/`) or SimSun-ExtB, which comes with Windows.
    """
    windows = Path(os.environ.get("SystemRoot", "C:/Windows")) / "Fonts"  # noqa: SIM112 - Windows spells it so
    places = (
        built("fonts", "NotoSansRareTC-Regular.ttf"),
        built("fonts", "NotoSansRareJP-Regular.ttf"),
        built("fonts", "HanaMinB.ttf"),
        Path("/usr/share/fonts/truetype/hanazono/HanaMinB.ttf"),
        Path("/usr/share/fonts/truetype/hanazono/HanaMinA.ttf"),
        windows / "simsunb.ttf",
    )
    return tuple(path for path in places if path.is_file())


@cache
def characters(font: Path) -> frozenset[int]:
    """Return the code points that a font has a glyph for."""
    with TTFont(font, lazy=True) as opened:
        # numbers serve as names: making up a proper name for each glyph takes four fifths of the time
        opened.setGlyphOrder([str(number) for number in range(opened["maxp"].numGlyphs)])
        return frozenset(opened.getBestCmap())


def missing_characters(text: str) -> str:
    """Return the characters of a text that no font here can draw, each once."""
    rare = sorted(set(map(ord, text)) - characters(REGULAR), key=lambda point: text.index(chr(point)))
    if not rare:
        return ""
    others = [characters(font) for font in fallbacks()]
    return "".join(chr(point) for point in rare if not any(point in known for known in others))


def undrawable(definition: FormDefinition, answers: Mapping[str, str], lists: Lists = NO_LISTS) -> tuple[Finding, ...]:
    """Return a finding for each answer that cannot be drawn: such a name is flagged, never printed as a box.

    A finding in a list carries the number of its row, counted from 1, as `row`.
    """
    asked = (field for field in visible(definition, answers) if field.type not in _NEVER_DRAWN)
    missing: list[tuple[str, dict[str, int], str]] = [
        (field.id, {}, missing_characters(answers.get(field.id, ""))) for field in asked
    ]
    for block in definition.paper.lists():
        fields = [column.field for column in block.columns if column.field]
        rows = lists.get(block.list, ())
        if not missing_characters("".join(row.get(name, "") for row in rows for name in fields)):
            continue
        for number, row in enumerate(rows, start=1):
            missing += [(name, {"row": number}, missing_characters(row.get(name, ""))) for name in fields]
    return tuple(
        Finding(name, Verdict.WRONG, "forms.not_drawable", {"characters": characters, **where})
        for name, where, characters in missing
        if characters
    )
