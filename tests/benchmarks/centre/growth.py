"""Time per entry beside what is stored already: the same batches into ten thousand entries and into a million.

Rows are filled in by the database from one real journal entry each desk: ids, hashes and numbers of their own, headers
and payloads of the usual size, in every table that a push looks into.
"""

import asyncio
import statistics
import time

import asyncpg

from sscard_desk.sync.client import HttpCentre
from sscard_desk.wire.feed import point_scope
from tests.benchmarks.centre.journals import batches, journal
from tests.benchmarks.centre.setting import Setting
from tests.machines.counter import POINT

SMALL, LARGE, FULL = 10_000, 1_000_000, 10_000_000
STEP = 250_000
ROUNDS, BATCH = 24, 500

_ENTRIES = """INSERT INTO entry (desk, seq, entry_id, subject, kind, hash, header, payload, salt, received_ms, outcome,
 code, reason, current) SELECT 'F-' || n % 1000, n, md5('e' || n), md5('s' || n / 5), 'application.opened',
 sha256(n::text::bytea), decode(repeat(md5('h' || n), 20), 'hex'),
 decode((SELECT string_agg(md5('p' || n || k), '') FROM generate_series(1, 60) k), 'hex'), sha256(n::text::bytea), 0,
 'stored', '', '', '' FROM generate_series($1::bigint, $2::bigint) n"""
_APPLICATIONS = """INSERT INTO application (subject, point, number, desk, step, version, content_version, content_desk,
 open_key, state) SELECT md5('s' || n), $3, 'F' || n, 'F-0', 'opened', 1, 1, 'F-0', md5('o' || n),
 decode(repeat(md5('a' || n), 40), 'hex') FROM generate_series($1::bigint / 5, $2::bigint / 5) n
 ON CONFLICT DO NOTHING"""
_FEED = """INSERT INTO feed (scope, position, kind, id, version, deleted, body)
 SELECT $3, n, 'entry', md5('e' || n), 1, 0, '' FROM generate_series($1::bigint, $2::bigint) n"""
_ITEM = """INSERT INTO item (scope, position, kind, id, version)
 SELECT $3, n, 'entry', md5('e' || n), 1 FROM generate_series($1::bigint, $2::bigint) n"""


def measure(setting: Setting, *, full: bool) -> dict[str, object]:
    """Push batches at each size; the figures are of the middle batch."""
    sizes = [SMALL, LARGE, *([FULL] if full else [])]
    names = [f"G-{size:08d}" for size in sizes]
    identities = setting.enrol(names)
    found: dict[str, object] = {}
    stored, first = 0, 0.0
    for at, (size, name, identity) in enumerate(zip(sizes, names, identities, strict=True)):
        asyncio.run(_fill(setting.address, stored + 1, size))
        stored = size
        entries = journal(name, ROUNDS * BATCH, 5_000_000 + at * ROUNDS * BATCH)
        taken: list[float] = []
        with HttpCentre(identity) as line:
            for batch in batches(entries, BATCH):
                begun = time.perf_counter()
                line.push(batch)
                taken.append(time.perf_counter() - begun)
        middle = statistics.median(taken[ROUNDS // 6 :]) / BATCH * 1e6
        found[f"us_per_entry_at_{size}"] = round(middle, 1)
        first = first or middle
        found[f"growth_{size}"] = round(middle / first, 2)
    return found


async def _fill(address: str, first: int, last: int) -> None:
    line = await asyncpg.connect(address)
    try:
        for start in range(first, last + 1, STEP):
            end = min(start + STEP - 1, last)
            scope = point_scope("F-FILLED")
            await line.execute(_ENTRIES, start, end)
            await line.execute(_APPLICATIONS, start, end, POINT)
            await line.execute(_FEED, start, end, scope)
            await line.execute(_ITEM, start, end, scope)
        await line.execute("ANALYZE")
        await line.execute("CHECKPOINT")
    finally:
        await line.close()
