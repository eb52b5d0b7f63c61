import cv2
import numpy as np
import pytest

from sscard_desk.domain.errors.store import ShippedFileMissing
from sscard_desk.imaging import models
from sscard_desk.imaging.faces import find_faces


def test_finds_the_face_and_both_eyes_where_they_are(scene):
    (face,) = find_faces(scene("person-00"))
    assert face.left < face.right_eye[0] < face.left_eye[0] < face.left + face.width
    assert face.top < face.right_eye[1] < face.top + face.height
    assert face.right_eye == pytest.approx((425, 297), abs=20)
    assert face.left_eye == pytest.approx((537, 297), abs=20)


def test_finds_nobody_before_an_empty_wall(scene):
    assert find_faces(scene("empty")) == []


def test_finds_two_people_side_by_side_the_larger_first(scene):
    first, second = find_faces(scene("two"))
    assert first.width >= second.width
    assert abs(first.left - second.left) > first.width


@pytest.mark.parametrize("size", [(1, 1), (3, 700), (700, 3), (2, 2)])
def test_odd_sizes_are_pictures_without_a_face(size):
    assert find_faces(np.full((*size, 3), 200, np.uint8)) == []


def test_finds_the_face_in_an_upright_frame_too(scene):
    upright = cv2.copyMakeBorder(scene("person-00"), 300, 300, 0, 0, cv2.BORDER_REPLICATE)
    (face,) = find_faces(upright)
    assert face.top > 300


def test_a_missing_model_is_told_by_its_file_name(monkeypatch, tmp_path):
    monkeypatch.setattr(models, "built", tmp_path.joinpath)
    with pytest.raises(ShippedFileMissing) as caught:
        models.net("not_there")
    assert caught.value.file == "not_there.tflite"
