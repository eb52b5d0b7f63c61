"""The photo rules as data: what a portrait must be, and the verdict on what was measured.

Needs no OpenCV, so that the window can show the rules before the first picture.
"""

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sscard_desk.domain.portrait import Grade, Verdict
from sscard_desk.imaging.framing import Placement
from sscard_desk.resources import resource


@dataclass(frozen=True)
class Rule:
    """One rule; see `resources/photo_rules/` for the meaning of each field."""

    key: str
    minimum: float | None
    maximum: float | None
    unit: str
    decimals: int
    refuses: bool
    below: str
    above: str
    source: str

    @property
    def own_choice(self) -> bool:
        """Return whether no source gives the number."""
        return self.source.startswith("own choice")

    def judge(self, value: float | None) -> Verdict:
        """Return the verdict on one value; a value is judged as it is shown, so 3.04 degrees are 3.0 degrees."""
        grade, advice = Grade.FITS, ""
        if value is None:
            grade = Grade.UNSEEN
        else:
            value = round(value, self.decimals)
            low = self.minimum is not None and value < self.minimum
            high = self.maximum is not None and value > self.maximum
            if low or high:
                grade = Grade.REFUSES if self.refuses else Grade.WARNS
                advice = f"photo.advice.{self.below if low else self.above}"
        return Verdict(self.key, value, self.minimum, self.maximum, self.unit, self.decimals, grade, advice)


@dataclass(frozen=True)
class FileLimits:
    """How large the file may be (bytes) and with which JPEG qualities it is tried."""

    minimum: int
    maximum: int
    first_quality: int
    lowest_quality: int


@dataclass(frozen=True)
class PhotoRules:
    """All that a city asks of a portrait."""

    key: str
    edition: str
    dpi: int
    file: FileLimits
    placement: Placement
    may_be_whitened: bool
    rules: tuple[Rule, ...]

    def judge(self, values: Mapping[str, float]) -> tuple[Verdict, ...]:
        """Return a verdict for each rule, in their order; what was not measured is `UNSEEN`."""
        return tuple(rule.judge(values.get(rule.key)) for rule in self.rules)

    @property
    def least_face_width(self) -> int:
        """Return how many pixels wide a face must be in the source for the narrowest face allowed."""
        return math.ceil(self.placement.face_width[1] / self.placement.enlargement)

    def limit(self, key: str) -> Rule:
        """Return one rule by its key.

        Raises:
            KeyError: there is no such rule.
        """
        for rule in self.rules:
            if rule.key == key:
                return rule
        raise KeyError(key)


def load_rules(path: Path | None = None) -> PhotoRules:
    """Read the rules that ship with the program, or those of another file.

    Raises:
        KeyError: the file leaves out something that is needed.
        tomllib.TOMLDecodeError: the file is not TOML.
    """
    shipped = path or resource("photo_rules", "social_security_card.toml")
    return parse_rules(tomllib.loads(shipped.read_text(encoding="utf-8")))


def parse_rules(table: Mapping[str, Any]) -> PhotoRules:
    """Make rules from a table, as it comes from a file or from the centre.

    Raises:
        KeyError: something that is needed is left out.
    """
    rules = tuple(
        Rule(
            key=entry["key"],
            minimum=entry.get("minimum"),
            maximum=entry.get("maximum"),
            unit=entry.get("unit", ""),
            decimals=entry.get("decimals", 0),
            refuses=entry["refuses"],
            below=entry.get("below", ""),
            above=entry.get("above", ""),
            source=entry["source"],
        )
        for entry in table["rule"]
    )
    by_key = {rule.key: rule for rule in rules}

    def wish(key: str) -> tuple[float, float, float]:
        rule = by_key[key]
        wished = float(table["placement"][key])
        return (
            wished,
            wished if rule.minimum is None else rule.minimum,
            wished if rule.maximum is None else rule.maximum,
        )

    picture = table["picture"]
    return PhotoRules(
        key=table["key"],
        edition=table["edition"],
        dpi=picture["dpi"],
        file=FileLimits(**table["file"]),
        placement=Placement(
            width=picture["width"],
            height=picture["height"],
            face_width=wish("face_width"),
            eye_midpoint=wish("eye_midpoint"),
            head_top=wish("head_top"),
            eye_line=by_key["eye_line"].minimum or 0.0,
            enlargement=by_key["enlargement"].maximum or math.inf,
        ),
        may_be_whitened=table["background"]["may_be_whitened"],
        rules=rules,
    )
