"""uvicorn's server, but for how it ends and what it measures.

Told to stop it takes no new connection, lets every request that has begun end and its answer leave, and waits no longer
than it was told. What was not answered by then was not acknowledged: its desk sends it again.
"""

import asyncio
import socket
import time
from types import FrameType
from typing import Any, Final

import uvicorn

from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.http_protocol import HttpProtocol
from sscard_desk.central.operation import Operation

TURN_SECONDS: Final = 0.01
"""An aborted connection is closed in the loop's next turns."""
LOOK_SECONDS: Final = 0.02
GOODBYE_SECONDS: Final = 1.0
"""How long an answer may take to leave, and a desk to say goodbye; one that is not listening never does."""
TICKS: Final = 5
"""Tenths of a second between two looks at what is in use."""


class LeavingServer(uvicorn.Server):
    """A server of one worker."""

    def __init__(self, config: uvicorn.Config, centre: OpenCentre, operation: Operation) -> None:
        """Make it; serves nothing yet.

        Args:
            config: uvicorn's.
            centre: which is told that it stops.
            operation: how long that takes.
        """
        super().__init__(config)
        self._centre = centre
        self._operation = operation
        self._leave_at: float | None = None

    def ask_to_stop(self) -> None:
        """Begin to stop, from any thread."""
        self._centre.stopping = True
        self.should_exit = True

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Begin to stop at a signal."""
        self._centre.stopping = True
        super().handle_exit(sig, frame)

    async def on_tick(self, counter: int) -> bool:
        """Measure now and then; return whether to stop, once whoever spreads the requests had time to hear of it."""
        if counter % TICKS == 0:
            measures = self._centre.measures
            measures.connections.set(len(self.server_state.connections))
            measures.at_work.set(self._centre.at_work)
            measures.pool.set(self._centre.database.in_use())
        if not await super().on_tick(counter):
            return False
        if self._leave_at is None:
            self._leave_at = time.monotonic() + self._operation.notice_seconds
        return self.force_exit or time.monotonic() >= self._leave_at

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End in order."""
        self._centre.stopping = True
        for server in self.servers:
            server.close()
        for each in sockets or []:
            each.close()
        await self._let_end(time.monotonic() + self._operation.stop_seconds)
        for connection in self._open():
            connection.transport.abort()
        await asyncio.sleep(TURN_SECONDS)
        await super().shutdown(sockets)

    async def _let_end(self, deadline: float) -> None:
        told: set[HttpProtocol] = set()
        quiet_since: float | None = None
        while (here := self._open()) and not self.force_exit:
            for connection in here:
                # those whose handshake ends only now are told too
                if connection not in told:
                    _tell(connection)
            told.update(here)
            now = time.monotonic()
            if not all(map(_at_rest, here)):
                quiet_since = None
                if now >= deadline:
                    return
            elif quiet_since is None:
                quiet_since = now
            elif now - quiet_since >= GOODBYE_SECONDS:
                return
            await asyncio.sleep(LOOK_SECONDS)

    def _open(self) -> list[HttpProtocol]:
        return [each for each in list(self.server_state.connections) if isinstance(each, HttpProtocol)]


def _at_rest(connection: HttpProtocol) -> bool:
    cycle: Any = connection.cycle  # None before the first request, whatever its type says
    return cycle is None or bool(cycle.response_complete)


def _tell(connection: HttpProtocol) -> None:
    """End a connection: at once where nothing is under way, after its answer otherwise."""
    if _at_rest(connection) and not connection.transport.get_write_buffer_size():
        # a TLS goodbye would wait for desks that are not listening
        connection.transport.abort()
    else:
        connection.shutdown()
