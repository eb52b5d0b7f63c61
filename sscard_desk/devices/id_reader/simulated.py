"""The simulated id card reader: the module's model behind a real line, for training, tests and the command line.

A pty has neither speed nor parity, so the reader paces its answers itself: 1295 bytes take 113 ms at 115200 baud.
"""

import os
import threading
import time
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import Final, Self

from sscard_desk.devices.id_reader.simulated_line import Line, LineBroken, PtyLine, TcpLine
from sscard_desk.devices.id_reader.simulated_sam import HEAD, Ask, Fault, SimulatedSam
from sscard_desk.domain.id_card import IdCard

BITS_PER_BYTE: Final = 10
"""One start bit, eight data bits, one stop bit."""
_PACE_BYTES: Final = 128
_SHORTEST_COMMAND: Final = 3


class SimulatedIdReader:
    """A reader that can be opened like a real one; a context manager, which plugs it in and out."""

    def __init__(self, transport: str = "", *, tcp_port: int = 0, baud: int = 0, speed: int = 0) -> None:
        """Prepare the reader; nothing is opened before `__enter__`.

        Args:
            transport: `pty` or `tcp`; left out, a pty where the system has them.
            tcp_port: port on loopback for `tcp`, 0 for any free one.
            baud: pace of the answers in bits per second, 0 for as fast as they go.
            speed: what a driver must set its end of a pty to, 0 for any.
        """
        self.transport = transport or ("pty" if os.name == "posix" else "tcp")
        self._tcp_port = tcp_port
        self._baud, self._speed = baud, speed
        self._sam = SimulatedSam()
        self._line: Line | None = None
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._serve, name="simulated-id-reader", daemon=True)

    def __enter__(self) -> Self:
        self._line = PtyLine(self._speed) if self.transport == "pty" else TcpLine(self._tcp_port)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.unplug()

    @property
    def port(self) -> str:
        """What `[id_reader] port` has to say to reach this reader."""
        if self._line is None:
            raise RuntimeError("the simulated reader is not plugged in")
        return self._line.url

    @property
    def reads(self) -> int:
        """How many cards were read to the end."""
        return self._sam.reads

    def lay_card(self, card: IdCard) -> None:
        """Lay a card on the reader."""
        self._sam.lay_card(card)

    def lift(self) -> None:
        """Take the card away."""
        self._sam.lift()

    def plan(self, fault: Fault, on: Ask, *, status: int = 0, seconds: float = 0.0, times: int = 1) -> None:
        """Let the next answers to one command go wrong."""
        self._sam.plan(fault, on, status=status, seconds=seconds, times=times)

    def unplug(self) -> None:
        """Pull the cable; the reader does not come back."""
        self._stop.set()
        if self._thread.is_alive() and threading.current_thread() is not self._thread:
            self._thread.join()

    def _serve(self) -> None:
        line, waiting = self._line, bytearray()
        if line is None:
            return
        try:
            while not self._stop.is_set():
                waiting += line.read()
                while command := _take_command(waiting):
                    reply = self._sam.reply(command)
                    if reply.unplugged or self._stop.wait(reply.after_s):
                        return
                    self._send(line, reply.data)
        except LineBroken:
            return
        finally:
            line.close()

    def _send(self, line: Line, data: bytes) -> None:
        if not self._baud:
            line.write(data)
            return
        for at in range(0, len(data), _PACE_BYTES):
            part = data[at : at + _PACE_BYTES]
            time.sleep(len(part) * BITS_PER_BYTE / self._baud)
            line.write(part)


def run(
    announce: Callable[[dict[str, str]], None],
    cards: Iterable[IdCard],
    stop: threading.Event,
    *,
    transport: str = "",
    tcp_port: int = 0,
    baud: int = 115200,
    rest_s: float = 2.0,
) -> None:
    """Serve a simulated reader until somebody asks to stop, one applicant's card after another.

    A card lies until it is read, is lifted then, and `rest_s` seconds later the next one comes; the last one comes
    again and again.

    Args:
        announce: is told once where the reader is reached, as an object that goes into JSON.
        cards: the applicants' cards in their order.
        stop: set by whoever wants the reader to end.
        transport: as for `SimulatedIdReader`, like the next two.
        tcp_port: port on loopback for `tcp`.
        baud: pace of the answers in bits per second.
        rest_s: how long the reader lies empty between two cards.
    """
    with SimulatedIdReader(transport, tcp_port=tcp_port, baud=baud) as reader:
        announce({"device": "id-reader", "port": reader.port, "transport": reader.transport})
        coming = iter(cards)
        card = next(coming, None)
        while card is not None and not stop.is_set():
            reader.lay_card(card)
            already = reader.reads
            while reader.reads == already and not stop.wait(0.1):
                pass
            stop.wait(rest_s / 2)
            reader.lift()
            stop.wait(rest_s / 2)
            card = next(coming, card)
        stop.wait()


def _take_command(waiting: bytearray) -> bytes:
    """Cut the first whole command out of what came; empty while there is none."""
    at = waiting.find(HEAD)
    if at < 0:
        del waiting[: max(0, len(waiting) - len(HEAD) + 1)]
        return b""
    del waiting[:at]
    length = int.from_bytes(waiting[5:7]) if len(waiting) >= 7 else 0  # noqa: PLR2004 - header and length field
    end = 7 + max(length, _SHORTEST_COMMAND)
    if len(waiting) < end:
        return b""
    command = bytes(waiting[:end])
    del waiting[:end]
    return command
