"""A nine-day backlog goes onto a stick, through the centre and back: seconds and memory as one JSON object.

`python -m tests.benchmarks.bench_stick [--entries 3000] [--photos 700]`; no limit is asserted.
"""

import argparse
import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

from sscard_desk.central.stick.answer import export_stick
from sscard_desk.central.stick.receive import import_stick
from tests.machines.counter import Counter, bank_confirmed
from tests.machines.stick_desk import enrolled_desk, noise

PHOTO_BYTES: Final = 60_000
T = TypeVar("T")


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--entries", type=int, default=3_000)
    parser.add_argument("--photos", type=int, default=700)
    asked = parser.parse_args(words)
    said: dict[str, object] = {"entries": asked.entries, "photos": asked.photos}
    with tempfile.TemporaryDirectory() as place:
        folder, stick = Path(place), Path(place) / "stick"
        stick.mkdir()
        with (
            Counter(folder / "centre") as counter,
            enrolled_desk(counter, folder / "desk", "D-0001", 1) as desk,
        ):
            keys = [desk.open_one(number) for number in range((asked.entries - asked.photos) // 2)]
            for number, key in enumerate(keys):
                desk.record(bank_confirmed(), key)
                if number < asked.photos:
                    desk.attach_photo(key, noise(number, PHOTO_BYTES))
            before = _peak_mb()
            sent = _timed(said, "export_s", lambda: desk.export(stick))
            said["stick_mb"] = round(sum(file.size for file in sent.files) / 1e6, 1)
            _timed(said, "centre_s", lambda: [import_stick(counter.open, file.path) for file in sent.files])
            back = _timed(said, "answer_s", lambda: export_stick(counter.open, "D-0001", stick))
            done = _timed(said, "import_s", lambda: [desk.bring_in(file.path) for file in back.files])
            said |= {"memory_more_mb": round(_peak_mb() - before, 1), "up_to_date": done[-1].up_to_date}
    sys.stdout.write(json.dumps(said) + "\n")
    return 0


def _timed(said: dict[str, object], name: str, work: Callable[[], T]) -> T:
    begun = time.perf_counter()
    result = work()
    said[name] = round(time.perf_counter() - begun, 2)
    return result


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
