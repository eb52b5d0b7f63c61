"""A register that comes on a stick: never whole in memory, told how far it is, and ended in the middle of anything."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sscard_desk.central import imports
from sscard_desk.central.stick.answer import export_stick
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.store.staging import CARRIED, StagedFile
from sscard_desk.sync.stick.bring_in import bring_in
from sscard_desk.sync.stick.export import Steps
from sscard_desk.wire.feed import Readable, persons_scope
from sscard_desk.wire.messages import SnapshotInfo
from tests.machines.counter import REGION, Counter, person
from tests.machines.stick_desk import StickDesk, take

PERSONS = 9_000
SCOPE = persons_scope(REGION)


class EndedError(Exception):
    pass


class Watched:
    """A desk's database that notes how much of a snapshot is given and taken at once."""

    def __init__(self, store: DeskStore) -> None:
        self._store = store
        self.given: list[int] = []
        self.taken: list[int] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def stage_carried(self, info: SnapshotInfo) -> StagedFile:
        staged = self._store.stage_carried(info)
        add = staged.add

        def noted(piece: bytes) -> None:
            self.given.append(len(piece))
            add(piece)

        staged.add = noted  # type: ignore[method-assign] # watched, not replaced
        return staged

    def load_snapshot(self, info: SnapshotInfo, body: Readable, told: Callable[[int], None]) -> None:
        self._store.load_snapshot(info, _Noted(body, self.taken), told)


class _Noted:
    def __init__(self, body: Readable, taken: list[int]) -> None:
        self._body, self._taken = body, taken

    def read(self, size: int = -1) -> bytes:
        piece = self._body.read(size)
        self._taken.append(len(piece))
        return piece


@pytest.fixture
def answer(counter: Counter, desk: StickDesk, stick: Path) -> Path:
    people = [person(n, name=f"姓{n * 7919 % PERSONS}") for n in range(PERSONS)]
    imports.import_persons(counter.open, REGION, people)
    take(counter.open, desk.export(stick))
    done = export_stick(counter.open, "D-0001", stick)
    assert done.snapshots == 1
    return done.files[0].path


def left_over(desk: StickDesk) -> list[Path]:
    return list(desk.folder.glob(f"{CARRIED}*"))


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sscard_desk.central.stick.answer._PIECE", 10_000)
    monkeypatch.setattr("sscard_desk.store.staging.PART_BYTES", 10_000)


@pytest.mark.usefixtures("small_pieces")
def test_a_register_is_never_whole_in_memory(desk: StickDesk, answer: Path) -> None:
    watched = Watched(desk.store)
    done = bring_in(watched, desk.identity, answer)
    assert (done.up_to_date, desk.store.persons.count()) == (True, PERSONS)
    assert sum(watched.given) == sum(watched.taken) > 100_000
    assert max(watched.given + watched.taken) <= 10_000
    assert left_over(desk) == []


@pytest.mark.usefixtures("small_pieces")
def test_it_is_told_how_far_it_is_to_the_last_person(desk: StickDesk, answer: Path) -> None:
    told: list[tuple[int, int]] = []
    bring_in(desk.store, desk.identity, answer, Steps(tell=lambda done, of: told.append((done, of))))
    shares = [done / of for done, of in told]
    assert shares == sorted(shares)
    assert shares[-1] > 0.95
    assert len({done for done, of in told if 3 * done > 2 * of}) >= 3


@pytest.mark.usefixtures("small_pieces")
@pytest.mark.parametrize("share", [0.5, 0.8])
def test_an_import_that_is_ended_leaves_the_old_list_and_nothing_else(
    counter: Counter, desk: StickDesk, answer: Path, share: float
) -> None:
    at = [0.0]

    def check() -> None:
        if at[0] >= share:
            raise EndedError

    def tell(done: int, of: int) -> None:
        at[0] = done / of

    with pytest.raises(EndedError):
        bring_in(desk.store, desk.identity, answer, Steps(check, tell))
    assert (desk.store.persons.count(), left_over(desk)) == (0, [])
    assert len(list(desk.folder.glob("persons-*.db"))) == 0
    assert desk.bring_in(answer).up_to_date
    assert desk.store.persons.count() == PERSONS


def test_what_a_kill_left_of_a_list_goes_with_the_next_one(desk: StickDesk, answer: Path) -> None:
    info = SnapshotInfo(scope=SCOPE, epoch="e", position=1, count=1, sha256="0" * 64)
    killed = desk.store.stage_carried(info)
    killed.add(b"half")
    killed.close()
    assert left_over(desk)
    assert desk.bring_in(answer).up_to_date
    assert left_over(desk) == []


def test_the_line_may_be_at_the_same_list_meanwhile(desk: StickDesk, answer: Path) -> None:
    info = SnapshotInfo(scope=SCOPE, epoch="e", position=1, count=1, sha256="0" * 64)
    staged = desk.store.stage(info)
    assert isinstance(staged, StagedFile)
    staged.add(b"half")
    staged.keep()
    assert desk.bring_in(answer).up_to_date
    assert staged.size == 4
    staged.add(b"more")
    staged.close()
