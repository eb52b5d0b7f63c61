import cv2
import numpy as np
import pytest

from sscard_desk.domain.portrait import Grade
from sscard_desk.imaging import quality
from sscard_desk.imaging.measures import measure_frame
from sscard_desk.imaging.sitter import head_top


def measured(picture, rules):
    measures = measure_frame(picture, rules.placement)
    assert measures.portrait is not None
    return measures.portrait


def broken(picture, rules):
    verdicts = rules.judge(measure_frame(picture, rules.placement).values())
    return {verdict.rule: verdict.advice for verdict in verdicts if verdict.grade in {Grade.WARNS, Grade.REFUSES}}


@pytest.mark.parametrize("step", [0, 9, 18, 27])
def test_the_training_portrait_meets_every_rule_while_it_moves(scene, rules, step):
    assert broken(scene(f"person-{step:02d}"), rules) == {}


def test_the_geometry_is_that_of_the_finished_portrait_whatever_the_frame(scene, rules):
    large = measured(scene("person-00"), rules)
    half = measured(cv2.resize(scene("person-00"), None, fx=0.7, fy=0.7, interpolation=cv2.INTER_AREA), rules)
    for name in ("face_width", "eye_line", "eye_midpoint", "head_top", "roll", "yaw"):
        assert getattr(half, name) == pytest.approx(getattr(large, name), abs=3)
    assert half.enlargement > large.enlargement


def test_a_head_leaning_to_the_own_left_is_told_to_the_right(scene, rules):
    assert measured(scene("tilted"), rules).roll == pytest.approx(5, abs=1)
    assert broken(scene("tilted"), rules) == {"roll": "photo.advice.tilt_right"}


def test_a_head_leaning_to_the_own_right_is_told_to_the_left(scene, rules):
    assert broken(cv2.flip(scene("tilted"), 1), rules) == {"roll": "photo.advice.tilt_left"}


def test_blur_darkness_and_a_grey_wall_are_found(scene, rules):
    assert set(broken(scene("blurred"), rules)) == {"sharpness"}
    assert {"exposure", "background"} <= set(broken(scene("dark"), rules))


def test_a_shadow_at_one_side_of_the_wall_is_found(scene, rules):
    picture = scene("person-00").copy()
    picture[:360, :360] = (picture[:360, :360] * 0.8).astype(np.uint8)
    assert set(broken(picture, rules)) == {"background", "background_spread"}


def test_light_from_one_side_is_found(scene, rules):
    light = np.interp(np.arange(960), [400, 560], [1.0, 0.5])[None, :, None]
    assert "evenness" in broken((scene("person-00") * light).astype(np.uint8), rules)


def test_sharpness_falls_with_blur_and_not_with_light(scene, rules):
    sharp = measured(scene("person-00"), rules).sharpness
    soft = [measured(cv2.GaussianBlur(scene("person-00"), (0, 0), sigma), rules).sharpness for sigma in (1, 2, 4, 8)]
    assert [sharp, *soft] == sorted([sharp, *soft], reverse=True)
    assert measured((scene("person-00") * 0.5).astype(np.uint8), rules).sharpness == pytest.approx(sharp, abs=0.05)


def test_a_flat_face_has_no_sharpness_and_does_not_divide_by_zero():
    assert quality.sharpness(np.full((160, 160), 128, np.uint8)) == 0.0


def test_closed_eyes_are_found(scene, rules):
    picture = scene("person-00").copy()
    overlay = measure_frame(picture, rules.placement).overlay
    for x, y in (overlay.right_eye, overlay.left_eye):
        skin = tuple(int(value) for value in picture[int(y) + 32, int(x)])
        cv2.ellipse(picture, (int(x), int(y) - 3), (30, 13), 0, 0, 360, skin, -1)
        cv2.line(picture, (int(x) - 26, int(y) + 9), (int(x) + 26, int(y) + 9), (40, 50, 70), 3)
    assert (
        measured(cv2.GaussianBlur(picture, (0, 0), 1), rules).eyes_open < measured(scene("person-00"), rules).eyes_open
    )


def test_nobody_before_the_camera_is_no_error_in_a_live_frame(scene, rules):
    measures = measure_frame(scene("empty"), rules.placement)
    assert measures.faces == 0
    verdicts = {verdict.rule: verdict for verdict in rules.judge(measures.values())}
    assert verdicts["faces"].advice == "photo.advice.no_face"
    assert verdicts["roll"].grade is Grade.UNSEEN


def test_two_faces_are_counted_in_a_live_frame(scene, rules):
    assert measure_frame(scene("two"), rules.placement).faces == 2
    assert broken(scene("two"), rules)["faces"] == "photo.advice.several_faces"


def test_a_face_at_the_edge_leaves_a_part_of_the_portrait_empty(scene, rules):
    assert "coverage" in broken(scene("person-00")[:, 330:], rules)


def test_the_overlay_lies_on_the_face(scene, rules):
    overlay = measure_frame(scene("person-00"), rules.placement).overlay
    left, top, width, height = overlay.crop
    assert width / height == pytest.approx(358 / 441)
    for x, y in (overlay.right_eye, overlay.left_eye):
        assert left < x < left + width
        assert top < y < top + height


def test_the_hair_top_is_found_between_two_rows():
    mask = np.zeros((100, 100), np.float32)
    mask[40:] = 1.0
    mask[39] = 0.25
    assert head_top(mask, 50, 40) == pytest.approx(39.33, abs=0.01)


def test_a_single_lock_of_hair_is_not_the_top_of_the_head():
    mask = np.zeros((100, 100), np.float32)
    mask[40:] = 1.0
    mask[10:40, 50] = 1.0
    assert head_top(mask, 50, 60) == pytest.approx(39.5)


def test_hair_cut_by_the_edge_has_no_room_above():
    assert head_top(np.ones((50, 50), np.float32), 25, 20) == 0.0
    assert head_top(np.zeros((50, 50), np.float32), 25, 20) == 0.0
