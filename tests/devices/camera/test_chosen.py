"""Which camera is used: chosen, remembered, and never a password in what is remembered."""

import pytest

from sscard_desk.devices.camera.chosen import ChosenCamera, key_of
from sscard_desk.devices.camera.found import found_cameras
from sscard_desk.devices.camera.opencv import OpenCvCamera
from sscard_desk.domain.errors.device import CameraMissing
from sscard_desk.ports.devices import Health

HALL = "rtsp://viewer:geheim@192.0.2.9/hall?token=abc"


def cameras(memory, sources=("0", HALL), found=((0, "Front"), (2, "Document"))):
    return ChosenCamera(sources, OpenCvCamera, memory, lambda: found)


def test_the_settings_come_first_and_names_come_from_the_computer(tmp_path):
    names = [choice.name for choice in cameras(tmp_path / "choice").choices()]
    assert names == ["Front", "rtsp://192.0.2.9:554", "Document"]


def test_a_choice_outlives_the_program_and_holds_no_secret(tmp_path):
    memory = tmp_path / "choice"
    first = cameras(memory)
    assert first.chosen() == key_of("0")
    first.choose(key_of(HALL))
    assert first.probe().name == "rtsp://192.0.2.9:554"
    again = cameras(memory)
    assert again.chosen() == key_of(HALL)
    assert again.probe().name == "rtsp://192.0.2.9:554"
    kept = memory.read_text(encoding="utf-8")
    assert not any(secret in kept for secret in ("viewer", "geheim", "hall", "token"))


def test_a_chosen_camera_that_is_gone_gives_way_to_the_usual_one_and_comes_back(tmp_path):
    memory = tmp_path / "choice"
    cameras(memory).choose(key_of("2"))
    plugged = [(0, "Front")]
    camera = ChosenCamera(["0"], OpenCvCamera, memory, lambda: tuple(plugged))
    assert camera.chosen() == key_of("0")
    plugged.append((2, "Document"))
    assert camera.chosen() == key_of("2")


@pytest.mark.parametrize("kept", [b"", b"\xff\xfe\x00", b"something else"])
def test_a_damaged_memory_means_the_usual_one(tmp_path, kept):
    memory = tmp_path / "choice"
    memory.write_bytes(kept)
    assert cameras(memory).chosen() == key_of("0")


def test_without_any_camera_there_is_nothing_to_open(tmp_path):
    none = cameras(tmp_path / "choice", sources=("",), found=())
    assert (none.choices(), none.chosen(), none.probe().health) == ((), "", Health.OFF)
    with pytest.raises(CameraMissing):
        none.open()


def test_the_kernels_list_gives_one_entry_for_each_camera(tmp_path):
    for node, name, index in (("video0", "Front: Front", "0"), ("video1", "Front: Front", "1"), ("video4", "Doc", "0")):
        folder = tmp_path / node
        folder.mkdir()
        (folder / "name").write_text(name + "\n", encoding="utf-8")
        (folder / "index").write_text(index + "\n", encoding="utf-8")
    (tmp_path / "video-odd").mkdir()
    assert found_cameras(tmp_path) == ((0, "Front: Front"), (4, "Doc"))
    assert found_cameras(tmp_path / "none") == ()
