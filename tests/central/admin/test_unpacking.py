"""What a hostile zip file tries: nothing leaves the folder, nothing grows beyond its limit."""

import zipfile
from pathlib import Path

import pytest

from sscard_desk.central.admin.unpacking import MOST_BYTES, MOST_FILES, unpack_edition
from sscard_desk.domain.errors.administration import FormArchiveWrong

EDITION = {"registration/form.toml": b"a", "registration/paper.toml": b"b", "registration/codes/sex.toml": b"c"}


def archive(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files.items():
            packed.writestr(name, data)
    return path


def test_an_edition_is_unpacked_and_what_lies_beside_it_is_not(tmp_path: Path) -> None:
    files = EDITION | {"registration/note.txt": b"x", "registration/codes/run.sh": b"y"}
    folder = tmp_path / "out"
    folder.mkdir()
    assert unpack_edition(archive(tmp_path / "a.zip", files), folder) == folder / "registration"
    assert {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} == EDITION.keys()


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        (EDITION | {"registration/../../escaped.toml": b"x"}, "path"),
        (EDITION | {"/escaped.toml": b"x"}, "path"),
        (EDITION | {"registration/codes/..\\..\\escaped.toml": b"x"}, "path"),
        (EDITION | {"C:/escaped.toml": b"x"}, "path"),
        ({"registration/form.toml": b"a"}, "no-form"),
        ({"form.toml": b"a", "paper.toml": b"b"}, "no-form"),
        ({"A b/form.toml": b"a", "A b/paper.toml": b"b"}, "no-form"),
        (EDITION | {f"registration/codes/{n}.toml": b"x" for n in range(MOST_FILES)}, "too-many"),
        (EDITION | {"registration/codes/bomb.toml": bytes(MOST_BYTES)}, "too-large"),
    ],
)
def test_what_is_no_edition_is_refused_by_its_reason(tmp_path: Path, files: dict[str, bytes], reason: str) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    with pytest.raises(FormArchiveWrong) as refused:
        assert unpack_edition(archive(tmp_path / "a.zip", files), folder) == folder / "registration"
    assert refused.value.reason == reason
    assert list(tmp_path.rglob("escaped*")) == []


def test_a_link_and_a_damaged_archive_are_refused(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    linked = archive(tmp_path / "a.zip", EDITION)
    with zipfile.ZipFile(linked, "a") as packed:
        link = zipfile.ZipInfo("registration/codes/link.toml")
        link.external_attr = 0o120777 << 16
        packed.writestr(link, "/etc/passwd")
    whole = linked.read_bytes()
    damaged = tmp_path / "b.zip"
    damaged.write_bytes(whole[: len(whole) // 2])
    for path in (linked, damaged):
        with pytest.raises(FormArchiveWrong):
            unpack_edition(path, folder)
