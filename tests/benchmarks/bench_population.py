"""A county's register put in place of the one before, while somebody at the desk searches: `--persons N`.

Prints JSON: bytes a person in the file, seconds for making and applying it, the longest search meanwhile, memory.
"""

import argparse
import hashlib
import json
import resource
import tempfile
import threading
import time
from pathlib import Path

from sscard_desk.store.opening import create_folder, open_desk
from sscard_desk.wire.feed import persons_scope, write_person, write_snapshot
from sscard_desk.wire.messages import FeedItem, SnapshotInfo
from tests.machines.counter import REGION, citizen_number, person

KEY = bytes(range(32))


def _file(count: int, name: str) -> bytes:
    def items():
        for n in range(count):
            body = write_person(person(n, name=f"{name}{n % 977}"), 1)
            yield FeedItem(position=n + 1, kind="person", id=f"{n:032x}", version=1, body=body)

    return write_snapshot(items())


def _info(count: int, position: int, body: bytes) -> SnapshotInfo:
    return SnapshotInfo(
        scope=persons_scope(REGION),
        epoch="e",
        position=position,
        count=count,
        sha256=hashlib.sha256(body).hexdigest(),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--persons", type=int, default=1_000_000)
    count = parser.parse_args().persons
    begun = time.perf_counter()
    body = _file(count, "新")
    made = time.perf_counter() - begun
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "desk"
        create_folder(folder, desk_id="D-1", service_point="0231", desk_no=1, training=True, database_key=KEY)
        desk = open_desk(folder, KEY)
        old = _file(1_000, "旧")
        desk.load_snapshot(_info(1_000, 1_000, old), old)
        stop, longest, searches, told = threading.Event(), [0.0], [0], [0]

        def search() -> None:
            while not stop.is_set():
                at = time.perf_counter()
                assert desk.persons.by_number(citizen_number(5)) is not None
                longest[0] = max(longest[0], time.perf_counter() - at)
                searches[0] += 1
                time.sleep(0.005)

        clerk = threading.Thread(target=search)
        clerk.start()
        begun = time.perf_counter()
        desk.load_snapshot(_info(count, count, body), body, lambda done: told.__setitem__(0, done))
        applied = time.perf_counter() - begun
        stop.set()
        clerk.join()
        assert (desk.persons.count(), told[0]) == (count, count)
        desk.close()
    print(
        json.dumps(
            {
                "persons": count,
                "file_bytes": len(body),
                "bytes_a_person": round(len(body) / count, 1),
                "make_s": round(made, 1),
                "apply_s": round(applied, 1),
                "searches_meanwhile": searches[0],
                "longest_search_ms": round(longest[0] * 1000, 1),
                "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
            }
        )
    )


if __name__ == "__main__":
    main()
