"""What must be said of each test portrait, and where another detector must find it; `docs/portraits.md` is made of it.

Run as a module it writes that page anew; `make docs` does.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

import cv2
import numpy as np

from sscard_desk.domain.portrait import Grade, Portrait, Verdict
from sscard_desk.imaging.pictures import decode_picture
from sscard_desk.imaging.portrait import make_portrait
from sscard_desk.imaging.rules import PhotoRules, load_rules
from sscard_desk.resources import root
from tests.imaging.centerface import faces
from tests.imaging.variations import SITTERS, VARIATIONS, sitter, usual

PAGE: Final = root() / "docs" / "portraits.md"
KNOWN: Final = {"photo_age": 0.0, "head_covering": 0.0}
LARGER: Final = 2
"""The pictures of the sitters are small; enlarged, what is broken is what they show, not how few pixels they have."""

BROKEN: Final[dict[str, dict[str, float]]] = {
    "as it is": {},
    "leaning 5 degrees": {},
    "leaning 15 degrees": {"roll": -15},
    "blurred": {"sharpness": 0.25},
    "dark": {"exposure": 35, "contrast": 0.16, "background": 54},
    "burnt out": {"exposure": 229, "glare": 70},
    "eyes drawn closed": {"iris": 0.08},
    "lamp in the glasses": {"glare": 8.6},
    "light from one side": {"evenness": 0.62},
    "in mist": {"contrast": 0.13, "iris": 0},
    "blue wall": {"background": 66, "background_tint": 45.5},
    "red wall": {"background": 30, "background_tint": 77.5},
    "pale pink wall": {"background_tint": 8.2},
    "grey wall": {"background": 151},
    "shadow on the wall": {"background": 221, "background_spread": 5.3},
    "cut at the side": {"background": 202, "background_spread": 15.4, "coverage": 73.3},
    "small": {"enlargement": 1.9},
    "large": {},
    "mirrored": {},
}
"""What breaks a rule, and the value measured; every other rule is met. A tenth of the value is allowed for."""
OF_SITTERS: Final[dict[str, dict[str, float]]] = {
    "collins": {"background": 185},
    "hopper": {"head_top": 30, "background": 51, "background_spread": 21.9, "background_tint": 34.4},
}
WHITENED: Final = "collins, wall made white"
DARKEST_WALL: Final = 200
"""What is darker than this in every row of an accepted portrait is the sitter and no wall."""


@dataclass(frozen=True)
class Row:
    """One test portrait.

    Attributes:
        name: which.
        portrait: what was made of it.
        broken: the rules that must not be met, each with its value.
    """

    name: str
    portrait: Portrait
    broken: dict[str, float]

    def expected(self, verdict: Verdict, rules: PhotoRules) -> Grade:
        """Return the grade that a rule must have."""
        if verdict.rule not in self.broken:
            return Grade.FITS
        return Grade.REFUSES if next(r for r in rules.rules if r.key == verdict.rule).refuses else Grade.WARNS


@dataclass(frozen=True)
class Seen:
    """A saved portrait, measured again by means that had no part in making it; px.

    Attributes:
        faces: how many CenterFace finds.
        eyes_x: from the left edge to the middle between the eyes.
        eye_line: from the lower edge up to the eyes.
        width: of the face.
        hair: from the upper edge to the first row that is no wall.
    """

    faces: int
    eyes_x: float
    eye_line: float
    width: float
    hair: int


def made(name: str, rules: PhotoRules) -> Row:
    """Return the portrait that is made of a test picture."""
    if name in VARIATIONS:
        picture, broken = VARIATIONS[name](usual()), BROKEN[name]
    else:
        key = name.split(",", maxsplit=1)[0]
        enlarged = cv2.resize(sitter(key), None, fx=LARGER, fy=LARGER, interpolation=cv2.INTER_CUBIC)
        picture, broken = np.asarray(enlarged, np.uint8), OF_SITTERS[key]
        if name == WHITENED:
            rules, broken = replace(rules, may_be_whitened=True), {}
    return Row(name, make_portrait(picture, rules, known=KNOWN, strict=False), broken)


NAMES: Final = (*VARIATIONS, *SITTERS, WHITENED)


def seen(jpeg: bytes) -> Seen:
    """Measure a saved portrait again."""
    picture = decode_picture(jpeg)
    found = faces(picture)
    face = found[0]
    head = picture[:, round(face.left) : round(face.left + face.width)].min(axis=2)
    hair = int(np.argmax((head < DARKEST_WALL).sum(axis=1) >= 3))
    return Seen(len(found), face.eyes_x, picture.shape[0] - face.eyes_y, face.width, hair)


HEAD: Final = """# Portraits: every test picture against every rule

Made by `make docs` from the pictures that the tests use; do not edit. Two sitters whose pictures are in the public
domain, and {count} variations of the first. Rules: `resources/photo_rules/social_security_card.toml`, its day and the
question of the bare head answered. A test makes every portrait anew and holds it against this page.

"""
AGAIN: Final = """## Measured again

The saved JPEG, by CenterFace and by the first row that is no wall; neither has a part in making a portrait. Domain
reference D: middle of the eyes 162-196 px from the left, eye line at least 207 px from below, face 179-255 px wide,
hair 7-21 px from above unless the eye line cuts it.

| portrait | accepted | faces | middle of the eyes | eye line | face width | hair |
|---|---|---|---|---|---|---|
"""
EACH: Final = """
## Each rule

| portrait | rule | limits | value | verdict |
|---|---|---|---|---|
"""


def again_line(row: Row) -> str:
    """Return a portrait's line of the second measuring."""
    found, yes = seen(row.portrait.jpeg), "yes" if row.portrait.acceptable else "no"
    return (
        f"| {row.name} | {yes} | {found.faces} | {found.eyes_x:.0f} | {found.eye_line:.0f} | {found.width:.0f} "
        f"| {found.hair} |\n"
    )


def rule_lines(row: Row) -> Iterator[str]:
    """Yield a portrait's lines, one for each rule."""
    for verdict in row.portrait.verdicts:
        low, high = ("" if limit is None else f"{limit:g}" for limit in (verdict.minimum, verdict.maximum))
        value = "-" if verdict.value is None else f"{verdict.value:.{verdict.decimals}f}"
        yield f"| {row.name} | {verdict.rule} | {low}..{high} {verdict.unit} | {value} | {verdict.grade.value} |\n"


def page() -> str:
    """Return the whole page."""
    rules = load_rules()
    rows = [made(name, rules) for name in NAMES]
    again = "".join(again_line(row) for row in rows)
    each = "".join(line for row in rows for line in rule_lines(row))
    return HEAD.format(count=len(VARIATIONS)) + AGAIN + again + EACH + each


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
