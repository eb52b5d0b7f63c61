"""Empty polls of one worker: how many it answers in a second, and how many in a second of its own processor time."""

import asyncio
import time

from sscard_desk.sync.client import HttpCentre
from sscard_desk.sync.identity import DeskIdentity
from sscard_desk.wire.feed import point_scope
from tests.benchmarks.centre.line import Connection, signed_request, trusting
from tests.benchmarks.centre.setting import Setting
from tests.machines.counter import POINT

CONNECTIONS = 16
EACH = 600
NOT_MODIFIED = 304


def measure(setting: Setting, identity: DeskIdentity) -> dict[str, object]:
    """Ask for a scope that does not change, over some kept connections."""
    with HttpCentre(identity) as line:
        page = line.pull(point_scope(POINT), "", 0, 1)
        head = page.head
        line.pull(point_scope(POINT), page.epoch, head, 1)
    target = f"/v1/feed?scope={point_scope(POINT)}&epoch={page.epoch}&after={head}&limit=1000"
    asked = [
        [signed_request(identity, "GET", target, if_none_match=f'"{page.epoch}-{head}"') for _ in range(EACH)]
        for _ in range(CONNECTIONS)
    ]
    seconds, used = asyncio.run(_load(setting, identity, asked))
    polls = CONNECTIONS * EACH
    return {"empty_polls_per_s": round(polls / seconds), "empty_polls_per_core_s": round(polls / used)}


async def _load(setting: Setting, identity: DeskIdentity, asked: list[list[bytes]]) -> tuple[float, float]:
    context = trusting(identity)
    lines = [await Connection.open(setting.url, context) for _ in asked]

    async def ask_all(line: Connection, requests: list[bytes]) -> None:
        for request in requests:
            answer = await line.ask(request)
            assert answer.status == NOT_MODIFIED, answer.status

    used, begun = setting.cpu_seconds(), time.perf_counter()
    await asyncio.gather(*(ask_all(*pair) for pair in zip(lines, asked, strict=True)))
    seconds, used = time.perf_counter() - begun, setting.cpu_seconds() - used
    for line in lines:
        line.close()
    return seconds, used
