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
        return frozenset(opened.getBestCmap())


def missing_characters(text: str) -> str:
    """Return the characters of a text that no font here can draw, each once."""
    rare = [c for c in dict.fromkeys(text) if ord(c) not in characters(REGULAR)]
    return "".join(c for c in rare if not any(ord(c) in characters(font) for font in fallbacks()))


def undrawable(definition: FormDefinition, answers: Mapping[str, str]) -> tuple[Finding, ...]:
    """Return a finding for each answer that cannot be drawn: such a name is flagged, never printed as a box."""
    asked = (field for field in visible(definition, answers) if field.type not in _NEVER_DRAWN)
    missing = ((field.id, missing_characters(answers.get(field.id, ""))) for field in asked)
    return tuple(
        Finding(name, Verdict.WRONG, "forms.not_drawable", {"characters": characters})
        for name, characters in missing
        if characters
    )
