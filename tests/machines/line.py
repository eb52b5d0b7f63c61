"""A line that can be cut: a small TCP relay on its own thread, broken after any number of bytes in either direction."""

import asyncio

from tests.machines.relay import Ends, Relay


class Line(Relay):
    """Relays a free loopback port to a server's port; `url` is what the desk is given."""

    def __init__(self, port: int) -> None:
        super().__init__()
        self._target = port
        self._budget: int | None = None
        self._down_only = False
        self._held = False
        self._rate: int | None = None
        self._free = {True: 0.0, False: 0.0}
        """When each way has carried what it was given."""
        self._drops: float | None = None
        self.dropped = 0
        """How many connections the line dropped by itself."""

    def aim(self, port: int) -> None:
        """Relay to another port from now on (a restarted server)."""
        self._target = port

    def cut_after(self, count: int, *, answers_only: bool = False) -> None:
        """Let `count` more bytes through, then cut every connection; `answers_only` counts the way back alone."""
        self._down_only = answers_only
        self._budget = count

    def hold(self) -> None:
        """Let nothing through any more and keep the connections: the line is dead, and nobody says so."""
        self._held = True

    def narrow(self, bytes_a_second: int) -> None:
        """Carry no more than so much in each direction."""
        self._rate = bytes_a_second

    def drop_every(self, seconds: float) -> None:
        """Cut each connection so long after it was made."""
        self._drops = seconds

    def mend(self) -> None:
        """Let everything through again."""
        self._budget = None
        self._held = False
        self._rate = None
        self._drops = None

    async def _between(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, ends: Ends) -> None:
        try:
            there, back = await asyncio.open_connection("127.0.0.1", self._target)
            self._joined(ends, back)
            ways = [self._pump(reader, back, answers=False), self._pump(there, writer, answers=True)]
            await asyncio.wait_for(asyncio.gather(*ways), self._drops)
        except TimeoutError:
            self.dropped += 1
        except OSError:
            pass  # nobody listens there: cut this end too

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, answers: bool) -> None:
        try:
            while data := await reader.read(65_536 if self._rate is None else max(256, self._rate // 20)):
                await self._carry(len(data), answers=answers)
                if self._held:
                    continue
                if self._budget is not None and (answers or not self._down_only):
                    data, self._budget = data[: self._budget], max(0, self._budget - len(data))
                writer.write(data)
                await writer.drain()
                if self._budget == 0:
                    break
        except OSError:
            pass  # the other end is gone
        # one way that ends takes the other with it
        writer.transport.abort()

    async def _carry(self, size: int, *, answers: bool) -> None:
        if self._rate is None:
            return
        now = self._loop.time()
        self._free[answers] = max(now, self._free[answers]) + size / self._rate
        await asyncio.sleep(self._free[answers] - now)
