"""How long a connection may take over a request: whoever sends a byte now and then holds a place that others need.

A head comes whole within `HEAD_SECONDS` and has at most `MOST_HEAD` bytes; a body brings at least `BODY_BYTES` in each
`BODY_SECONDS`, a hundredth of what the slowest line of a counter carries. Who is slower is told so and let go. Where
more are connected than a worker takes, those give way first that have asked nothing for a while: a desk whose kept
connection is closed connects again.
"""

import asyncio
import time
from enum import IntEnum
from typing import Any, Final

import msgspec

from sscard_desk.central.failures import RequestFailed
from sscard_desk.central.http_protocol import HttpProtocol
from sscard_desk.central.signed import OLDEST_PROTOCOL
from sscard_desk.wire import messages

HEAD_SECONDS: Final = 20.0
MOST_HEAD: Final = 65_536
BODY_SECONDS: Final = 30.0
BODY_BYTES: Final = 1_200
LOOK_SECONDS: Final = 5.0
GIVE_WAY_SECONDS: Final = 10.0
_PHRASES: Final = {408: "Request Timeout", 431: "Request Header Fields Too Large"}
HEAD_STATUS: Final = 431


class Phase(IntEnum):
    """What a connection is waiting for; those that give way first come first."""

    IDLE = 0
    HEAD = 1
    BODY = 2
    ANSWER = 3


class PatientProtocol(HttpProtocol):
    """A connection that does not wait for ever for a request to come whole."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as the one above
        """Begin to count."""
        super().connection_made(transport)
        self._head_bytes = self._window_bytes = 0
        self._since = self._window = self.loop.time()
        self._looking = self.loop.call_later(LOOK_SECONDS, self._look)

    def connection_lost(self, exc: Exception | None) -> None:
        """Count no more."""
        self._looking.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Count what comes; a head without end is refused before it fills the memory."""
        before = self.phase
        if before is Phase.IDLE:
            self._since = self.loop.time()
        self._head_bytes += len(data)
        self._window_bytes += len(data)
        super().data_received(data)
        if self.phase is not Phase.HEAD:
            self._head_bytes = 0
            if before < Phase.BODY:
                self._since = self._window = self.loop.time()
                self._window_bytes = 0
        elif self._head_bytes > MOST_HEAD:
            self._refuse(HEAD_STATUS, messages.TOO_LARGE)

    @property
    def phase(self) -> Phase:
        """What it is waiting for."""
        cycle: Any = self.cycle  # None before the first request, whatever its type says
        if cycle is None or cycle.response_complete:
            return Phase.HEAD if self._head_bytes else Phase.IDLE
        return Phase.BODY if cycle.more_body else Phase.ANSWER

    def waited(self) -> float:
        """Return for how many seconds it has been in its phase."""
        return self.loop.time() - self._since

    def make_room(self, most: int) -> None:
        """Let one go that has asked nothing for a while, where more are connected than may be."""
        if len(self.connections) <= most:
            return
        others = [one for one in self.connections if isinstance(one, PatientProtocol) and one is not self]
        waiting = [one for one in others if one.phase < Phase.ANSWER and one.waited() > GIVE_WAY_SECONDS]
        if waiting:
            victim = min(waiting, key=lambda one: (one.phase, -one.waited()))
            self.connections.discard(victim)
            victim.transport.abort()

    def refusal(self, status: int, reason: str) -> tuple[str, bytes]:  # noqa: ARG002 - other ports say it
        """Return the media type and the body of the answer to one that is let go.

        Args:
            status: of HTTP.
            reason: a word of `wire.messages`.
        """
        now_ms = time.time_ns() // 1_000_000
        failure = messages.Failure(reason=reason, server_ms=now_ms, oldest_protocol=OLDEST_PROTOCOL)
        return "application/vnd.msgpack", msgspec.msgpack.encode(failure)

    def _look(self) -> None:
        now, phase = self.loop.time(), self.phase
        begun: Any = self.cycle
        silent = phase is Phase.IDLE and begun is None  # uvicorn looks after those that have asked before
        if (phase is Phase.HEAD or silent) and now - self._since > HEAD_SECONDS:
            self._refuse(RequestFailed(messages.TOO_SLOW).status, messages.TOO_SLOW)
            return
        if phase is Phase.BODY and now - self._window > BODY_SECONDS:
            if self._window_bytes < BODY_BYTES and not self.flow.read_paused:
                self._refuse(RequestFailed(messages.TOO_SLOW).status, messages.TOO_SLOW)
                return
            self._window, self._window_bytes = now, 0
        self._looking = self.loop.call_later(LOOK_SECONDS, self._look)

    def _refuse(self, status: int, reason: str) -> None:
        """Say why, and close."""
        kind, body = self.refusal(status, reason)
        head = (
            f"HTTP/1.1 {status} {_PHRASES[status]}\r\ncontent-type: {kind}\r\n"
            f"content-length: {len(body)}\r\nconnection: close\r\n\r\n"
        )
        self.transport.write(head.encode("ascii") + body)
        self.transport.close()
