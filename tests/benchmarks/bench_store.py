"""The encrypted store: look-up and search among a million persons, commits, what one key of a draft costs.

`python -m tests.benchmarks.bench_store [PERSONS]` prints one JSON object. The register is built from the training
persons in a folder that is removed afterwards.
"""

import json
import secrets
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from sscard_desk.domain import events
from sscard_desk.domain.ids import AccountId, ApplicationId
from sscard_desk.domain.person import Person
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.store.opening import create_folder, open_desk
from sscard_desk.training.persons import persons
from sscard_desk.wire.feed import write_person
from sscard_desk.wire.messages import FeedItem, SnapshotInfo

SCOPE = "persons:420196"
BLOCK = 2_000
LOOKUPS = 5_000
TYPED_NAMES = 150
COMMITS = 200
ACTOR = AccountId("be" * 16)


def main(count: int) -> dict[str, object]:
    """Build, measure, remove; return the figures."""
    with tempfile.TemporaryDirectory() as name:
        key = secrets.token_bytes(32)
        folder = Path(name) / "desk"
        create_folder(
            folder, desk_id="D-0001", service_point="4201", desk_no=1, training=True, database_key=key, scopes=(SCOPE,)
        )
        store = open_desk(folder, key)
        try:
            build_s, sample = _build(store, count)
            size = sum(file.stat().st_size for file in folder.glob("persons-*.db"))
            return {
                "persons": count,
                "build_s": round(build_s, 2),
                "bytes_per_person": round(size / count),
                "lookup_ms": _shares(_lookups(store, sample)),
                "search_ms": _shares(_searches(store, sample)),
                "commit_ms": _shares(_commits(store)),
                "draft_ms": _shares(_drafts(store)),
                "open_for_ms": _shares(_open_for(store, sample)),
            }
        finally:
            store.close()


def _build(store: DeskStore, count: int) -> tuple[float, list[Person]]:
    """Load the register; return the seconds without those of making the persons up, and some of them."""
    sample: list[Person] = []
    outside = 0.0
    random = Random(7)

    def blocks() -> Iterator[list[FeedItem]]:
        nonlocal outside
        block: list[FeedItem] = []
        began = time.perf_counter()
        for position, person in enumerate(persons(count), 1):
            body = write_person(person)
            block.append(FeedItem(position=position, kind="person", id=person.key, version=1, body=body))
            if random.random() < LOOKUPS / count:
                sample.append(person)
            if len(block) == BLOCK or position == count:
                outside += time.perf_counter() - began
                yield block
                began = time.perf_counter()
                block = []

    began = time.perf_counter()
    store.persons.load(SnapshotInfo(scope=SCOPE, epoch="e", position=count, count=count, sha256=""), blocks())
    return time.perf_counter() - began - outside, sample


def _lookups(store: DeskStore, sample: list[Person]) -> list[Callable[[], object]]:
    return [lambda number=person.id_number: store.persons.by_number(number) for person in sample]


def _searches(store: DeskStore, sample: list[Person]) -> list[Callable[[], object]]:
    """Every beginning of names, pinyin, initials and numbers, as they arise key by key."""
    from sscard_desk.store.pinyin import readings

    typed: list[str] = []
    for person in sample[:TYPED_NAMES]:
        read = readings().of(person.name)
        given = read.words.split(" ", 1)[-1]
        for whole in (person.name, read.pinyin, read.initials, read.words, given, person.id_number):
            typed += [whole[:end] for end in range(1, len(whole) + 1)]
    return [lambda text=text: store.persons.search(text) for text in typed]


def _commits(store: DeskStore) -> list[Callable[[], object]]:
    def one() -> None:
        with store.work(ACTOR) as work:
            number = work.next_application_number()
            subject = ApplicationId(secrets.token_hex(16))
            work.record(events.Opened(number, "1" * 18, "名", "citizen", "typed", {}), subject=subject)

    return [one] * COMMITS


def _drafts(store: DeskStore) -> list[Callable[[], object]]:
    values = {f"field_{number}": "值" * 10 for number in range(55)}
    return [lambda: store.keep_draft(ApplicationId("d" * 32), values, "field_1")] * COMMITS


def _open_for(store: DeskStore, sample: list[Person]) -> list[Callable[[], object]]:
    return [lambda number=person.id_number: store.open_for(number) for person in sample[:COMMITS]]


def _shares(acts: list[Callable[[], object]]) -> dict[str, float]:
    for act in acts[:20]:
        act()
    spent = []
    for act in acts:
        began = time.perf_counter()
        act()
        spent.append((time.perf_counter() - began) * 1000)
    shares = statistics.quantiles(spent, n=100)
    return {name: round(value, 3) for name, value in (("p50", shares[49]), ("p95", shares[94]), ("p99", shares[98]))}


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)))
