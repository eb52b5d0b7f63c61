"""The photo rules as data: what a portrait must be, and the verdict on what was measured.

Needs no OpenCV, so that the window can show the rules before the first picture.
"""

import math
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from sscard_desk.domain.portrait import Grade, Verdict
from sscard_desk.imaging.framing import Placement
from sscard_desk.resources import resource

WITHIN: Final = 2.0
"""Pixels that a cut stays inside the limits: whoever measures the finished picture finds points a little elsewhere."""
USUAL: Final = "social_security_card"
"""The rules of this counter's cards."""


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
    asks: str = ""
    """The question to the clerk, where nobody else can see it; its answer is 1.0 for yes and 0.0 for no."""

    @property
    def own_choice(self) -> bool:
        """Return whether no source gives the number."""
        return self.source.startswith("own choice")

    def judge(self, value: float | None) -> Verdict:
        """Return the verdict on one value; a value is judged as it is shown, so 3.04 degrees are 3.0 degrees."""
        grade, advice = Grade.FITS, ""
        if value is None:
            grade = Grade.ASKS if self.asks else Grade.UNSEEN
            advice = f"photo.advice.{self.asks}" if self.asks else ""
        else:
            value = round(value, self.decimals) + 0.0  # no minus before a nought
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
    """All that a city asks of a portrait.

    Attributes:
        key: name of the set, as `--rules` takes it.
        edition: of the data.
        dpi: written into the file.
        file: size of the file and how it is searched for.
        placement: where the cut puts the head.
        may_be_whitened: whether the wall may be made white.
        exempt_below_years: who is younger needs no portrait; 0 for nobody.
        rules: in the order in which they are shown.
    """

    key: str
    edition: str
    dpi: int
    file: FileLimits
    placement: Placement
    may_be_whitened: bool
    exempt_below_years: int
    rules: tuple[Rule, ...]

    def judge(self, values: Mapping[str, float]) -> tuple[Verdict, ...]:
        """Return a verdict for each rule, in their order; what was not measured is `UNSEEN`."""
        return tuple(rule.judge(values.get(rule.key)) for rule in self.rules)

    @property
    def least_face_width(self) -> int:
        """Return how many pixels wide a face must be in the source for the narrowest face allowed."""
        narrowest = self.limit("face_width").minimum or self.placement.face_width[1]
        return math.ceil(narrowest / self.placement.enlargement)

    def exempts(self, born: date, on: date) -> bool:
        """Return whether somebody born on this day needs no portrait."""
        years = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
        return years < self.exempt_below_years

    def limit(self, key: str) -> Rule:
        """Return one rule by its key.

        Raises:
            KeyError: there is no such rule.
        """
        for rule in self.rules:
            if rule.key == key:
                return rule
        raise KeyError(key)


def rule_sets() -> tuple[str, ...]:
    """Return the names of the sets of rules that ship with the program."""
    return tuple(sorted(path.stem for path in resource("photo_rules").glob("*.toml")))


def load_rules(wanted: Path | str = USUAL) -> PhotoRules:
    """Read a set of rules that ships with the program, by its name, or another file.

    Raises:
        OSError: there is no such set or file.
        KeyError: the file leaves out something that is needed.
        tomllib.TOMLDecodeError: the file is not TOML.
    """
    path = wanted if isinstance(wanted, Path) else resource("photo_rules", f"{wanted}.toml")
    return parse_rules(_whole(tomllib.loads(path.read_text(encoding="utf-8"))))


def _whole(table: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a table with what it takes over from the set that it is based on: rules by their key, others by name."""
    if "based_on" not in table:
        return table
    path = resource("photo_rules", f"{table['based_on']}.toml")
    base = _whole(tomllib.loads(path.read_text(encoding="utf-8")))
    own = {rule["key"]: rule for rule in table.get("rule", ())}
    left_out = set(table.get("left_out", ()))
    kept = [own.pop(rule["key"], rule) for rule in base["rule"] if rule["key"] not in left_out]
    merged = {
        name: base[name] | table.get(name, {}) if isinstance(base[name], dict) else table.get(name, base[name])
        for name in base
    }
    return merged | {"rule": [*kept, *own.values()]}


def with_rules_of(rules: PhotoRules, examiners: Iterable[str]) -> PhotoRules:
    """Return rules with those of second opinions behind them, by the keys of `resources/portrait_examiners.toml`."""
    table = tomllib.loads(resource("portrait_examiners.toml").read_text(encoding="utf-8"))
    more = tuple(_rule(entry) for examiner in examiners for entry in table[examiner]["rule"])
    return replace(rules, rules=rules.rules + more)


def _rule(entry: Mapping[str, Any]) -> Rule:
    return Rule(
        key=entry["key"],
        minimum=entry.get("minimum"),
        maximum=entry.get("maximum"),
        unit=entry.get("unit", ""),
        decimals=entry.get("decimals", 0),
        refuses=entry["refuses"],
        below=entry.get("below", ""),
        above=entry.get("above", ""),
        source=entry["source"],
        asks=entry.get("asks", ""),
    )


def parse_rules(table: Mapping[str, Any]) -> PhotoRules:
    """Make rules from a table, as it comes from a file or from the centre.

    Raises:
        KeyError: something that is needed is left out.
    """
    rules = tuple(_rule(entry) for entry in table["rule"])
    by_key = {rule.key: rule for rule in rules}

    def limit(key: str, side: str, otherwise: float) -> float:
        found = getattr(by_key[key], side) if key in by_key else None
        return otherwise if found is None else float(found)

    def wish(key: str) -> tuple[float, float, float]:
        wished = float(table["placement"][key])
        return (
            wished,
            min(wished, limit(key, "minimum", wished) + WITHIN),
            max(wished, limit(key, "maximum", wished) - WITHIN),
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
            eye_line=limit("eye_line", "minimum", -WITHIN) + WITHIN,
            enlargement=limit("enlargement", "maximum", math.inf),
            head_length=limit("head_length", "maximum", math.inf),
            straighten=float(table["placement"].get("straighten", 0.0)),
        ),
        may_be_whitened=table["background"]["may_be_whitened"],
        exempt_below_years=table.get("exempt", {}).get("below_years", 0),
        rules=rules,
    )
