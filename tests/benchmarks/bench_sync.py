"""Push and pull over TLS between the real encrypted desk and the real centre; the register's import and first load.

`python tests/benchmarks/bench_sync.py [ENTRIES] [PERSONS]` prints one JSON object. Rates are per second; beside each
stands what it is made of. Everything is on loopback and removed afterwards.
"""

import json
import secrets
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from sscard_desk.central import imports
from sscard_desk.central.centre import OpenCentre, init_centre
from sscard_desk.central.server import CentreServer
from sscard_desk.domain import events
from sscard_desk.domain.ids import AccountId, ApplicationId
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.store.opening import create_folder, open_desk
from sscard_desk.sync.client import HttpCentre
from sscard_desk.sync.enrolment import enrol
from sscard_desk.sync.passes import run_pass
from sscard_desk.training.persons import persons
from sscard_desk.wire.entry import Entry
from sscard_desk.wire.feed import persons_scope, point_scope
from sscard_desk.wire.messages import MAX_PAGE

POINT, REGION, ACTOR = "0231", "330100", AccountId("be" * 16)
EACH = 5
BATCH = 500
BLOBS = 200
BLOB_BYTES = 20_000


def main(entries: int, register: int) -> dict[str, object]:
    """Set up, measure, remove; return the figures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        centre = init_centre(folder / "centre", training=True, name="bench")
        imports.import_point(centre, POINT, "bench", REGION)
        server = CentreServer(centre)
        server.start()
        try:
            return _measure(folder, centre, server.url, entries, register)
        finally:
            server.stop()
            centre.close()


def _measure(folder: Path, centre: OpenCentre, url: str, entries: int, register: int) -> dict[str, object]:
    writer, reader = (_desk(folder, centre, url, number) for number in (1, 2))
    try:
        for _ in range(entries // EACH):
            _application(writer[0])
        blobs = [secrets.token_bytes(BLOB_BYTES) for _ in range(BLOBS)]
        with HttpCentre(writer[1]) as line:
            journal = writer[0].pending_entries(entries, 1 << 40)
            push = _seconds(lambda: _push(line, journal))
            again = _seconds(lambda: run_pass(writer[0], line))
            put = _seconds(lambda: [line.put_blobs(blobs[at : at + 25]) for at in range(0, BLOBS, 25)])
        with HttpCentre(reader[1]) as line:
            pull = _seconds(lambda: _pull(line))
            applied = _seconds(lambda: run_pass(reader[0], line))
            people = list(persons(register))
            imported = _seconds(lambda: imports.import_persons(centre, REGION, people))
            loaded = _seconds(lambda: run_pass(reader[0], line))
            empty = _seconds(lambda: run_pass(reader[0], line))
    finally:
        writer[0].close()
        reader[0].close()
    count = len(journal)
    return {
        "entries": count,
        "push_per_s": round(count / push),
        "push_again_and_settle_per_s": round(count / again),
        "pull_per_s": round(count / pull),
        "pull_and_fold_per_s": round(count / applied),
        "blobs_of_20_kb_per_s": round(BLOBS / put),
        "persons": register,
        "import_and_snapshot_s": round(imported, 2),
        "first_load_s": round(loaded, 2),
        "empty_pass_ms": round(empty * 1000, 1),
    }


def _push(line: HttpCentre, journal: Sequence[Entry]) -> None:
    for at in range(0, len(journal), BATCH):
        line.push(journal[at : at + BATCH])


def _pull(line: HttpCentre) -> None:
    epoch, after = "", 0
    while True:
        page = line.pull(point_scope(POINT), epoch, after, MAX_PAGE)
        epoch, after = page.epoch, after + len(page.items)
        if after == page.head:
            return


def _application(desk: DeskStore) -> None:
    subject = ApplicationId(secrets.token_hex(16))
    with desk.work(ACTOR) as work:
        for event in (
            events.Opened(work.next_application_number(), secrets.token_hex(9), "训练", "citizen", "typed", _ANSWERS),
            events.BankConfirmed("95588", "训练银行", "", "1", "S"),
            events.PhotoExempted("bench"),
            events.FormIssued("1", "S", 1, _ANSWERS, "d1", date(2026, 3, 30)),
            events.FormReturned(_ANSWERS, (), "d2"),
        ):
            work.record(event, subject=subject)


_ANSWERS = {f"field_{number}": "示例市示例区示例路" for number in range(12)}


def _desk(folder: Path, centre: OpenCentre, url: str, number: int):
    key, name = secrets.token_bytes(32), f"D-{number:04d}"
    path = folder / name
    scopes = (persons_scope(REGION),)
    create_folder(
        path, desk_id=name, service_point=POINT, desk_no=number, training=True, database_key=key, scopes=scopes
    )
    identity, _ = enrol(url, imports.enrolment_code(centre, name, POINT).text(), training=True)
    return open_desk(path, key), identity


def _seconds(work) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:]]
    result = main(*(numbers + [5_000, 100_000][len(numbers) :]))
    sys.stdout.write(json.dumps(result, ensure_ascii=False, indent=1) + "\n")
