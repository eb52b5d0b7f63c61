import io
from dataclasses import replace

import cv2
import numpy as np
import pytest
from PIL import Image

from sscard_desk.domain.errors.cardholder import NoFace, SeveralFaces
from sscard_desk.domain.errors.operator import PhotoSizeUnreachable, PictureTooSmall
from sscard_desk.domain.portrait import Grade
from sscard_desk.imaging.colour import is_srgb
from sscard_desk.imaging.pictures import decode_picture
from sscard_desk.imaging.portrait import make_portrait
from sscard_desk.imaging.rules import load_rules
from sscard_desk.imaging.whitening import whiten


def before_a_grey_wall(scene):
    """The training portrait in front of a wall that is darker at one side."""
    picture = scene("person-00").astype(np.float32)
    wall = np.linspace(0.6, 0.8, picture.shape[1], dtype=np.float32)[None, :, None]
    return np.where(picture.min(axis=2, keepdims=True) > 235, picture * wall, picture).astype(np.uint8)


def test_the_training_portrait_becomes_a_file_that_meets_every_rule(scene, rules):
    portrait = make_portrait(scene("person-00"), rules)
    assert decode_picture(portrait.jpeg).shape == (441, 358, 3)
    assert 14336 <= len(portrait.jpeg) <= 40000
    assert {verdict.rule for verdict in portrait.verdicts if verdict.grade in {Grade.WARNS, Grade.REFUSES}} == set()
    assert portrait.acceptable
    assert portrait.alterations == ("cut", "scaled")


def test_the_measures_are_those_of_the_finished_picture(scene, rules):
    measures = make_portrait(scene("person-00"), rules).measures
    assert 179 <= measures["face_width"] <= 255
    assert measures["eye_line"] >= 207
    assert 162 <= measures["eye_midpoint"] <= 196
    assert 7 <= measures["head_top"] <= 21


def test_a_blurred_portrait_is_made_and_refused_by_its_verdict(scene, rules):
    portrait = make_portrait(scene("blurred"), rules)
    assert portrait.refused_by == ("sharpness",)
    assert not portrait.acceptable


def test_a_tilted_head_is_turned_upright_in_one_step_and_that_is_recorded(scene, rules):
    portrait = make_portrait(scene("tilted"), rules)
    assert portrait.acceptable
    assert portrait.alterations == ("straightened", "cut", "scaled")
    assert abs(portrait.measures["roll"]) < 1
    straight = decode_picture(make_portrait(scene("person-00"), rules).jpeg)
    assert float(np.abs(decode_picture(portrait.jpeg).astype(int) - straight.astype(int)).mean()) < 12


def test_where_data_turn_no_picture_a_tilted_head_is_a_warning_and_the_clerk_may_go_on(scene, rules):
    as_it_is = replace(rules, placement=replace(rules.placement, straighten=0.0))
    portrait = make_portrait(scene("tilted"), as_it_is)
    assert portrait.acceptable
    assert portrait.alterations == ("cut", "scaled")
    assert [verdict.rule for verdict in portrait.verdicts if verdict.grade is Grade.WARNS] == ["roll"]


def test_a_filled_edge_is_recorded_and_refused(scene, rules):
    portrait = make_portrait(scene("person-00")[:, 330:], rules)
    assert portrait.alterations == ("cut", "scaled", "edge_repeated")
    assert "coverage" in portrait.refused_by


def test_a_grey_wall_is_refused_and_left_as_it_is_unless_data_allows_more(scene, rules):
    portrait = make_portrait(before_a_grey_wall(scene), rules)
    assert portrait.refused_by == ("background",)
    assert "background_whitened" not in portrait.alterations


def test_where_data_allows_it_a_grey_wall_becomes_white_and_that_is_recorded(scene, rules):
    portrait = make_portrait(before_a_grey_wall(scene), replace(rules, may_be_whitened=True))
    assert portrait.acceptable
    assert portrait.alterations == ("cut", "scaled", "background_whitened")


def test_a_white_wall_is_not_altered_even_where_it_may_be(scene, rules):
    made = make_portrait(scene("person-00"), replace(rules, may_be_whitened=True))
    assert made.alterations == ("cut", "scaled")


def test_whitening_leaves_the_face_as_it_is(scene):
    picture = before_a_grey_wall(scene)[60:620, 220:740]
    white = whiten(picture)
    face = (slice(180, 380), slice(190, 310))
    assert np.array_equal(white[face], picture[face])
    assert white[:300, :50].min() > 250


def test_nobody_in_the_picture(scene, rules):
    with pytest.raises(NoFace):
        make_portrait(scene("empty"), rules)


def test_two_people_in_the_picture(scene, rules):
    with pytest.raises(SeveralFaces) as caught:
        make_portrait(scene("two"), rules)
    assert caught.value.count == 2


def test_somebody_small_behind_the_sitter_is_counted(scene, rules):
    picture = scene("person-00").copy()
    behind = cv2.resize(picture[70:470, 290:670], (125, 132), interpolation=cv2.INTER_AREA)
    picture[72:204, 282:407] = behind
    with pytest.raises(SeveralFaces) as caught:
        make_portrait(picture, rules)
    assert caught.value.count == 2


@pytest.mark.parametrize("shrink", [0.4, 0.05])
def test_too_few_pixels_in_the_face_are_told_with_the_number_needed(scene, rules, shrink):
    small = cv2.resize(scene("person-00"), None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
    with pytest.raises(PictureTooSmall) as caught:
        make_portrait(small, rules)
    assert caught.value.have < caught.value.need == 120


def test_a_large_picture_is_scaled_down_without_jagged_lines(scene, rules):
    large = cv2.resize(scene("person-00"), None, fx=4, fy=4, interpolation=cv2.INTER_CUBIC)
    ours = decode_picture(make_portrait(large, rules).jpeg)
    plain = decode_picture(make_portrait(scene("person-00"), rules).jpeg)
    assert float(np.abs(ours.astype(int) - plain.astype(int)).mean()) < 6


def test_another_size_by_data(scene, rules):
    wider = replace(rules, file=replace(rules.file, minimum=5 * 1024, maximum=12 * 1024))
    assert 5 * 1024 <= len(make_portrait(scene("person-00"), wider).jpeg) <= 12 * 1024


def test_what_a_telephone_wrote_beside_its_picture_is_not_in_the_portrait(scene, rules):
    place = b"Exif\x00\x00MM\x00\x2a\x00\x00\x00\x08\x00\x00" + b"taken at 39.9N 116.4E"
    file = cv2.imencode(".jpg", scene("person-00"))[1].tobytes()
    file = file[:2] + b"\xff\xe1" + (len(place) + 2).to_bytes(2, "big") + place + file[2:]
    portrait = make_portrait(decode_picture(file), rules)
    assert b"Exif" not in portrait.jpeg
    assert b"39.9N" not in portrait.jpeg


def test_a_portrait_shows_nothing_of_its_picture_in_a_trace(scene, rules):
    assert "jpeg" not in repr(make_portrait(scene("person-00"), rules))


def test_what_no_picture_shows_is_judged_when_it_is_known(scene, rules):
    portrait = make_portrait(scene("person-00"), rules, known={"photo_age": 200.0})
    assert {verdict.rule for verdict in portrait.verdicts if verdict.grade is Grade.WARNS} == {"photo_age"}
    assert portrait.asks == ("head_covering",)


def test_a_portrait_says_that_it_is_srgb_and_is_the_same_file_every_time(scene, rules):
    first, second = (make_portrait(scene("person-00"), rules).jpeg for _ in range(2))
    assert first == second
    with Image.open(io.BytesIO(first)) as image:
        assert is_srgb(image.info["icc_profile"])
        assert image.info["dpi"] == (350, 350)


@pytest.mark.parametrize("shrink", [0.4, 0.15])
def test_the_nearest_that_can_be_made_is_made_where_that_is_asked_for(scene, rules, shrink):
    small = cv2.resize(scene("person-00"), None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
    portrait = make_portrait(small, rules, strict=False)
    assert decode_picture(portrait.jpeg).shape == (441, 358, 3)
    assert "enlargement" in portrait.refused_by


def test_a_size_out_of_reach_gives_the_nearest_file_and_a_verdict(scene, rules):
    tight = load_rules().limit("file_size")
    out_of_reach = replace(
        rules,
        file=replace(rules.file, minimum=300_000, maximum=400_000),
        rules=tuple(replace(tight, minimum=300_000, maximum=400_000) if r.key == tight.key else r for r in rules.rules),
    )
    with pytest.raises(PhotoSizeUnreachable):
        make_portrait(scene("person-00"), out_of_reach)
    assert make_portrait(scene("person-00"), out_of_reach, strict=False).refused_by == ("file_size",)
