"""A picture whose file is lost here before it was sent: the desk never says that it is up to date without it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sscard_desk.central import imports
from sscard_desk.domain.errors.operator import ApplicationUnknown
from sscard_desk.domain.events import DocumentKept
from sscard_desk.store import blobs
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.store.engine import reading
from sscard_desk.sync.passes import PassReport, run_pass
from sscard_desk.sync.state import SyncState
from sscard_desk.sync.worker import SyncAgent
from tests.machines.counter import REGION, Counter, opened, subject
from tests.sync.test_real_desk import CLERK, POINT, line_of, real_desk

SCAN = b"%PDF-1 the only one"


@pytest.fixture
def desk(tmp_path: Path, counter: Counter) -> Iterator[DeskStore]:
    imports.import_point(counter.open, POINT, "示例街道服务站", REGION)
    store = real_desk(tmp_path / "desk", "D-0001", 1)
    counter.identity("D-0001", POINT).keep(store)
    yield store
    store.close()


def one_pass(desk: DeskStore) -> PassReport:
    with line_of(desk) as line:
        return run_pass(desk, line)


def keep(desk: DeskStore, key: str) -> None:
    with desk.work(CLERK) as work:
        work.record(DocumentKept("id_copy", "id_card", work.put_blob(SCAN), 1, len(SCAN)), subject=key)


def begun(desk: DeskStore) -> str:
    key = subject()
    with desk.work(CLERK) as work:
        work.record(opened(1), subject=key)
    keep(desk, key)
    return key


def file_of(desk: DeskStore) -> Path:
    with reading(desk._engine) as connection:
        sealed = blobs.find(connection, blobs.blob_id(SCAN))
    assert sealed is not None
    return desk._folder.path / sealed.file


def damage(file: Path, how: str) -> None:
    if how == "gone":
        file.unlink()
    else:
        file.write_bytes(file.read_bytes()[:-1] if how == "cut" else b"")


@pytest.mark.parametrize("how", ["gone", "cut", "empty"])
def test_what_was_lost_before_it_was_sent_is_never_up_to_date_until_it_is_taken_again(
    counter: Counter, desk: DeskStore, how: str
) -> None:
    key = begun(desk)
    damage(file_of(desk), how)
    for _ in range(2):
        report = one_pass(desk)
        assert (report.proved, report.unsent, report.blobs_unsent, report.up_to_date) == (True, 0, 1, False)
    old = file_of(desk)
    keep(desk, key)
    assert (desk.blob(blobs.blob_id(SCAN)), old.exists(), file_of(desk) == old) == (SCAN, False, False)
    assert one_pass(desk).up_to_date
    with line_of(desk) as line:
        assert line.get_blob(blobs.blob_id(SCAN)) == SCAN


def test_the_same_bytes_are_kept_once_where_they_can_be_read(desk: DeskStore) -> None:
    key = begun(desk)
    old = file_of(desk)
    keep(desk, key)
    assert (file_of(desk), desk._folder.files()) == (old, {old.name})


def test_what_is_written_anew_and_rolled_back_leaves_no_file(desk: DeskStore) -> None:
    key = begun(desk)
    old = file_of(desk)
    damage(old, "cut")
    with pytest.raises(ApplicationUnknown), desk.work(CLERK) as work:
        work.record(DocumentKept("id_copy", "id_card", work.put_blob(SCAN), 1, len(SCAN)), subject=subject())
    assert (file_of(desk), desk._folder.files()) == (old, {old.name})
    keep(desk, key)
    assert desk.verify().sound


def test_the_window_hears_that_a_picture_waits(counter: Counter, desk: DeskStore) -> None:
    begun(desk)
    damage(file_of(desk), "gone")
    told: list[SyncState] = []
    with line_of(desk) as line:
        agent = SyncAgent(desk, line, listener=told.append)
        agent._one_pass()
    last = told[-1]
    assert (last.proved, last.unsent, last.waiting, last.up_to_date) == (True, 0, 1, False)
