"""Time per entry beside what is stored already: the same batches into ten thousand entries and into a million.

Rows are made by the database itself: ids, hashes and numbers of their own, headers and payloads of the usual size, in
every table that a push looks into. Ids of entries rise with time, as UUIDv7 do; subjects and persons are in no order.
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
_RELOAD = "SELECT pg_reload_conf()"

_ID = "lpad(to_hex(n), 12, '0') || substr(md5('e' || n), 13)"
_ENTRIES = f"""INSERT INTO entry (desk, seq, entry_id, subject, kind, hash, header, payload, salt, received_ms, outcome,
 code, reason, current) SELECT 'F-' || n % 1000, n, {_ID}, md5('s' || n / 5), 'application.opened',
 sha256(n::text::bytea), decode(repeat(md5('h' || n), 20), 'hex'), decode(repeat(md5('p' || n), 60), 'hex'),
 sha256(n::text::bytea), 0, 'stored', '', '', '' FROM generate_series($1::bigint, $2::bigint) n"""  # noqa: S608 - words of our own
_APPLICATIONS = """INSERT INTO application (subject, point, number, desk, step, version, content_version, content_desk,
 open_key, state) SELECT md5('s' || n), $3, 'F' || n, 'F-0', 'opened', 1, 1, 'F-0', md5('o' || n),
 decode(repeat(md5('a' || n), 40), 'hex') FROM generate_series($1::bigint / 5, $2::bigint / 5) n
 ON CONFLICT DO NOTHING"""
_FEED = f"""INSERT INTO feed (scope, position, kind, id, version, deleted, body)
 SELECT $3, n, 'entry', {_ID}, 1, 0, '' FROM generate_series($1::bigint, $2::bigint) n"""  # noqa: S608 - words of our own
_ITEM = f"""INSERT INTO item (scope, position, kind, id, version)
 SELECT $3, n, 'entry', {_ID}, 1 FROM generate_series($1::bigint, $2::bigint) n"""  # noqa: S608 - words of our own


def measure(setting: Setting, most: int) -> dict[str, object]:
    """Push batches at each size; the figures are of the middle batch.

    Args:
        setting: the centre.
        most: the largest size, stored entries.
    """
    sizes = [SMALL, LARGE, *([most] if most > LARGE else [])]
    names = [f"G-{size:08d}" for size in sizes]
    identities = setting.enrol(names)
    # a bulk load on a server that is set up for it; the pushes after it meet the server's own settings again
    bulk = {"max_wal_size": "'32GB'", "checkpoint_timeout": "'1h'"}
    found: dict[str, object] = {}
    stored, first = 0, 0.0
    for at, (size, name, identity) in enumerate(zip(sizes, names, identities, strict=True)):
        begun = time.perf_counter()
        setting.server.say(*(f"ALTER SYSTEM SET {word} = {value}" for word, value in bulk.items()), _RELOAD)
        megabytes = asyncio.run(_fill(setting.address, stored + 1, size))
        setting.server.say(*(f"ALTER SYSTEM RESET {word}" for word in bulk), _RELOAD)
        found |= {f"fill_seconds_{size}": round(time.perf_counter() - begun), f"database_mb_{size}": megabytes}
        stored = size
        entries = journal(name, ROUNDS * BATCH, 50_000_000 + at * ROUNDS * BATCH)
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


async def _fill(address: str, first: int, last: int) -> int:
    """Fill in entries of these numbers; return how large the database is then, megabytes."""
    line = await asyncpg.connect(address, command_timeout=None)
    try:
        await line.execute("SET synchronous_commit = off")
        for start in range(first, last + 1, STEP):
            end = min(start + STEP - 1, last)
            scope = point_scope("F-FILLED")
            await line.execute(_ENTRIES, start, end)
            await line.execute(_APPLICATIONS, start, end, POINT)
            await line.execute(_FEED, start, end, scope)
            await line.execute(_ITEM, start, end, scope)
        await line.execute("VACUUM ANALYZE")
        await line.execute("CHECKPOINT")
        return int(await line.fetchval("SELECT pg_database_size(current_database()) / 1000000"))
    finally:
        await line.close()
