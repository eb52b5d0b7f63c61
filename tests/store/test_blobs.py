from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sscard_desk.domain.errors.store import BlobDamaged, BlobMissing
from sscard_desk.domain.ids import BlobId
from sscard_desk.store.blobs import CHUNK, BlobFolder, blob_id
from sscard_desk.store.desk_store import DeskStore
from tests.store import _desk as a

PICTURE = bytes(range(256)) * 1_000


def _kept(desk: DeskStore, data: bytes) -> BlobId:
    with desk.work(a.CLERK) as work:
        return work.put_blob(data)


def _only_file(desk: DeskStore) -> Path:
    (name,) = desk._folder.files()
    return desk._folder.path / name


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_bytes_of_every_size_around_a_chunk_come_back(tmp_path: Path, size: int) -> None:
    data = b"\x5a" * size
    folder = BlobFolder(tmp_path / "blobs")
    assert folder.read(blob_id(data), folder.write(data)) == data


def test_the_same_bytes_are_kept_once_under_a_name_that_says_nothing(desk: DeskStore) -> None:
    assert _kept(desk, PICTURE) == _kept(desk, PICTURE) == blob_id(PICTURE)
    file = _only_file(desk)
    assert blob_id(PICTURE)[:8] not in file.name
    assert PICTURE[:64] not in file.read_bytes()
    assert file.stat().st_mode & 0o777 == 0o600


def test_two_desks_keep_the_same_picture_in_different_bytes(tmp_path: Path) -> None:
    folder = BlobFolder(tmp_path)
    one, two = folder.write(PICTURE), folder.write(PICTURE)
    assert (tmp_path / one.file).read_bytes() != (tmp_path / two.file).read_bytes()


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_any_change_of_the_file_is_noticed(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    folder = BlobFolder(tmp_path_factory.mktemp("blobs"))
    sealed = folder.write(PICTURE)
    path = folder.path / sealed.file
    raw = bytearray(path.read_bytes())
    step = CHUNK + 16
    match data.draw(st.sampled_from(["flip", "cut", "cut a chunk", "swap", "add"])):
        case "flip":
            raw[data.draw(st.integers(0, len(raw) - 1))] ^= 1
        case "cut":
            raw = raw[: data.draw(st.integers(0, len(raw) - 1))]
        case "cut a chunk":
            raw = raw[: 8 + step * data.draw(st.integers(0, 3))]
        case "swap":
            raw = raw[:8] + raw[8 + step : 8 + 2 * step] + raw[8 : 8 + step] + raw[8 + 2 * step :]
        case _:
            raw += raw[8 : 8 + data.draw(st.integers(1, step))]
    path.write_bytes(raw)
    with pytest.raises(BlobDamaged):
        folder.read(blob_id(PICTURE), sealed)


def test_a_lost_blob_is_named_and_fetched_again(desk: DeskStore) -> None:
    blob = _kept(desk, PICTURE)
    _only_file(desk).unlink()
    with pytest.raises(BlobMissing):
        desk.blob(blob)
    assert list(desk.wanted_blobs(10)) == []  # nobody else has it
    desk.blob_sent([blob])
    with pytest.raises(BlobMissing):
        desk.blob(blob)
    assert list(desk.wanted_blobs(10)) == [blob]
    desk.keep_blob(PICTURE)
    assert desk.blob(blob) == PICTURE
    assert list(desk.wanted_blobs(10)) == []


def test_a_damaged_blob_is_replaced_by_what_the_centre_has(desk: DeskStore) -> None:
    blob = _kept(desk, PICTURE)
    _only_file(desk).write_bytes(b"noise")
    with pytest.raises(BlobDamaged):
        desk.blob(blob)
    assert desk.keep_blob(PICTURE) == blob
    assert desk.blob(blob) == PICTURE
    assert len(desk._folder.files()) == 1


def test_an_unknown_blob_is_missing(desk: DeskStore) -> None:
    with pytest.raises(BlobMissing):
        desk.blob(blob_id(b"never kept"))


def test_a_blob_is_pending_until_the_centre_has_it(desk: DeskStore) -> None:
    blob, other = _kept(desk, PICTURE), _kept(desk, b"another")
    desk.keep_blob(b"came from there")
    assert set(desk.pending_blobs(10)) == {blob, other}
    desk.blob_sent([blob])
    assert list(desk.pending_blobs(10)) == [other]
