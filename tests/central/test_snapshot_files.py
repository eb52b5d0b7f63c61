"""The file that a new desk begins with, when a disk lost a part of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sscard_desk.central import imports
from sscard_desk.central.snapshots import current_snapshot, snapshot_file
from sscard_desk.wire.feed import persons_scope
from tests.machines.counter import REGION, Counter, person
from tests.machines.model_desk import MemoryStaged

SCOPE = persons_scope(REGION)


@pytest.fixture
def counter(tmp_path: Path, address: str) -> Iterator[Counter]:
    with Counter(tmp_path / "counter", address=address) as running:
        imports.import_persons(running.open, REGION, [person(n) for n in range(30)])
        yield running


def file_of(counter: Counter) -> Path:
    info = current_snapshot(counter.open, SCOPE)
    assert info is not None
    file = snapshot_file(counter.open, SCOPE, info.sha256)
    assert file is not None
    return file


@pytest.mark.parametrize("lost", ["*.zst", "made"])
@pytest.mark.parametrize("left", [0, 5])
def test_a_file_or_its_note_that_was_cut_is_made_anew(counter: Counter, lost: str, left: int) -> None:
    whole = file_of(counter).read_bytes()
    (damaged,) = file_of(counter).parent.glob(lost)
    damaged.write_bytes(damaged.read_bytes()[:left])
    with counter.client("D-0003") as line:
        coming = MemoryStaged(line.snapshot_info(SCOPE))
        line.fetch_snapshot(coming)
    assert (coming.info.count, coming.is_whole()) == (30, True)
    assert file_of(counter).read_bytes() == whole


def test_a_file_that_is_whole_is_not_made_again(counter: Counter) -> None:
    file = file_of(counter)
    before = file.stat().st_mtime_ns
    assert file_of(counter) == file
    assert file.stat().st_mtime_ns == before
