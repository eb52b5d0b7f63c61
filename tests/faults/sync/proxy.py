"""A small TCP relay between a desk and one or two servers: cuts at a chosen message, delays, slows, swallows answers.

It sees TLS records and no more, so a message is what one side sends before the other side answers: a turn. Turns are
counted over all connections from `begin`; the first is 1.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tests.machines.relay import Ends, Relay

_CHUNK: Final = 65_536


@dataclass(frozen=True)
class Cut:
    """Where the line breaks, once.

    Attributes:
        turn: the message that is hit.
        after: bytes of it that still pass.
        stays: whether nobody gets through afterwards until the line is mended.
    """

    turn: int
    after: int
    stays: bool = False


@dataclass(frozen=True)
class Turn:
    """One message: how many bytes it had, and whether it was an answer."""

    answer: bool
    size: int


class Proxy(Relay):
    """Relays a free loopback port to the first of its targets that answers; runs on a thread of its own."""

    def __init__(self, targets: Sequence[int]) -> None:
        """Prepare.

        Args:
            targets: ports of servers; each connection begins at another one.
        """
        super().__init__()
        self.targets = list(targets)
        self.delay_s = 0.0
        """How long each chunk is under way."""
        self.bytes_per_s = 0
        """The line's width; 0 for no limit."""
        self.swallow_answers = 0
        """So many whole answers are lost and their connections with them."""
        self.turns: list[Turn] = []
        self.hit = False
        """Whether the cut fell."""
        self._cut: Cut | None = None
        self._down = False
        self._begun = 0

    def begin(self, cut: Cut | None = None) -> None:
        """Count turns from here on, and break the line where `cut` says."""
        self.turns, self._cut, self.hit, self._down = [], cut, False, False

    def mend(self) -> None:
        """Let everything through again."""
        self._cut, self._down = None, False
        self.delay_s, self.bytes_per_s, self.swallow_answers = 0.0, 0, 0

    async def _reach(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | None:
        self._begun += 1
        for at in range(len(self.targets)):
            try:
                return await asyncio.open_connection("127.0.0.1", self.targets[(self._begun + at) % len(self.targets)])
            except OSError:
                continue
        return None

    async def _between(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, ends: Ends) -> None:
        reached = None if self._down else await self._reach()
        if reached is None:
            return
        there, back = reached
        self._joined(ends, back)
        await asyncio.gather(
            self._pump(reader, back, ends, answers=False), self._pump(there, writer, ends, answers=True)
        )

    async def _pump(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        ends: Ends,
        *,
        answers: bool,
    ) -> None:
        try:
            while data := await reader.read(_CHUNK):
                passing = self._passing(data, answers=answers)
                if self.delay_s or self.bytes_per_s:
                    await asyncio.sleep(self.delay_s + (len(data) / self.bytes_per_s if self.bytes_per_s else 0))
                if passing:
                    writer.write(passing)
                    await writer.drain()
                if len(passing) < len(data):
                    break
        except OSError:
            pass  # the other end is gone
        await asyncio.sleep(0.001)  # what was let through goes out before the end is cut
        for end in ends:
            end.transport.abort()

    def _passing(self, data: bytes, *, answers: bool) -> bytes:
        """Note a chunk and return what of it passes."""
        if self._down:
            return b""
        if not self.turns or self.turns[-1].answer is not answers:
            self.turns.append(Turn(answers, 0))
            if answers and self.swallow_answers:
                self.swallow_answers -= 1
                return b""
        before = self.turns[-1].size
        self.turns[-1] = Turn(answers, before + len(data))
        cut = self._cut
        if cut is None or len(self.turns) != cut.turn or before + len(data) <= cut.after:
            return data
        self._cut, self._down, self.hit = None, cut.stays, True
        return data[: max(0, cut.after - before)]
