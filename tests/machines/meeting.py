"""Two transactions on one PostgreSQL database that meet at a moment of the test's choice."""

import asyncio
import threading
from collections.abc import Callable
from typing import Any

import asyncpg
import pytest

FIRST = "the first of two"
PATIENCE = 30.0


def meet(
    address: str,
    first: Callable[[], object],
    second: Callable[[], object],
    at: tuple[Any, str],
    *,
    before: bool = False,
) -> list[object]:
    """Let `first` stop once in or before the function `at`, and `second` run until it ends or waits for a lock.

    Then both go on. Only the order is chosen: what each of them does is the program's own.
    """
    module, name = at
    there, go = threading.Event(), threading.Event()
    real = getattr(module, name)

    def stopping(*words: Any, **named: Any) -> Any:
        mine = threading.current_thread().name == FIRST and not there.is_set()
        result = None if before and mine else real(*words, **named)
        if mine:
            there.set()
            assert go.wait(PATIENCE)
        return real(*words, **named) if before and mine else result

    done: dict[int, object] = {}

    def run(number: int, work: Callable[[], object]) -> None:
        try:
            done[number] = work()
        except BaseException as failed:  # noqa: BLE001 - told to the test below
            done[number] = failed

    threads = [
        threading.Thread(target=run, args=(0, first), name=FIRST),
        threading.Thread(target=run, args=(1, second)),
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, name, stopping)
        threads[0].start()
        assert there.wait(PATIENCE), done
        threads[1].start()
        asyncio.run(_until_it_waits(address, threads[1]))
        go.set()
        for each in threads:
            each.join(PATIENCE)
    for result in done.values():
        if isinstance(result, BaseException):
            raise result
    return [done[0], done[1]]


async def _until_it_waits(address: str, thread: threading.Thread) -> None:
    line = await asyncpg.connect(address)
    try:
        while thread.is_alive() and not await line.fetchval(_WAITING):
            await asyncio.to_thread(thread.join, 0.01)
    finally:
        await line.close()


_WAITING = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
