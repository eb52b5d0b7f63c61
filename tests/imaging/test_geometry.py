import numpy as np
import pytest

from sscard_desk.imaging import geometry
from sscard_desk.imaging.mesh import LEFT_CHEEK, LEFT_EYE, LEFT_LIDS, RIGHT_CHEEK, RIGHT_EYE, RIGHT_LIDS, Mesh


def face(*, eye_slope=0.0, left_cheek_back=0.0, right_opening=9.0, left_opening=9.0):
    """A face of 200 px seen from the front; the person's own right is at the left of the picture."""
    points = np.zeros((468, 3), np.float32)
    points[RIGHT_CHEEK], points[LEFT_CHEEK] = (0, 100, 0), (200, 100, left_cheek_back)
    for corners, lids, middle, opening in (
        (RIGHT_EYE, RIGHT_LIDS, 60, right_opening),
        (LEFT_EYE, LEFT_LIDS, 140, left_opening),
    ):
        y = 80 + (middle - 60) * eye_slope
        points[corners[0]], points[corners[1]] = (middle - 15, y, 0), (middle + 15, y, 0)
        for upper, lower in lids:
            points[upper], points[lower] = (middle, y - opening / 2, 0), (middle, y + opening / 2, 0)
    return Mesh(points, 1.0)


def test_a_face_from_the_front_neither_leans_nor_turns():
    assert geometry.roll(face()) == 0
    assert geometry.yaw(face()) == 0
    assert geometry.face_width(face()) == 200


def test_the_own_left_eye_lower_is_leaning_to_the_own_left():
    assert geometry.roll(face(eye_slope=0.1)) == pytest.approx(5.71, abs=0.01)
    assert geometry.roll(face(eye_slope=-0.1)) == pytest.approx(-5.71, abs=0.01)


def test_the_own_left_cheek_farther_away_is_turned_to_the_own_left():
    assert geometry.yaw(face(left_cheek_back=40)) == pytest.approx(11.31, abs=0.01)
    assert geometry.yaw(face(left_cheek_back=-40)) == pytest.approx(-11.31, abs=0.01)


def test_one_closed_eye_is_enough():
    assert geometry.eyes_open(face()) == pytest.approx(0.3)
    assert geometry.eyes_open(face(left_opening=1.5)) == pytest.approx(0.05)
    assert geometry.eyes_open(face(right_opening=1.5)) == pytest.approx(0.05)


def test_moving_a_mesh_moves_and_scales_every_point():
    moved = face().moved(2.0, 10, 50)
    assert moved.points[LEFT_CHEEK].tolist() == [380, 100, 0]
    assert geometry.face_width(moved) == 400
