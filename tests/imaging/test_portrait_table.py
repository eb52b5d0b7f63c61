"""Every test portrait with what must be said of it; accepted ones are measured again by a detector of other makers."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from sscard_desk.domain.errors.cardholder import NoFace, SeveralFaces
from sscard_desk.domain.portrait import Grade
from sscard_desk.imaging.pictures import decode_picture
from sscard_desk.imaging.portrait import make_portrait
from sscard_desk.imaging.rules import load_rules, rule_sets

from .centerface import faces
from .variations import SITTERS, VARIATIONS, beside, sitter, usual

KNOWN = {"photo_age": 0.0, "head_covering": 0.0}
LARGER = 2
"""The pictures of the sitters are small; enlarged, what is broken is what they show, not how few pixels they have."""

BROKEN = {
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
OF_SITTERS = {
    "collins": {"background": 185},
    "hopper": {"head_top": 30, "background": 51, "background_spread": 21.9, "background_tint": 34.4},
}
MOST_DIFFERENCE = 10.0
"""Pixels of a portrait between the middle of the eyes as two models see it."""


def broken(portrait):
    return {v.rule: v.value for v in portrait.verdicts if v.grade is not Grade.FITS}


def in_domain(portrait, rules):
    """Hold the saved file against domain reference D by means that had no part in making it."""
    found = faces(decode_picture(portrait.jpeg))
    assert len(found) == 1
    face = found[0]
    assert face.eyes_x == pytest.approx(portrait.measures["eye_midpoint"], abs=MOST_DIFFERENCE)
    assert rules.placement.height - face.eyes_y == pytest.approx(portrait.measures["eye_line"], abs=MOST_DIFFERENCE)
    if rules.key == "social_security_card":
        assert 162 <= face.eyes_x <= 196
        assert rules.placement.height - face.eyes_y >= 207
        assert 179 <= face.width <= 255


def test_every_variation_has_its_line_in_the_table():
    assert set(BROKEN) == set(VARIATIONS)


@pytest.mark.parametrize("name", VARIATIONS)
def test_each_portrait_breaks_the_rules_that_it_should_and_no_other(rules, name):
    portrait = make_portrait(VARIATIONS[name](usual()), rules, known=KNOWN, strict=False)
    assert broken(portrait) == pytest.approx(BROKEN[name], rel=0.1, abs=0.03)
    if portrait.acceptable:
        in_domain(portrait, rules)


@pytest.mark.parametrize("name", rule_sets())
def test_an_accepted_portrait_lies_where_another_detector_finds_it(name):
    rules = load_rules(name)
    portrait = make_portrait(usual(), rules, known=KNOWN)
    assert portrait.acceptable
    in_domain(portrait, rules)


@pytest.mark.parametrize("name", SITTERS)
def test_each_sitter_is_measured_as_taken(rules, name):
    picture = cv2.resize(sitter(name), None, fx=LARGER, fy=LARGER, interpolation=cv2.INTER_CUBIC)
    portrait = make_portrait(np.asarray(picture), rules, known=KNOWN)
    assert broken(portrait) == pytest.approx(OF_SITTERS[name], rel=0.1)
    in_domain(portrait, rules)


def test_where_data_allow_it_a_studios_wall_becomes_white_and_the_portrait_is_accepted(rules):
    picture = cv2.resize(sitter("collins"), None, fx=LARGER, fy=LARGER, interpolation=cv2.INTER_CUBIC)
    portrait = make_portrait(np.asarray(picture), replace(rules, may_be_whitened=True), known=KNOWN)
    assert broken(portrait) == {}
    assert portrait.alterations == ("straightened", "cut", "scaled", "background_whitened")
    in_domain(portrait, rules)


def test_somebody_over_the_shoulder_and_nobody_are_no_portrait(rules, scene):
    with pytest.raises(SeveralFaces):
        make_portrait(beside(usual()), rules)
    with pytest.raises(NoFace):
        make_portrait(scene("empty"), rules)
