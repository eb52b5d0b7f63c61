"""News of changes for a worker's memory: what PostgreSQL tells whoever listens."""

import asyncio
import contextlib
import time
from threading import Thread
from typing import Any, Final

import asyncpg

from sscard_desk.central.store.memory import Memory

CHANNEL: Final = "sscard_news"
BEAT_SECONDS: Final = 2.0
"""Between two signs of life; PostgreSQL sends what it has to tell before it answers one."""
ANSWER_SECONDS: Final = 3.0
AGAIN_SECONDS: Final = 1.0


class NewsLine:
    """A connection of its own that hears what other connections commit, on a thread of its own."""

    def __init__(self, memory: Memory, words: dict[str, Any]) -> None:
        """Begin to listen.

        Args:
            memory: what is told.
            words: how `asyncpg.connect` reaches the database.
        """
        self._memory = memory
        self._words = words
        self._loop = asyncio.new_event_loop()
        self._ended = asyncio.Event()
        self._thread = Thread(target=self._run, name="news", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop listening; the memory believes nothing from now on."""
        self._loop.call_soon_threadsafe(self._ended.set)
        self._thread.join()

    def _run(self) -> None:
        try:
            self._loop.run_until_complete(self._listen_on())
        finally:
            self._memory.forget()
            self._loop.close()

    async def _listen_on(self) -> None:
        while not self._ended.is_set():
            with contextlib.suppress(OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
                await self._listen()
            self._memory.forget()
            await self._rest(AGAIN_SECONDS)

    async def _listen(self) -> None:
        line = await asyncpg.connect(timeout=ANSWER_SECONDS, command_timeout=ANSWER_SECONDS, **self._words)
        try:
            await line.add_listener(CHANNEL, lambda _line, _pid, _channel, news: self._memory.hear(news))
            self._memory.forget()  # what was heard before this connection is worth nothing
            while not self._ended.is_set() and not line.is_closed():
                asked = time.monotonic()
                await line.execute("SELECT 1")
                self._memory.believe(asked)
                await self._rest(BEAT_SECONDS)
        finally:
            line.terminate()
            await asyncio.sleep(0)

    async def _rest(self, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._ended.wait(), seconds)
