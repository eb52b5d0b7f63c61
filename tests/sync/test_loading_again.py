"""A large list whose program is killed while it comes: the next one goes on after the last part, and nothing shows."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from sscard_desk.central import imports, snapshots
from sscard_desk.domain.errors.centre import AnswerMalformed
from sscard_desk.store import staging
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.store.opening import create_folder, open_desk
from sscard_desk.sync.client import HttpCentre
from sscard_desk.sync.identity import DeskIdentity
from sscard_desk.sync.passes import run_pass
from sscard_desk.wire.feed import persons_scope
from sscard_desk.wire.messages import SnapshotInfo
from tests.machines.counter import POINT, REGION, Counter, citizen_number, person
from tests.sync.test_real_desk import KEY

PERSONS = 9_000
PART = 20_000
SCOPE = persons_scope(REGION)
CHILD = """
import os, sys
from pathlib import Path
from sscard_desk.store import staging
from sscard_desk.store.opening import open_desk
from sscard_desk.sync import loading
from sscard_desk.sync.client import HttpCentre
from sscard_desk.sync.identity import DeskIdentity
from sscard_desk.sync.passes import run_pass
loading.TELL_EVERY_S, staging.PART_BYTES = 0.0, {part}
part, after = sys.argv[2], float(sys.argv[3])
desk = open_desk(Path(sys.argv[1]), bytes(range(32)))
def told(at):
    if at.scope.startswith("persons:") and at.part == part and at.done >= after * at.of:
        print(at.done, at.of, flush=True)
        os.kill(os.getpid(), 9)
with HttpCentre(DeskIdentity.load(desk, "D-0001", training=True)) as line:
    run_pass(desk, line, loading=told)
"""


@pytest.fixture
def folder(tmp_path: Path, counter: Counter) -> Path:
    imports.import_persons(counter.open, REGION, [person(n, name=f"姓{n * 7919 % PERSONS}") for n in range(PERSONS)])
    create_folder(
        tmp_path / "desk",
        desk_id="D-0001",
        service_point="0231",
        desk_no=1,
        training=True,
        database_key=KEY,
        scopes=(SCOPE,),
    )
    store = open_desk(tmp_path / "desk", KEY)
    counter.identity("D-0001", POINT).keep(store)
    store.close()
    return tmp_path / "desk"


@pytest.fixture
def desk(folder: Path) -> Iterator[DeskStore]:
    store = open_desk(folder, KEY)
    yield store
    store.close()


def line_of(desk: DeskStore) -> HttpCentre:
    return HttpCentre(DeskIdentity.load(desk, "D-0001", training=True))


def killed(folder: Path, part: str, after: float) -> tuple[int, int]:
    """Run a pass that is killed when so much of the register has come or is in place; return (done, of)."""
    words = [sys.executable, "-c", CHILD.format(part=PART), str(folder), part, str(after)]
    done = subprocess.run(words, capture_output=True, text=True, timeout=60, env=os.environ, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr
    at, of = done.stdout.split()
    return int(at), int(of)


def staged_size(folder: Path, counter: Counter) -> int:
    """How much a program that starts now would not ask for again."""
    store = open_desk(folder, KEY)
    info = snapshots.current_snapshot(counter.open, SCOPE)
    assert info is not None
    staged = store.stage(info)
    size = staged.size
    staged.close()
    store.close()
    return size


def test_killed_again_and_again_it_fetches_at_most_a_part_twice(folder: Path, counter: Counter) -> None:
    before = 0
    for after in (0.1, 0.35, 0.6, 1.0):
        at, of = killed(folder, "fetch", after)
        kept = staged_size(folder, counter)
        assert max(before, at - PART - 65_536) <= kept <= at  # the piece that fills a part is at most 64 KiB itself
        assert kept < of or after == 1.0
        before = kept
    killed(folder, "apply", 0.3)
    assert staged_size(folder, counter) == of
    store = open_desk(folder, KEY)
    assert store.cursor(SCOPE).position == 0
    asked: list[int] = []
    with line_of(store) as line:
        report = run_pass(store, line, loading=lambda at: asked.append(at.done) if at.part == "fetch" else None)
    assert report.up_to_date
    assert asked == []  # all of it was here
    assert store.persons.count() == PERSONS
    assert store.persons.by_number(citizen_number(17)) is not None
    store.close()
    assert not list(folder.glob("loading.db*"))


def test_what_came_is_readable_by_nobody_without_the_key(folder: Path, counter: Counter) -> None:
    killed(folder, "fetch", 0.5)
    names = [path for path in folder.glob("loading.db*") if path.stat().st_size]
    assert names
    for path in names:
        raw = path.read_bytes()
        assert not raw.startswith(b"SQLite format 3")
        assert b"\x28\xb5\x2f\xfd" not in raw[:65_536]  # the mark of a zstd file, RFC 8878


def begun(desk: DeskStore, counter: Counter) -> SnapshotInfo:
    """Let a part of the register come."""
    with line_of(desk) as line:
        info = line.snapshot_info(SCOPE)
        staged = desk.stage(info)
        line.fetch_snapshot(staged)
        whole = bytes(staged.read().read(1 << 30))
        staged.clear()
        staged.add(whole[: len(whole) // 3])
        staged.close()
    return info


def newer_file(counter: Counter) -> None:
    imports.import_persons(counter.open, REGION, [person(0, name="新名")])
    assert snapshots.build_snapshot(counter.open, SCOPE) is not None


def test_an_older_file_is_gone_on_with_while_the_centre_has_it(desk: DeskStore, counter: Counter) -> None:
    info = begun(desk, counter)
    newer_file(counter)
    told: list[int] = []
    staged = desk.stage(info)
    had = staged.size
    staged.close()
    assert had
    with line_of(desk) as line:
        assert line.snapshot_info(SCOPE).sha256 != info.sha256
        report = run_pass(desk, line, loading=lambda at: told.append(at.done) if at.part == "fetch" else None)
    assert report.up_to_date
    assert told[0] > had
    first = desk.persons.by_number(citizen_number(0))
    assert first is not None
    assert first.name == "新名"


def test_a_file_that_the_centre_has_no_more_is_begun_anew(desk: DeskStore, counter: Counter) -> None:
    info = begun(desk, counter)
    newer_file(counter)
    path = snapshots.snapshot_file(counter.open, SCOPE, info.sha256)
    assert path is not None
    path.unlink()
    with line_of(desk) as line:
        assert run_pass(desk, line).up_to_date
    assert desk.persons.count() == PERSONS


@pytest.mark.parametrize("harm", ["noise", "other key", "wrong bytes"])
def test_a_staged_file_that_is_damaged_is_fetched_anew(
    folder: Path, counter: Counter, monkeypatch: pytest.MonkeyPatch, harm: str
) -> None:
    desk = open_desk(folder, KEY)
    info = begun(desk, counter)
    if harm == "wrong bytes":
        staged = desk.stage(info)
        size = staged.size
        staged.clear()
        staged.add(bytes(size))
        staged.close()
    desk.close()
    (file,) = folder.glob("loading.db")
    if harm == "noise":
        file.write_bytes(os.urandom(file.stat().st_size))
    elif harm == "other key":
        monkeypatch.setattr(staging, "LABEL", b"another")
        monkeypatch.setattr("sscard_desk.store.feed_side.LABEL", b"another")
    desk = open_desk(folder, KEY)
    with line_of(desk) as line:
        if harm == "wrong bytes":
            with pytest.raises(AnswerMalformed):
                run_pass(desk, line)
        assert run_pass(desk, line).up_to_date
    assert desk.persons.count() == PERSONS
    desk.close()


def test_what_was_put_in_place_when_the_program_was_killed_goes_at_the_next_start(
    folder: Path, counter: Counter
) -> None:
    desk = open_desk(folder, KEY)
    with line_of(desk) as line:
        run_pass(desk, line)
    info = snapshots.current_snapshot(counter.open, SCOPE)
    assert info is not None
    left = desk._staging.begin(msgspec.structs.replace(info, position=info.position - 1), lambda _: False)
    left.add(b"what was applied")
    left.close()
    desk.close()
    assert list(folder.glob("loading.db"))
    open_desk(folder, KEY).close()
    assert not list(folder.glob("loading.db*"))
