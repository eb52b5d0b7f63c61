"""Frames in a row are measured as each would be alone, and whoever comes, leaves or moves is seen at once."""

from dataclasses import asdict

import cv2
import numpy as np
import pytest

from sscard_desk.imaging import live
from sscard_desk.imaging.live import FrameMeter
from sscard_desk.imaging.measures import measure_frame

CLOSE = {"face_width": 4, "eye_line": 6, "eye_midpoint": 3, "head_top": 4, "roll": 1.2, "yaw": 2, "pitch": 3}
"""How far a followed face may lie from one that was looked for anew, px and degrees of the portrait."""


def test_a_swaying_sitter_is_measured_as_in_single_frames(scene, rules):
    meter = FrameMeter(rules.placement)
    for step in range(18):
        picture = scene(f"person-{step:02d}")
        followed, alone = meter.measure(picture), measure_frame(picture, rules.placement)
        assert followed.faces == alone.faces == 1
        measures, wanted = asdict(followed.portrait), asdict(alone.portrait)
        for name, most in CLOSE.items():
            assert measures[name] == pytest.approx(wanted[name], abs=most), (step, name)
        verdicts = {v.rule: v.grade for v in rules.judge(followed.values())}
        assert verdicts == {v.rule: v.grade for v in rules.judge(alone.values())}


def test_what_looks_for_something_rests_in_two_of_three_frames(scene, rules, monkeypatch):
    looked = {"faces": 0, "outline": 0}
    find, outline = vars(live)["find_faces"], vars(live)["sitter_of"]

    def count(picture):
        looked["faces"] += 1
        return find(picture)

    def told(*args, seen=None, **more):
        looked["outline"] += seen is None
        return outline(*args, seen=seen, **more)

    monkeypatch.setattr(live, "find_faces", count)
    monkeypatch.setattr(live, "sitter_of", told)
    meter = FrameMeter(rules.placement)
    for _ in range(9):
        meter.measure(scene("person-00"))
    assert looked == {"faces": 3, "outline": 4}  # the first frame looks for everything


@pytest.mark.parametrize("frames", [1, 2, 3])
def test_who_leaves_is_gone_in_the_same_frame_and_who_comes_is_there_in_it(scene, rules, frames):
    meter = FrameMeter(rules.placement)
    for _ in range(frames):
        assert meter.measure(scene("person-00")).faces == 1
    assert meter.measure(scene("empty")).faces == 0
    assert meter.measure(scene("person-09")).faces == 1


@pytest.mark.parametrize("frames", [1, 2, 3])
def test_a_second_face_is_counted_two_frames_later_at_most(scene, rules, frames):
    meter = FrameMeter(rules.placement)
    for _ in range(frames):
        meter.measure(scene("person-00"))
    assert 2 in {meter.measure(scene("two")).faces for _ in range(3)}


@pytest.mark.parametrize("frames", [1, 2, 3])
def test_a_sitter_who_jumps_aside_is_found_again(scene, rules, frames):
    meter = FrameMeter(rules.placement)
    for _ in range(frames):
        meter.measure(scene("person-00"))
    moved = np.roll(scene("person-00"), 220, axis=1)
    found, alone = [meter.measure(moved) for _ in range(3)][-1], measure_frame(moved, rules.placement)
    assert found.overlay.right_eye == pytest.approx(alone.overlay.right_eye, abs=3)


def test_another_size_of_frame_begins_anew(scene, rules):
    meter = FrameMeter(rules.placement)
    meter.measure(scene("person-00"))
    smaller = cv2.resize(scene("person-00"), None, fx=0.6, fy=0.6, interpolation=cv2.INTER_AREA)
    alone = measure_frame(smaller, rules.placement)
    assert meter.measure(smaller) == alone
