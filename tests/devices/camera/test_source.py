import socket

import pytest

from sscard_desk.devices.camera.source import Source


@pytest.mark.parametrize(
    ("text", "index", "stream", "file"),
    [
        ("0", 0, False, False),
        ("12", 12, False, False),
        ("http://127.0.0.1:8080/x.mjpg", None, True, False),
        ("rtsp://camera/stream", None, True, False),
        ("clip.avi", None, False, True),
        ("C:\\shots\\shot%03d.png", None, False, True),
    ],
)
def test_a_source_is_a_number_an_address_or_a_file(text, index, stream, file):
    source = Source(text)
    assert (source.index, source.is_stream, source.is_file) == (index, stream, file)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("0", "#0"),
        ("rtsp://admin:hunter2@10.0.0.9/live?token=abc", "rtsp://10.0.0.9:554"),
        ("http://camera.local:8080/a/b", "http://camera.local:8080"),
        ("/home/clerk/wang.avi", "wang.avi"),
    ],
)
def test_the_name_shows_neither_account_nor_password_nor_path(text, name):
    assert Source(text).name == name


def test_an_address_is_present_while_somebody_listens():
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"http://127.0.0.1:{server.getsockname()[1]}/"
        assert Source(address).present() is True
    assert Source(address).present() is False


def test_a_file_is_present_when_it_exists(tmp_path):
    clip = tmp_path / "clip.avi"
    assert Source(str(clip)).present() is False
    clip.write_bytes(b"x")
    assert Source(str(clip)).present() is True


def test_another_systems_cameras_are_only_known_by_opening(monkeypatch):
    monkeypatch.setattr("sys.platform", "win32")
    assert Source("0").present() is None
