"""What the centre on PostgreSQL takes and gives: one desk process over TLS, beside a bare script with the same inserts.

`python -m tests.benchmarks.bench_centre [ENTRIES]` prints one JSON object; each figure stands beside its limit. Desk,
centre, bare script and PostgreSQL are processes of their own on one machine; everything is removed afterwards.
"""

import json
import secrets
import socket
import ssl
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import msgspec
import zstandard

from sscard_desk.central.centre import init_centre
from sscard_desk.central.imports import enrolment_code, import_point
from sscard_desk.sync.client import HttpCentre
from sscard_desk.sync.enrolment import enrol
from sscard_desk.sync.identity import DeskIdentity
from sscard_desk.wire.entry import Entry
from sscard_desk.wire.feed import point_scope
from sscard_desk.wire.messages import MAX_BLOBS, MAX_ENTRIES, MAX_PAGE, PROTOCOL, Push
from tests.machines.counter import POINT, REGION, opened, subject
from tests.machines.model_desk import ModelDesk
from tests.machines.postgres import PostgresServer, postgres_server

ROUNDS = 5
PAYLOAD = 1_000
PHOTOS, PHOTO_BYTES = 1_000, 20_000
POLLS = 500
LIMITS = {
    "push_per_s": ">= 12000",
    "push_of_bare": ">= 0.6",
    "pull_per_s": ">= 20000",
    "photos_per_s": ">= 2000",
    "wire_bytes_per_entry": "<= 750",
    "empty_polls_per_s": ">= 3000 per core",
}


def main(entries: int) -> dict[str, object]:
    with postgres_server() as server, tempfile.TemporaryDirectory() as name:
        server.say("ALTER SYSTEM SET fsync = on", "SELECT pg_reload_conf()")
        folder = Path(name) / "centre"
        centre = init_centre(folder, training=True, name="bench", address=server.database())
        import_point(centre, POINT, "bench", REGION)
        codes = [enrolment_code(centre, f"D-{n:04d}", POINT).text() for n in range(ROUNDS + 1)]
        centre.close()
        journals = [_journal(f"D-{n:04d}", entries) for n in range(ROUNDS)]
        command = [sys.executable, "-m", "sscard_desk", "central", "serve", "--folder", str(folder)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as serving:
            try:
                url = json.loads(serving.stdout.readline())["url"]
                identities = [enrol(url, code, training=True)[0] for code in codes]
                pushes = [_rate(entries, _pushing(*pair)) for pair in zip(identities, journals, strict=False)]
                with HttpCentre(identities[-1]) as line:
                    pull = _rate(entries * ROUNDS, lambda: _pull(line))
                    photos = [secrets.token_bytes(PHOTO_BYTES) for _ in range(PHOTOS)]
                    put = _rate(PHOTOS, lambda: _put(line, photos))
                    page = line.pull(point_scope(POINT), "", 0, 1)
                    polls = _rate(POLLS, lambda: _poll(line, page.epoch, page.head))
            finally:
                serving.terminate()
                serving.wait()
        bare = [_bare(server, folder, journal) for journal in journals]
    push = statistics.median(pushes)
    packed = _packed("D-0000", journals[0][:MAX_ENTRIES])
    return {
        "entries_per_round": entries,
        "push_per_s": round(push),
        "push_rounds": [round(rate) for rate in pushes],
        "bare_per_s": round(statistics.median(bare)),
        "push_of_bare": round(push / statistics.median(bare), 2),
        "pull_per_s": round(pull),
        "photos_per_s": round(put),
        "wire_bytes_per_entry": round(len(packed) / MAX_ENTRIES),
        "empty_polls_per_s": round(polls),
        "limits": LIMITS,
    }


def _journal(desk: str, entries: int) -> list[Entry]:
    """Openings with answers of 1 KB: half of it is told apart in every entry, as addresses and pictures' names are."""
    model = ModelDesk(desk)
    for n in range(entries):
        event = opened(int(desk[2:]) * entries + n)
        answers = {f"field_{at}": "示例市示例区" + secrets.token_hex(24) for at in range(PAYLOAD // 80)}
        model.record(replace(event, answers=answers), subject())
    return model.entries


def _pushing(identity: DeskIdentity, journal: list[Entry]) -> Callable[[], None]:
    def push() -> None:
        with HttpCentre(identity) as line:
            for at in range(0, len(journal), MAX_ENTRIES):
                answers = line.push(journal[at : at + MAX_ENTRIES])
                assert all(answer.outcome == "stored" for answer in answers)

    return push


def _pull(line: HttpCentre) -> None:
    epoch, after = "", 0
    while True:
        page = line.pull(point_scope(POINT), epoch, after, MAX_PAGE)
        epoch, after = page.epoch, after + len(page.items)
        if after == page.head:
            return


def _put(line: HttpCentre, photos: list[bytes]) -> None:
    for at in range(0, len(photos), MAX_BLOBS):
        line.put_blobs(photos[at : at + MAX_BLOBS])


def _poll(line: HttpCentre, epoch: str, head: int) -> None:
    for _ in range(POLLS):
        assert line.pull(point_scope(POINT), epoch, head, MAX_PAGE).items == ()


def _packed(desk: str, batch: list[Entry]) -> bytes:
    rows = tuple((entry.header, entry.payload, entry.salt) for entry in batch)
    return zstandard.ZstdCompressor(level=3).compress(
        msgspec.msgpack.encode(Push(protocol=PROTOCOL, desk=desk, entries=rows))
    )


def _bare(server: PostgresServer, folder: Path, journal: list[Entry]) -> float:
    database = server.database()
    tables = folder.parent / secrets.token_hex(4)
    init_centre(tables, training=True, name="bare", address=database).close()
    context = ssl.create_default_context(cafile=str(folder / "authority.pem"))
    script = str(Path(__file__).with_name("centre") / "bare_push.py")
    command = [sys.executable, script, str(folder / "server.pem"), str(folder / "server.key"), database]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as serving:
        try:
            port = int(serving.stdout.readline())

            def push() -> None:
                plain = socket.create_connection(("127.0.0.1", port))
                with context.wrap_socket(plain, server_hostname="localhost") as line:
                    for at in range(0, len(journal), MAX_ENTRIES):
                        body = _packed("bare", journal[at : at + MAX_ENTRIES])
                        line.sendall(len(body).to_bytes(4) + body)
                        assert line.recv(1) == b"."

            return _rate(len(journal), push)
        finally:
            serving.terminate()
            serving.wait()


def _rate(count: int, work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return count / (time.perf_counter() - begun)


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:]]
    sys.stdout.write(json.dumps(main(*(numbers or [5_000])), indent=1) + "\n")
