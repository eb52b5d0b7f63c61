"""Files that no blob names go when the window opens a folder; those of acts under way stay."""

from threading import Event, Thread

from sscard_desk.store.desk_store import DeskStore
from tests.store import _desk as a


def test_a_file_that_a_killed_program_left_is_removed_and_every_kept_one_stays(desk: DeskStore) -> None:
    with desk.work(a.CLERK) as work:
        kept = [work.put_blob(bytes([n]) * 1_000) for n in range(3)]
    desk._folder.write(b"an act that was never committed")
    (desk._folder.path / "half.tmp").write_bytes(b"half")
    assert desk.verify().stray_files == 2
    assert (desk.sweep(), desk.verify().stray_files) == (2, 0)
    assert [desk.blob(blob) for blob in kept] == [bytes([n]) * 1_000 for n in range(3)]
    assert desk.sweep() == 0


def test_a_file_of_an_act_that_another_program_has_under_way_is_not_taken(desk: DeskStore) -> None:
    written, swept = Event(), list[int]()
    sweeper = Thread(target=lambda: swept.append(desk.sweep()))
    with desk.work(a.CLERK) as work:
        kept = work.put_blob(b"a scan")
        sweeper.start()
        written.wait(0.2)  # the sweeper finds the file by now, and waits for this act
    sweeper.join(30)
    assert swept == [0]
    assert desk.blob(kept) == b"a scan"
