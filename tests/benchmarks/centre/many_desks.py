"""Two thousand desks that arrive within a minute, each with fifty entries; one process sends for all.

Each shows a certificate of its own, as the desks of a centre do (mutual TLS).
"""

import asyncio
import random
import ssl
import time
from dataclasses import dataclass, field

import psutil

from sscard_desk.sync.identity import DeskIdentity
from sscard_desk.wire.receipts import TAKEN
from tests.benchmarks.centre.journals import journal
from tests.benchmarks.centre.line import Connection, read_push_answer, signed_request, trusting
from tests.benchmarks.centre.push import packed
from tests.benchmarks.centre.setting import Setting

DESKS, ENTRIES, WITHIN_SECONDS, POINTS = 2_000, 50, 60.0, 200
DONE, BUSY = 200, 503
DROPPED_SECONDS = 2.0
LOOK_SECONDS = 0.5
STAY_SECONDS = 10.0
"""How long a desk keeps its connection after its push, as one that polls does."""
LONGEST_SECONDS = 300.0


@dataclass
class Seen:
    """What came of it."""

    accepted: list[float] = field(default_factory=list)
    entries: int = 0
    busy: int = 0
    dropped: int = 0
    without_wait: int = 0
    memory_mb: float = 0.0
    connections: int = 0


def measure(setting: Setting, desks: int = DESKS) -> dict[str, object]:
    """Let all of them arrive, and look at the server's memory meanwhile."""
    setting.points([f"M-{n:03d}" for n in range(POINTS)])
    names = [f"M-{n:05d}" for n in range(desks)]
    identities: list[DeskIdentity] = []
    for at in range(POINTS):
        identities += setting.enrol(names[at::POINTS], f"M-{at:03d}")
    bodies = {name: packed(name, journal(name, ENTRIES, 1_000_000 + n * ENTRIES)) for n, name in enumerate(names)}
    seen = Seen()
    begun = time.perf_counter()
    asyncio.run(asyncio.wait_for(_all(setting, identities, bodies, seen), LONGEST_SECONDS))
    seconds = time.perf_counter() - begun
    times = sorted(seen.accepted)
    return {
        "many_desks": desks,
        "many_delivered": seen.entries,
        "many_expected": desks * ENTRIES,
        "many_seconds": round(seconds, 1),
        "many_p50_ms": round(times[len(times) // 2] * 1000),
        "many_p99_ms": round(times[len(times) * 99 // 100] * 1000),
        "many_busy_answers": seen.busy,
        "many_busy_without_retry_after": seen.without_wait,
        "many_connections_dropped": seen.dropped,
        "many_server_mb": round(seen.memory_mb),
        "many_open_connections": seen.connections,
    }


async def _all(setting: Setting, identities: list[DeskIdentity], bodies: dict[str, bytes], seen: Seen) -> None:
    chance = random.Random(6)
    load = _Load(setting.url, seen)
    watching = asyncio.create_task(_watch(setting, seen))
    try:
        desks = ((identity, bodies[identity.desk], chance.random() * WITHIN_SECONDS) for identity in identities)
        await asyncio.gather(*(load.desk(*each) for each in desks))
    finally:
        watching.cancel()


@dataclass
class _Load:
    url: str
    seen: Seen

    async def desk(self, identity: DeskIdentity, body: bytes, arrives: float) -> None:
        """Arrive, bring everything, stay connected for a while."""
        await asyncio.sleep(arrives)
        context = trusting(identity)
        while (wait := await self._try(context, identity, body)) is not None:  # noqa: ASYNC110 - waits as it was told to
            await asyncio.sleep(wait * (0.5 + random.random()))

    async def _try(self, context: ssl.SSLContext, identity: DeskIdentity, body: bytes) -> float | None:
        """Return None once all of it is there, else how long to wait, seconds."""
        line: Connection | None = None
        try:
            line = await Connection.open(self.url, context)
            begun = time.perf_counter()
            answer = await line.ask(signed_request(identity, "POST", "/v1/push", body, content_encoding="zstd"))
            if answer.status == BUSY:
                self.seen.busy += 1
                self.seen.without_wait += "retry-after" not in answer.headers
                return float(answer.headers.get("retry-after", "5"))
            assert answer.status == DONE, (answer.status, answer.body)
            self.seen.accepted.append(time.perf_counter() - begun)
            taken = read_push_answer(answer).answers
            self.seen.entries += sum(each.outcome in TAKEN for each in taken)
            await asyncio.sleep(STAY_SECONDS)
        except (OSError, asyncio.IncompleteReadError):
            self.seen.dropped += 1
            return DROPPED_SECONDS
        finally:
            if line is not None:
                line.close()
        return None


async def _watch(setting: Setting, seen: Seen) -> None:
    while True:
        seen.memory_mb = max(seen.memory_mb, await asyncio.to_thread(setting.memory_mb))
        open_now = [
            each.status for process in setting.processes() for each in process.net_connections() if each.raddr
        ].count(psutil.CONN_ESTABLISHED)
        seen.connections = max(seen.connections, open_now)
        await asyncio.sleep(LOOK_SECONDS)
