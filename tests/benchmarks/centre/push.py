"""Push from one desk process over TLS, beside a bare script that sends the same bytes into the same inserts.

The desk's side is the program's own (`sync.phases.push`): packing, signing, checking of receipts. The bare script has
its next batch packed while one is on the way too, and reads the answer before it sends that one.
"""

import secrets
import socket
import ssl
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
import zstandard

from sscard_desk.sync.client import HttpCentre
from sscard_desk.sync.identity import DeskIdentity
from sscard_desk.sync.pace import Pace
from sscard_desk.sync.phases.push import push_journal
from sscard_desk.wire.entry import Entry
from sscard_desk.wire.messages import MAX_ENTRIES, PROTOCOL, Push
from tests.benchmarks.centre.journals import JournalInMemory, journal
from tests.benchmarks.centre.setting import Setting, new_centre

ROUNDS = 5


def measure(setting: Setting, entries: int) -> dict[str, object]:
    """Push several journals, each from a desk of its own; then the same journals through the bare script."""
    names = [f"P-{n:04d}" for n in range(ROUNDS)]
    journals = [journal(name, entries, n * entries) for n, name in enumerate(names)]
    identities = setting.enrol(names)
    used = setting.cpu_seconds()
    pushes = [rate(entries, _pushing(*pair)) for pair in zip(identities, journals, strict=True)]
    used = setting.cpu_seconds() - used
    bare = [_bare(setting, name, each) for name, each in zip(names, journals, strict=True)]
    push = statistics.median(pushes)
    return {
        "push_per_s": round(push),
        "push_rounds": [round(each) for each in pushes],
        "bare_per_s": round(statistics.median(bare)),
        "bare_rounds": [round(each) for each in bare],
        "push_of_bare": round(push / statistics.median(bare), 2),
        "server_cpu_ms_per_500": round(used / (ROUNDS * entries) * 500_000, 1),
        "wire_bytes_per_entry": round(len(packed(names[0], journals[0][:MAX_ENTRIES])) / MAX_ENTRIES),
    }


def _pushing(identity: DeskIdentity, entries: list[Entry]) -> Callable[[], None]:
    def push() -> None:
        kept = JournalInMemory(entries)
        with HttpCentre(identity) as line:
            push_journal(kept, line, Pace(entries=MAX_ENTRIES), lambda: 0)
        assert kept.received == len(entries)

    return push


def packed(desk: str, batch: list[Entry]) -> bytes:
    """Return a batch as it goes over the line."""
    rows = tuple((entry.header, entry.payload, entry.salt) for entry in batch)
    return zstandard.ZstdCompressor(level=3).compress(
        msgspec.msgpack.encode(Push(protocol=PROTOCOL, desk=desk, entries=rows))
    )


def _bare(setting: Setting, name: str, entries: list[Entry]) -> float:
    made = new_centre(setting.server, setting.folder.parent / secrets.token_hex(4))
    context = ssl.create_default_context(cafile=str(setting.folder / "authority.pem"))
    script = str(Path(__file__).with_name("bare_push.py"))
    keys = [str(setting.folder / file) for file in ("server.pem", "server.key")]
    with subprocess.Popen([sys.executable, script, *keys, made.address], stdout=subprocess.PIPE) as process:
        try:
            assert process.stdout is not None
            port = int(process.stdout.readline())

            def push() -> None:
                plain = socket.create_connection(("127.0.0.1", port))
                ready = packed(name, entries[:MAX_ENTRIES])
                with context.wrap_socket(plain, server_hostname="localhost") as line:
                    for at in range(MAX_ENTRIES, len(entries) + MAX_ENTRIES, MAX_ENTRIES):
                        line.sendall(len(ready).to_bytes(4) + ready)
                        ready = packed(name, entries[at : at + MAX_ENTRIES])
                        assert line.recv(1) == b"."

            return rate(len(entries), push)
        finally:
            process.terminate()
            process.wait()


def rate(count: int, work: Callable[[], object]) -> float:
    """Return how many a second a piece of work does."""
    begun = time.perf_counter()
    work()
    return count / (time.perf_counter() - begun)
