"""Every test portrait with what must be said of it; accepted ones are measured again by a detector of other makers."""

from functools import cache

import pytest

from sscard_desk.domain.errors.cardholder import NoFace, SeveralFaces
from sscard_desk.domain.portrait import Grade
from sscard_desk.imaging.portrait import make_portrait
from sscard_desk.imaging.rules import load_rules, rule_sets

from .portrait_table import BROKEN, KNOWN, NAMES, PAGE, WHITENED, Row, again_line, made, rule_lines, seen
from .variations import VARIATIONS, beside, usual

MOST_DIFFERENCE = 10.0
"""Pixels of a portrait between the middle of the eyes as two models see it."""


@cache
def row_of(name: str) -> Row:
    return made(name, load_rules())


def in_domain(portrait, rules):
    """Hold the saved file against domain reference D by means that had no part in making it."""
    found = seen(portrait.jpeg)
    assert found.faces == 1
    assert found.eyes_x == pytest.approx(portrait.measures["eye_midpoint"], abs=MOST_DIFFERENCE)
    assert found.eye_line == pytest.approx(portrait.measures["eye_line"], abs=MOST_DIFFERENCE)
    if rules.key == "social_security_card" and portrait.acceptable:
        assert 162 <= found.eyes_x <= 196
        assert found.eye_line >= 207
        assert 179 <= found.width <= 255
        assert 7 <= found.hair <= 21


def test_every_variation_has_its_line_in_the_table():
    assert set(BROKEN) == set(VARIATIONS)


@pytest.mark.parametrize("name", NAMES)
def test_each_portrait_breaks_the_rules_that_it_should_and_no_other(rules, name):
    row = row_of(name)
    broken = {v.rule: v.value for v in row.portrait.verdicts if v.grade is not Grade.FITS}
    assert broken == pytest.approx(row.broken, rel=0.1, abs=0.03)
    assert {v.rule: v.grade for v in row.portrait.verdicts} == {
        v.rule: row.expected(v, rules) for v in row.portrait.verdicts
    }
    if row.portrait.acceptable:
        in_domain(row.portrait, rules)


def test_enough_portraits_are_accepted_to_say_something():
    assert sum(row_of(name).portrait.acceptable for name in NAMES) >= 8


@pytest.mark.parametrize("name", rule_sets())
def test_an_accepted_portrait_lies_where_another_detector_finds_it(name):
    rules = load_rules(name)
    portrait = make_portrait(usual(), rules, known=KNOWN)
    assert portrait.acceptable
    in_domain(portrait, rules)


def test_where_data_allow_it_a_studios_wall_becomes_white_and_the_portrait_is_accepted():
    portrait = row_of(WHITENED).portrait
    assert portrait.acceptable
    assert portrait.alterations == ("straightened", "cut", "scaled", "background_whitened")


@pytest.mark.parametrize("name", NAMES)
def test_the_page_in_the_docs_says_what_is_measured(name):
    """Words as they are; numbers within a twentieth, since libraries round a little differently on other machines."""
    written = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith(f"| {name} |")]
    now = [line.strip() for line in (again_line(row_of(name)), *rule_lines(row_of(name)))]
    assert len(written) == len(now)
    for line, wanted in zip(written, now, strict=True):
        for left, right in zip(line.strip("| ").split(" | "), wanted.strip("| ").split(" | "), strict=True):
            assert left == right or float(left) == pytest.approx(float(right), rel=0.05, abs=1)


def test_somebody_over_the_shoulder_and_nobody_are_no_portrait(rules, scene):
    with pytest.raises(SeveralFaces):
        make_portrait(beside(usual()), rules)
    with pytest.raises(NoFace):
        make_portrait(scene("empty"), rules)
