import http.client
import socket
import threading
from urllib.parse import urlsplit

import pytest

from sscard_desk.devices.camera import simulated as module
from sscard_desk.devices.camera.simulated import Scene, SimulatedCamera, run
from sscard_desk.domain.errors.store import ShippedFileMissing
from sscard_desk.ports.devices import Cancel
from sscard_desk.resources import built


def view(url):
    """Ask for a stream as any browser would."""
    parts = urlsplit(url)
    line = http.client.HTTPConnection(parts.hostname, parts.port, timeout=5)
    line.request("GET", parts.path)
    return line.getresponse()


def pictures_of(scene):
    return [path.read_bytes() for path in built("training", "camera").glob(f"{scene}*.jpg")]


def one_part(stream):
    """Read one picture of the stream."""
    assert stream.readline() == b"--frame\r\n"
    assert stream.readline() == b"Content-Type: image/jpeg\r\n"
    length = int(stream.readline().split(b":")[1])
    assert stream.readline() == b"\r\n"
    picture = stream.read(length)
    assert stream.readline() == b"\r\n"
    return picture


def test_the_stream_is_multipart_with_a_new_picture_each_time():
    with SimulatedCamera(fps=60) as camera, view(camera.url) as stream:
        assert stream.headers["Content-Type"] == "multipart/x-mixed-replace; boundary=frame"
        first, second = one_part(stream), one_part(stream)
    assert first[:3] == second[:3] == b"\xff\xd8\xff"
    assert first != second


def test_what_it_shows_changes_on_demand():
    with SimulatedCamera(fps=60) as camera, view(camera.url) as stream:
        one_part(stream)
        camera.show(Scene.NO_FACE)
        one_part(stream)
        empty = (one_part(stream), one_part(stream))
    assert empty[0] in pictures_of("empty")
    assert empty[0] != empty[1]  # a sensor never gives the same picture twice


def test_only_the_stream_is_there():
    with SimulatedCamera() as camera, view(camera.url + "x") as answer:
        assert answer.status == 404


def test_it_listens_on_this_computer_alone():
    with SimulatedCamera() as camera:
        assert camera.url.startswith("http://127.0.0.1:")


def test_two_viewers_see_it_at_once():
    with SimulatedCamera(fps=60) as camera, view(camera.url) as one, view(camera.url) as two:
        assert one_part(one)[:3] == one_part(two)[:3] == b"\xff\xd8\xff"


def test_stopping_twice_is_as_good_as_once():
    camera = SimulatedCamera()
    camera.stop()
    camera.stop()
    with pytest.raises(OSError):
        socket.create_connection(("127.0.0.1", int(camera.url.split(":")[2].split("/")[0])), 1).close()


def test_missing_training_pictures_are_told_by_file_name(monkeypatch, tmp_path):
    monkeypatch.setattr(module, "built", tmp_path.joinpath)
    with pytest.raises(ShippedFileMissing):
        SimulatedCamera()


def test_run_says_where_it_is_reached_and_stops_when_asked():
    cancel, announced, told = Cancel(), [], threading.Event()

    def announce(url):
        announced.append(url)
        told.set()

    thread = threading.Thread(target=run, args=(announce, cancel))
    thread.start()
    assert told.wait(10)
    with view(announced[0]) as stream:
        assert one_part(stream)
    cancel.set()
    thread.join(10)
    assert not thread.is_alive()
