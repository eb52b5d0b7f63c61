"""A county's register put in place of the one before, while somebody at the desk searches: `--persons N`.

Prints JSON: bytes a person in the file, seconds for making, taking and applying it, the longest search meanwhile, and
how much memory taking (in pieces of 64 KiB, as the line gives them) and applying added to this process. The file is
made by another process, so that its memory is not counted.
"""

import argparse
import hashlib
import json
import multiprocessing
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
PIECE = 65_536


def _file(count: int, name: str) -> bytes:
    def items():
        for n in range(count):
            body = write_person(person(n, name=f"{name}{n % 977}"), 1)
            yield FeedItem(position=n + 1, kind="person", id=f"{n:032x}", version=1, body=body)

    return b"".join(write_snapshot(items()))


def _make(path: Path, count: int) -> None:
    path.write_bytes(_file(count, "新"))


def _peak_mb() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _info(count: int, position: int, file: Path) -> SnapshotInfo:
    return SnapshotInfo(
        scope=persons_scope(REGION),
        epoch="e",
        position=position,
        count=count,
        sha256=hashlib.sha256(file.read_bytes()).hexdigest(),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--persons", type=int, default=1_000_000)
    count = parser.parse_args().persons
    with tempfile.TemporaryDirectory() as place:
        folder, file = Path(place) / "desk", Path(place) / "snapshot.zst"
        begun = time.perf_counter()
        maker = multiprocessing.get_context("spawn").Process(target=_make, args=(file, count))
        maker.start()
        maker.join()
        made = time.perf_counter() - begun
        info, size = _info(count, count, file), file.stat().st_size
        create_folder(folder, desk_id="D-1", service_point="0231", desk_no=1, training=True, database_key=KEY)
        desk = open_desk(folder, KEY)
        old = _file(1_000, "旧")
        (Path(place) / "old").write_bytes(old)
        desk.load_snapshot(_info(1_000, 1_000, Path(place) / "old"), old)
        before = _peak_mb()
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
        staged = desk.stage(info)
        with file.open("rb") as pieces:
            while piece := pieces.read(PIECE):
                staged.add(piece)
        assert staged.is_whole()
        taken = time.perf_counter() - begun
        taking_mb = _peak_mb() - before
        begun = time.perf_counter()
        desk.load_snapshot(info, staged.read(), lambda done: told.__setitem__(0, done))
        applied = time.perf_counter() - begun
        staged.drop()
        staged.close()
        stop.set()
        clerk.join()
        assert (desk.persons.count(), told[0]) == (count, count)
        desk.close()
    print(
        json.dumps(
            {
                "persons": count,
                "file_bytes": size,
                "bytes_a_person": round(size / count, 1),
                "make_s": round(made, 1),
                "take_s": round(taken, 1),
                "apply_s": round(applied, 1),
                "searches_meanwhile": searches[0],
                "longest_search_ms": round(longest[0] * 1000, 1),
                "taking_added_mb": taking_mb,
                "all_added_mb": _peak_mb() - before,
                "peak_mb": _peak_mb(),
            }
        )
    )


if __name__ == "__main__":
    main()
