"""What every relay of these tests is: a free loopback port on a thread of its own, whose connections end together."""

import asyncio
from abc import ABC, abstractmethod
from threading import Event, Thread
from types import TracebackType
from typing import Self

Ends = set[asyncio.StreamWriter]
"""The writing ends of one connection, ours and the server's."""


class Relay(ABC):
    """Listens while its block is entered; a subclass says what becomes of a connection."""

    def __init__(self) -> None:
        self.port = 0
        self._loop = asyncio.new_event_loop()
        self._up = Event()
        self._thread = Thread(target=self._run, name="relay", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self._up.wait()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    @property
    def url(self) -> str:
        """What a desk is given."""
        return f"https://127.0.0.1:{self.port}"

    @abstractmethod
    async def _between(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, ends: Ends) -> None:
        """Carry what comes between `reader`, `writer` and a server until the connection is to end.

        Args:
            reader: what the desk says.
            writer: what it hears.
            ends: has `writer`; the server's end is added with `_joined`.
        """

    def _joined(self, ends: Ends, back: asyncio.StreamWriter) -> None:
        """Count the server's end in, so that it ends with the other."""
        ends.add(back)
        self._ends.add(back)

    def _run(self) -> None:
        self._loop.run_until_complete(self._serve())
        self._loop.close()

    async def _serve(self) -> None:
        self._stop = asyncio.Event()
        self._ends: Ends = set()
        server = await asyncio.start_server(self._connection, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        self._up.set()
        await self._stop.wait()
        server.close()
        while self._ends:
            for end in self._ends:
                end.transport.abort()
            await asyncio.sleep(0.005)
        await server.wait_closed()

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        ends = {writer}
        self._ends |= ends
        try:
            await self._between(reader, writer, ends)
        finally:
            for end in ends:
                end.transport.abort()
            await asyncio.sleep(0)
            self._ends -= ends
