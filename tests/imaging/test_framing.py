from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sscard_desk.imaging.framing import Head, plan
from sscard_desk.imaging.rules import load_rules

PLACEMENT = load_rules().placement
WIDE = (4000, 3000)


def finished(head, frame=WIDE, placement=PLACEMENT):
    """Return where the head stands in the portrait: face width, eye midpoint, eye line, head top."""
    cut = plan(head, frame, placement)
    eye_y = (head.eye_y - cut.top) * cut.scale
    return (
        head.face_width * cut.scale,
        (head.eye_x - cut.left) * cut.scale,
        placement.height - eye_y,
        (head.hair_y - cut.top) * cut.scale,
    )


def test_an_easy_head_gets_what_was_wished_for():
    face_width, eye_midpoint, eye_line, head_top = finished(Head(400, 2000, 1500, 1150))
    assert face_width == pytest.approx(207)
    assert eye_midpoint == pytest.approx(179)
    assert head_top == pytest.approx(14)
    assert eye_line >= 207


def test_tall_hair_makes_the_face_smaller_before_any_of_it_is_cut():
    face_width, _, eye_line, head_top = finished(Head(400, 2000, 1500, 1020))
    assert 179 <= face_width < 207
    assert eye_line == pytest.approx(209)
    assert head_top == pytest.approx(9)


def test_very_tall_hair_is_cut_because_the_eye_line_has_priority():
    face_width, _, eye_line, head_top = finished(Head(400, 2000, 1500, 800))
    assert face_width == pytest.approx(181)
    assert eye_line == pytest.approx(209)
    assert head_top < 0


def test_a_head_near_the_side_stays_inside_the_picture_as_far_as_the_rule_gives_way():
    cut = plan(Head(200, 165, 500, 330), (1000, 900), PLACEMENT)
    assert cut.left == pytest.approx(0)


def test_a_low_picture_makes_the_face_larger_rather_than_leaving_it():
    cut = plan(Head(200, 500, 200, 20), (1000, 400), PLACEMENT)
    assert cut.scale == pytest.approx(441 / 400)


def test_a_small_face_is_enlarged_no_more_than_needed():
    cut = plan(Head(130, 500, 500, 400), WIDE, PLACEMENT)
    assert cut.scale == pytest.approx(1.5)


@given(
    face=st.floats(120, 1200),
    x=st.floats(0, 4000),
    y=st.floats(0, 3000),
    hair=st.floats(0.1, 3.0),
)
def test_whatever_the_head_the_limits_of_priority_hold(face, x, y, hair):
    face_width, eye_midpoint, eye_line, _ = finished(Head(face, x, y, y - hair * face))
    assert 178.99 <= face_width <= 255.01
    assert 161.99 <= eye_midpoint <= 196.01
    assert eye_line >= 206.99


def test_other_sizes_are_data():
    small = replace(PLACEMENT, width=236, height=295, face_width=(138, 120, 168), eye_line=138)
    face_width, _, eye_line, _ = finished(Head(400, 2000, 1500, 1150), placement=small)
    assert face_width == pytest.approx(138)
    assert eye_line >= 138
