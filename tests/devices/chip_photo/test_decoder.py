"""A vendor's library may crash, hang or talk nonsense: each is told by a code, and the desk goes on."""

import os
import struct
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from sscard_desk.devices.chip_photo import handed_file as handed
from sscard_desk.devices.chip_photo.decoder import NoChipDecoder, TrainingDecoder, VendorDecoder
from sscard_desk.devices.chip_photo.library import Form, VendorLibrary
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.photo_sources import (
    ChipDecoderCrashed,
    ChipDecoderMissing,
    ChipDecoderNonsense,
    ChipDecoderRefused,
    ChipDecoderSilent,
    ChipPhotoLength,
)
from sscard_desk.ports.devices import Health

SOURCE = Path(__file__).with_name("vendor.c")
WLT = bytes([7]) + bytes(range(1, 256)) * 4 + bytes(3)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> str:
    built = tmp_path_factory.mktemp("vendor") / "libwltdecode.so"
    subprocess.run(["cc", "-O1", "-w", "-shared", "-fPIC", "-o", built, SOURCE], check=True)
    return str(built)


@pytest.fixture
def decoders() -> Iterator[list[VendorDecoder]]:
    made: list[VendorDecoder] = []
    yield made
    for decoder in made:
        decoder.close()


def shows_the_picture(bmp: bytes) -> bool:
    start, width, height = struct.unpack_from("<I", bmp, 10)[0], *struct.unpack_from("<ii", bmp, 18)
    corner = start + (height - 1) * 308  # rows lie from the bottom: the last one is the top
    last = corner - 125 * 308 + 101 * 3
    return (
        (len(bmp), width, height) == (38_862, 102, 126)
        and bmp[corner : corner + 3] == bytes((0, 0, 7))
        and bmp[last : last + 3] == bytes((202, 250, 7))
    )


@pytest.mark.parametrize(
    "called",
    [
        ("GetBmp", Form.FILE, 0, 1),
        ("iDR220S_Dewlt", Form.BUFFER, 0, 1),
        ("unpack", Form.BUFFER_NUMBER, 708, 1),
        ("wlt2bmpBuffer", Form.BUFFER_NUMBER, 0, 0),
    ],
    ids=lambda called: called[0],
)
def test_each_calling_form_gives_the_picture(
    library: str, decoders: list[VendorDecoder], called: tuple[str, Form, int, int]
) -> None:
    decoder = VendorDecoder(VendorLibrary(library, *called), seconds=20)
    decoders.append(decoder)
    assert decoder.probe().health is Health.READY
    for _ in range(2):
        assert shows_the_picture(decoder.decode(WLT))
    assert not list(handed._MEMORY.glob(f"sscd-chip-{os.getpid()}-*"))


FAULTS: list[tuple[str, Form, type[DeskError], dict[str, object]]] = [
    ("crashing", Form.BUFFER, ChipDecoderCrashed, {}),
    ("crashing_file", Form.FILE, ChipDecoderCrashed, {}),
    ("overrunning", Form.BUFFER, ChipDecoderCrashed, {}),
    ("ending", Form.BUFFER, ChipDecoderCrashed, {}),
    ("unlicensed", Form.BUFFER, ChipDecoderRefused, {"answer": -5}),
    ("idle", Form.BUFFER, ChipDecoderNonsense, {"reason": "no_picture"}),
    ("idle_file", Form.FILE, ChipDecoderNonsense, {"reason": "no_picture"}),
    ("blank", Form.BUFFER, ChipDecoderNonsense, {"reason": "blank"}),
    ("small", Form.BUFFER, ChipDecoderNonsense, {"reason": "wrong_size"}),
    ("large", Form.BUFFER, ChipDecoderNonsense, {"reason": "wrong_size"}),
    ("half_raw", Form.BUFFER, ChipDecoderNonsense, {"reason": "truncated"}),
    ("half_bmp", Form.BUFFER, ChipDecoderNonsense, {"reason": "truncated"}),
    ("not_there", Form.BUFFER, ChipDecoderMissing, {"reason": "no_entry"}),
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault[0])
def test_each_fault_of_a_library_has_its_code_and_ends_in_its_own_process(
    library: str, decoders: list[VendorDecoder], fault: tuple[str, Form, type[DeskError], dict[str, object]]
) -> None:
    entry, form, error, values = fault
    decoder = VendorDecoder(VendorLibrary(library, entry, form), seconds=20)
    decoders.append(decoder)
    with pytest.raises(error) as told:
        decoder.decode(WLT)
    assert told.value.values() == values
    assert not list(handed._MEMORY.glob(f"sscd-chip-{os.getpid()}-*"))


def test_a_library_that_hangs_is_ended(library: str, decoders: list[VendorDecoder]) -> None:
    decoder = VendorDecoder(VendorLibrary(library, "hanging", Form.BUFFER), seconds=1)
    decoders.append(decoder)
    with pytest.raises(ChipDecoderSilent) as told:
        decoder.decode(WLT)
    assert told.value.seconds == 1
    assert decoder._child.process_id is None


def test_what_is_not_there_or_no_library_is_told_apart(tmp_path: Path, decoders: list[VendorDecoder]) -> None:
    text = tmp_path / "WltRS.dll"
    text.write_text("no library")
    for path, reason in ((tmp_path / "gone.so", "not_found"), (Path("WltRS.dll"), "not_found"), (text, "not_loadable")):
        decoder = VendorDecoder(VendorLibrary(str(path)), seconds=20)
        decoders.append(decoder)
        with pytest.raises(ChipDecoderMissing) as told:
            decoder.decode(WLT)
        assert told.value.reason == reason
        assert (decoder.probe().health is Health.WARNING) == (reason == "not_found")


@pytest.mark.parametrize("length", [0, 1023, 1025, 38_556])
def test_data_of_another_length_reach_no_library(length: int) -> None:
    for decoder in (NoChipDecoder(), VendorDecoder(VendorLibrary("/nowhere"), seconds=1), TrainingDecoder(seconds=1)):
        with pytest.raises(ChipPhotoLength) as told:
            decoder.decode(bytes(length))
        assert told.value.have == length


def test_without_a_library_the_reason_is_said() -> None:
    decoder = NoChipDecoder()
    assert decoder.probe().health is Health.OFF
    with pytest.raises(ChipDecoderMissing) as told:
        decoder.decode(WLT)
    assert told.value.reason == "not_set"


def test_what_a_killed_desk_left_is_swept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handed, "_MEMORY", tmp_path)
    ended = subprocess.Popen(["true"])
    ended.wait()
    for owner in (ended.pid, os.getpid()):
        left = tmp_path / f"sscd-chip-{owner}-x"
        left.mkdir()
        (left / "zp.wlt").write_bytes(WLT)
    with handed.handed_file(WLT) as file:
        assert Path(os.fsdecode(file.name)).stat().st_mode & 0o777 == 0o600
    assert [place.name for place in tmp_path.iterdir()] == [f"sscd-chip-{os.getpid()}-x"]
