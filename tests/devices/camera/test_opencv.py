"""The driver against real streams and files through OpenCV, and what it says when they break."""

import threading
from itertools import pairwise

import cv2
import numpy as np
import pytest

from sscard_desk.devices.camera.opencv import OpenCvCamera
from sscard_desk.devices.camera.session import Waits
from sscard_desk.devices.camera.simulated import Scene, SimulatedCamera
from sscard_desk.domain.errors.device import CameraFrozen, CameraMissing, CameraSilent
from sscard_desk.domain.portrait import Grade
from sscard_desk.imaging.faces import find_faces
from sscard_desk.imaging.portrait import make_portrait
from sscard_desk.imaging.rules import load_rules
from sscard_desk.ports.camera import Adjustment
from sscard_desk.ports.devices import Health

IMPATIENT = Waits(open_s=3, frame_s=0.4)
FROZEN_SOON = Waits(open_s=3, frame_s=0.6, frozen_s=0.3)


@pytest.fixture
def simulated():
    with SimulatedCamera(fps=30) as camera:
        yield camera


def until_trouble(session):
    for _ in range(500):
        session.frame()


def until_picture(session):
    for _ in range(50):
        try:
            return session.frame()
        except CameraSilent:
            continue
    raise AssertionError("no picture came back")


@pytest.mark.parametrize("scene", [Scene.SILENT, Scene.UNREADABLE])
def test_a_camera_without_pictures_is_silent_and_comes_back_by_itself(simulated, scene):
    with OpenCvCamera(simulated.url, IMPATIENT).open() as session:
        session.frame()
        simulated.show(scene)
        with pytest.raises(CameraSilent):
            until_trouble(session)
        simulated.show(Scene.PERSON)
        assert until_picture(session).shape == (720, 960, 3)


def test_one_picture_again_and_again_is_a_frozen_camera_opened_anew_or_not(simulated):
    camera = OpenCvCamera(simulated.url, FROZEN_SOON)
    with camera.open() as session:
        session.frame()
        simulated.show(Scene.FROZEN)
        with pytest.raises(CameraFrozen):
            until_trouble(session)
    with camera.open() as session, pytest.raises(CameraFrozen):  # not one old picture passes as a new one
        session.frame()
    simulated.show(Scene.TILTED)
    with camera.open() as session:
        assert [session.frame().shape for _ in range(20)] == [(720, 960, 3)] * 20


def test_a_file_that_stands_still_is_not_frozen(tmp_path):
    for number in range(2):
        cv2.imwrite(str(tmp_path / f"shot{number:03d}.png"), np.full((48, 64, 3), 90, np.uint8))
    waits = Waits(open_s=3, frame_s=1, frozen_s=0.0)
    with OpenCvCamera(str(tmp_path / "shot%03d.png"), waits).open() as session:
        assert [int(session.frame()[0, 0, 0]) for _ in range(4)] == [90] * 4
        assert session.adjustable == frozenset()
        session.adjust(Adjustment.LIGHTER)  # passed over
        assert session.frame().shape == (48, 64, 3)


def test_ten_times_unplugged_and_back_with_one_camera_object(simulated):
    port = int(simulated.url.rsplit(":", 1)[1].split("/")[0])
    camera = OpenCvCamera(simulated.url, IMPATIENT)
    for round_no in range(10):
        with camera.open() as session:
            assert session.frame().shape == (720, 960, 3)
            simulated.stop()
            with pytest.raises(CameraMissing):
                until_trouble(session)
        assert camera.probe().health is Health.OFF, round_no
        with pytest.raises(CameraMissing), camera.open():
            pass
        simulated = SimulatedCamera(port=port, fps=30)
    with camera.open() as session:
        assert session.frame().shape == (720, 960, 3)
    simulated.stop()


def test_a_pulled_plug_is_a_missing_camera(simulated):
    with OpenCvCamera(simulated.url, IMPATIENT).open() as session:
        session.frame()
        simulated.stop()
        with pytest.raises(CameraMissing):
            until_trouble(session)


def test_a_camera_that_never_gives_a_picture_cannot_be_opened_and_does_not_hang(simulated):
    simulated.show(Scene.SILENT)
    with pytest.raises(CameraMissing), OpenCvCamera(simulated.url, Waits(open_s=0.5, frame_s=0.4)).open():
        pass


def test_the_newest_picture_is_given_not_the_oldest(simulated):
    with OpenCvCamera(simulated.url, Waits(open_s=3, frame_s=2)).open() as session:
        session.frame()
        simulated.show(Scene.NO_FACE)
        threading.Event().wait(1.0)  # pictures of before must not wait in a queue
        session.frame()
        assert find_faces(session.frame()) == []


def test_what_the_training_camera_shows_becomes_a_portrait_that_meets_every_rule(simulated):
    rules = load_rules()
    with OpenCvCamera(simulated.url, Waits(open_s=3, frame_s=2)).open() as session:
        portraits = [make_portrait(session.frame(), rules) for _ in range(3)]
    verdicts = [verdict for portrait in portraits for verdict in portrait.verdicts]
    not_met = {verdict.rule for verdict in verdicts if verdict.grade is not Grade.FITS}
    assert not_met == {"photo_age", "head_covering"}  # nobody sees these in a picture


def test_a_video_file_begins_again_at_its_end(tmp_path):
    path = tmp_path / "clip.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 100.0, (64, 48))
    for step in range(5):
        writer.write(np.full((48, 64, 3), step * 40, np.uint8))
    writer.release()
    with OpenCvCamera(str(path), Waits(open_s=3, frame_s=2)).open() as session:
        shades = [int(session.frame()[0, 0, 0]) for _ in range(12)]
    assert any(later < earlier for earlier, later in pairwise(shades))


def test_a_file_that_is_no_video_is_a_missing_camera(tmp_path):
    path = tmp_path / "clip.avi"
    path.write_bytes(b"not a video" * 100)
    with pytest.raises(CameraMissing), OpenCvCamera(str(path), IMPATIENT).open():
        pass
