"""What every camera promises: over MJPEG and RTSP on loopback, a video file and numbered pictures always, and over a
real one with `--device camera=SOURCE`."""

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from time import monotonic

import cv2
import numpy as np
import pytest

from sscard_desk.devices.camera.chosen import ChosenCamera
from sscard_desk.devices.camera.opencv import OpenCvCamera
from sscard_desk.devices.camera.session import Waits
from sscard_desk.devices.camera.simulated import SimulatedCamera
from sscard_desk.domain.errors.device import CameraMissing, CameraSilent
from sscard_desk.ports.camera import Adjustment, Camera
from sscard_desk.ports.devices import Health
from sscard_desk.resources import built
from tests.machines.rtsp import RtspCamera

KINDS = ["mjpeg", "rtsp", "video", "pictures"]
PICTURES = 12


@contextmanager
def source_of(kind: str, folder: Path) -> Iterator[str]:
    """What `[camera] source` names: two streams on loopback, a video file, numbered pictures."""
    if kind == "mjpeg":
        with SimulatedCamera(fps=30) as simulated:
            yield simulated.url
        return
    if kind == "rtsp":
        with RtspCamera() as stream:
            yield stream.url
        return
    pictures = [cv2.imread(str(built("training", "camera", f"person-{at:02d}.jpg"))) for at in range(PICTURES)]
    if kind == "pictures":
        for at, picture in enumerate(pictures):
            cv2.imwrite(str(folder / f"shot{at:03d}.png"), picture)
        yield str(folder / "shot%03d.png")
        return
    video = folder / "clip.avi"
    writer = cv2.VideoWriter(str(video), cv2.VideoWriter.fourcc(*"MJPG"), 30, pictures[0].shape[1::-1])
    for picture in pictures:
        writer.write(picture)
    writer.release()
    yield str(video)


@pytest.fixture(params=KINDS)
def camera(request, tmp_path):
    words = request.config.getoption("--device", default=None) or []
    real = [word.removeprefix("camera=") for word in words if word.startswith("camera=")]
    waits = Waits(open_s=5, frame_s=2)
    with ExitStack() as stack:
        sources = real or [stack.enter_context(source_of(request.param, tmp_path))]
        yield ChosenCamera(sources, lambda source: OpenCvCamera(source, waits), tmp_path / "choice", tuple)


def test_probe_says_ready_or_that_only_opening_would_tell(camera: Camera):
    state = camera.probe()
    assert state.health in {Health.READY, Health.UNKNOWN}
    assert state.trouble is None
    assert state.name


def test_an_open_camera_gives_colour_pictures_of_one_size(camera: Camera):
    with camera.open() as session:
        first, second = session.frame(), session.frame()
    assert first.dtype == np.uint8
    assert first.ndim == 3
    assert first.shape[2] == 3
    assert first.shape == second.shape


def test_each_call_gives_a_new_picture(camera: Camera):
    with camera.open() as session:
        pictures = [session.frame() for _ in range(4)]
    assert any(not np.array_equal(pictures[0], other) for other in pictures[1:])


def test_an_open_camera_is_busy_and_free_again_afterwards(camera: Camera):
    with camera.open() as session:
        session.frame()
        assert camera.probe().health is Health.BUSY
    assert camera.probe().health is not Health.BUSY


def test_a_camera_can_be_opened_again_and_again(camera: Camera):
    for _ in range(2):
        with camera.open() as session:
            assert session.frame().size


def test_closing_leaves_no_reader_behind(camera: Camera):
    with camera.open() as session:
        session.frame()
    until = monotonic() + 5
    while any(thread.name == "camera-reader" for thread in threading.enumerate()) and monotonic() < until:
        threading.Event().wait(0.02)
    assert not [thread for thread in threading.enumerate() if thread.name == "camera-reader"]


@pytest.mark.parametrize(
    "source", ["99", "http://127.0.0.1:9/none.mjpg", "rtsp://127.0.0.1:9/none", "no-such-file.avi"]
)
def test_a_camera_that_is_not_there_is_missing_and_probe_does_not_raise(source, tmp_path):
    waits = Waits(open_s=2, frame_s=1)
    absent: Camera = ChosenCamera([source], lambda text: OpenCvCamera(text, waits), tmp_path / "choice", tuple)
    assert absent.probe().health in {Health.OFF, Health.UNKNOWN}
    with pytest.raises(CameraMissing), absent.open():
        pass


def test_the_chosen_one_is_among_the_choices(camera: Camera):
    choices = camera.choices()
    assert camera.chosen() in {choice.key for choice in choices}
    camera.choose(choices[0].key)
    camera.choose("no such key")
    assert camera.chosen() == choices[0].key


def test_what_a_camera_does_not_allow_is_passed_over(camera: Camera):
    with camera.open() as session:
        for adjustment in set(Adjustment) - session.adjustable:
            session.adjust(adjustment)
        assert session.frame().size


def test_files_begin_again_at_their_end_and_never_count_as_frozen(tmp_path):
    for kind in ("video", "pictures"):
        with source_of(kind, tmp_path) as source:
            camera = OpenCvCamera(source, Waits(open_s=5, frame_s=2, frozen_s=0.2))
            with camera.open() as session:
                assert all(session.frame().size for _ in range(3 * PICTURES))


def _until_trouble(session):
    for _ in range(500):
        session.frame()


def test_an_rtsp_camera_that_is_unplugged_is_told(tmp_path):
    with RtspCamera() as stream:
        camera = OpenCvCamera(stream.url, Waits(open_s=3, frame_s=0.5))
        with camera.open() as session:
            session.frame()
            stream.stop()
            with pytest.raises((CameraMissing, CameraSilent)):
                _until_trouble(session)
        assert camera.probe().health is Health.OFF
