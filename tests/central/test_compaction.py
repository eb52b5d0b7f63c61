"""Old positions of a feed go once every desk has read past them; who comes from before takes the scope whole."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sscard_desk.central import compaction, imports
from sscard_desk.central.compaction import compact
from sscard_desk.central.snapshots import build_snapshot
from sscard_desk.central.store import compaction as kept
from sscard_desk.central.store import feeds
from sscard_desk.central.store.desks import revoke_desk
from sscard_desk.sync.client import HttpCentre
from sscard_desk.sync.passes import run_pass
from sscard_desk.wire.feed import persons_scope
from tests.machines.counter import REGION, Counter, person
from tests.machines.model_desk import ModelDesk

SCOPE = persons_scope(REGION)


@pytest.fixture
def counter(tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Counter]:
    monkeypatch.setattr(compaction, "NOTE_EVERY_MS", 0)
    with Counter(tmp_path / "counter", address=address) as running:
        yield running


def renamed(counter: Counter, count: int, name: str) -> None:
    imports.import_persons(counter.open, REGION, [person(n, name=name) for n in range(count)])


def positions(counter: Counter) -> list[int]:
    with counter.open.database.reading() as connection:
        return [item.position for item in feeds.page(connection, SCOPE, 0, 1_000, "")]


def removed(counter: Counter, days: int = compaction.DAYS) -> dict[str, int]:
    return {one.scope: one.removed for one in compact(counter.open, days)}


def read_to_the_end(counter: Counter, desk: ModelDesk, line: HttpCentre) -> None:
    """One more change after all others: what a desk asks after is what it has read for certain."""
    assert run_pass(desk, line).proved
    imports.import_persons(counter.open, REGION, [person(900 + len(positions(counter)))])
    assert run_pass(desk, line).proved


def test_what_every_desk_has_passed_goes_and_the_newest_of_every_item_stays(counter: Counter) -> None:
    desks = [ModelDesk(name) for name in ("D-0001", "D-0002")]
    renamed(counter, 5, "甲")
    renamed(counter, 5, "乙")
    with counter.client("D-0001") as one, counter.client("D-0002") as two:
        read_to_the_end(counter, desks[0], one)
        assert removed(counter)[SCOPE] == 0  # the second has read nothing yet
        assert run_pass(desks[1], two).proved
        read_to_the_end(counter, desks[1], two)
        assert run_pass(desks[0], one).proved
        assert removed(counter)[SCOPE] == 5
        assert positions(counter)[:5] == [6, 7, 8, 9, 10]
        assert removed(counter)[SCOPE] == 0
        assert all(run_pass(desk, line).proved for desk, line in zip(desks, (one, two), strict=True))
    assert [desk.snapshots for desk in desks] == [0, 0]


def test_a_desk_from_before_takes_the_scope_whole_and_is_proved(counter: Counter) -> None:
    fast, slow = ModelDesk("D-0001"), ModelDesk("D-0002")
    renamed(counter, 4, "甲")
    with counter.client("D-0001") as one, counter.client("D-0002") as two:
        assert run_pass(fast, one).proved
        assert run_pass(slow, two).proved
        renamed(counter, 4, "乙")
        renamed(counter, 3, "丙")
        read_to_the_end(counter, fast, one)
        assert removed(counter)[SCOPE] == 0
        assert removed(counter, days=-1)[SCOPE] == 7  # nobody was heard so recently
        report = run_pass(slow, two)
        assert (report.up_to_date, slow.snapshots) == (True, 1)
        assert slow.tables[SCOPE] == fast.tables[SCOPE]


def test_a_new_desk_begins_with_the_whole_scope(counter: Counter) -> None:
    renamed(counter, 3, "甲")
    renamed(counter, 3, "乙")
    removed(counter)
    new = ModelDesk("D-0003")
    with counter.client("D-0003") as line:
        assert run_pass(new, line).proved
    assert (new.snapshots, len(new.tables[SCOPE])) == (1, 3)


def test_a_file_made_before_the_compaction_is_made_anew(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    renamed(counter, 3, "甲")
    monkeypatch.setattr(imports, "build_snapshot", lambda *_: None)
    renamed(counter, 3, "乙")
    renamed(counter, 3, "丙")
    assert removed(counter)[SCOPE] == 6
    new = ModelDesk("D-0003")
    with counter.client("D-0003") as line:
        assert run_pass(new, line).proved
    assert new.snapshots == 1


def test_a_revoked_desk_holds_nothing_back(counter: Counter) -> None:
    with counter.client("D-0002"):
        pass
    renamed(counter, 3, "甲")
    renamed(counter, 3, "乙")
    assert removed(counter)[SCOPE] == 0
    with counter.open.database.writing() as connection:
        revoke_desk(connection, "D-0002", counter.open.now_ms())
    assert removed(counter)[SCOPE] == 3


def test_a_tombstone_stays_and_what_was_deleted_goes(counter: Counter) -> None:
    renamed(counter, 3, "甲")
    imports.remove_persons(counter.open, REGION, [person(1).key])
    assert removed(counter)[SCOPE] == 1
    with counter.open.database.reading() as connection:
        items = feeds.page(connection, SCOPE, 0, 10, "")
    assert [(item.position, item.deleted) for item in items] == [(1, False), (3, False), (4, True)]


def test_a_long_scope_is_compacted_in_strides(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "STRIDE", 7)
    renamed(counter, 20, "甲")
    renamed(counter, 20, "乙")
    assert removed(counter)[SCOPE] == 20


def test_what_is_gone_stays_known_when_a_later_stride_removes_earlier_positions(counter: Counter) -> None:
    """A file from before would count as new again, and the pages after it have gaps."""
    first, second = ModelDesk("D-0001"), ModelDesk("D-0002")
    renamed(counter, 6, "甲")
    with counter.client("D-0001") as one, counter.client("D-0002") as two:
        assert run_pass(first, one).proved
        assert build_snapshot(counter.open, SCOPE) is not None
        imports.import_persons(counter.open, REGION, [person(n, name="乙") for n in range(1, 6)])
        imports.import_persons(counter.open, REGION, [person(n, name="丙") for n in range(1, 6)])
        assert removed(counter, days=-1)[SCOPE] == 10  # the newest of those is the one before the last five
        imports.import_persons(counter.open, REGION, [person(0, name="丁")])
        assert removed(counter, days=-1)[SCOPE] == 1  # the very first position
        report = run_pass(second, two)
        assert (report.up_to_date, second.snapshots) == (True, 1)
