"""The virtual card in a virtual reader: a client of vpcd, so that a real PC/SC service and driver stand in between.

vpcd speaks over TCP: two bytes of length (big endian) and a payload; payloads of one byte are 00 power off, 01 power
on, 02 reset (no answer) and 04 answer to reset; everything else is a command. Inserting a card is connecting, pulling
it is closing.
"""

import contextlib
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from sscard_desk.cards.profile import CardProfile
from sscard_desk.devices.card_reader.card_faults import Fault, FaultKind, LineSpeed
from sscard_desk.devices.card_reader.virtual_card import VirtualCard
from sscard_desk.devices.card_reader.virtual_command import VirtualChip
from sscard_desk.devices.card_reader.virtual_files import blank_card, kept_card

DEFAULT_PORT: Final = 0x8C7B
"""Where Debian's configuration of vpcd listens."""

_LENGTH: Final = struct.Struct(">H")
_POWER_OFF, _POWER_ON, _RESET, _ATR = 0, 1, 2, 4
_AGAIN_S: Final = 0.2
_UNHEARD: Final = b"\x6f\x00"
"""Says the driver for a card that a command did not reach, when whoever sent it is gone already."""

SETTLE_S: Final = 0.45
"""pcscd looks at a slot every 0.4 s. A card that comes back sooner after a broken command is never announced."""


BACK_S: Final = 3.0
"""After so long the verb `simulate card` puts a card in again that a fault pulled."""


class _Pulled(Exception):
    pass


class SimulatedCard:
    """A card that a hand (a test, the demo, the `simulate` verb) puts into a virtual reader and takes out again.

    Args:
        card: the card.
        port: where vpcd listens for this slot.
        host: likewise.
        faults: what is to go wrong, each once.
        speed: of a real card's line; None answers as fast as it can.
    """

    def __init__(
        self,
        card: VirtualChip,
        port: int = DEFAULT_PORT,
        host: str = "127.0.0.1",
        faults: Iterable[Fault] = (),
        speed: LineSpeed | None = None,
    ) -> None:
        self.card = card
        self.commands: list[bytes] = []
        """Headers (CLA INS P1 P2) of the commands that arrived; never their data."""
        self._address = (host, port)
        self.line_s = 0.0
        """How long a real line takes for what was exchanged so far, in seconds; 0 without a speed."""
        self._faults = list(faults)
        self._speed = speed
        self._out = threading.Event()
        self._out.set()
        self._in = threading.Event()
        self._line: socket.socket | None = None
        self._left_at = 0.0
        self._thread: threading.Thread | None = None

    @property
    def inserted(self) -> bool:
        """Whether the card is connected to a reader."""
        return self._in.is_set()

    def insert(self, wait_s: float = 5.0) -> bool:
        """Put the card in and return whether a reader took it within `wait_s` seconds; it goes on trying."""
        self.pull()
        time.sleep(max(0.0, self._left_at + SETTLE_S - time.monotonic()))
        self._out.clear()
        self._thread = threading.Thread(target=self._stay_in, name="virtual-card", daemon=True)
        self._thread.start()
        return self._in.wait(wait_s)

    def pull(self) -> None:
        """Take the card out."""
        self._out.set()
        if self._line:
            with contextlib.suppress(OSError):
                self._line.shutdown(socket.SHUT_RDWR)
        if self._thread:
            self._thread.join()
            self._thread = None

    def wait_pulled(self, wait_s: float) -> bool:
        """Return whether the card left the reader (by a fault or by `pull`) within `wait_s` seconds."""
        return self._out.wait(wait_s)

    def _stay_in(self) -> None:
        """Connect and serve; connect again when the service was restarted, until the card is pulled."""
        while not self._out.is_set():
            try:
                with socket.create_connection(self._address, timeout=5) as line:
                    line.settimeout(None)
                    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                    self._line = line
                    self.card.reset()
                    self._in.set()
                    self._serve(line)
            except _Pulled:
                self._out.set()
            except OSError:
                self._out.wait(_AGAIN_S)
            finally:
                self._in.clear()
                self._line = None
                self._left_at = time.monotonic()

    def _serve(self, line: socket.socket) -> None:
        while not self._out.is_set():
            payload = _receive(line, _LENGTH.unpack(_receive(line, _LENGTH.size))[0])
            if len(payload) > 1:
                self._exchange(line, payload)
            elif payload[0] == _ATR:
                _send(line, self.card.atr)
            else:
                self.card.reset()

    def _exchange(self, line: socket.socket, apdu: bytes) -> None:
        begun = time.perf_counter()
        self.commands.append(apdu[:4])
        fault = self._due(apdu)
        if fault is not None:
            self._go_wrong(line, apdu, fault)
            return
        answer = self.card.process(apdu)
        if self._speed is not None:
            takes_s = self._speed.seconds(apdu, answer)
            self.line_s += takes_s
            time.sleep(max(0.0, begun + takes_s - time.perf_counter()))
        _send(line, answer)

    def _go_wrong(self, line: socket.socket, apdu: bytes, fault: Fault) -> None:
        answer = _UNHEARD
        if fault.kind is not FaultKind.PULL_BEFORE:
            answer = self.card.process(apdu, torn=fault.kind is FaultKind.PULL_HALF)
        if fault.kind is FaultKind.PULL_ANSWERED:
            _send(line, answer)
        if fault.kind is FaultKind.HANG:
            self._out.wait()
        if fault.strike is not None:
            fault.strike()
        if not fault.stays:
            raise _Pulled
        if fault.kind is not FaultKind.PULL_ANSWERED:
            _send(line, answer)

    def _due(self, apdu: bytes) -> Fault | None:
        for fault in self._faults:
            counted = sum(fault.instruction in (None, header[1]) for header in self.commands)
            if fault.instruction in (None, apdu[1]) and counted == fault.at:
                self._faults.remove(fault)
                return fault
        return None


def run(
    profile: CardProfile,
    stop: threading.Event,
    tell: Callable[[str], None],
    *,
    port: int = DEFAULT_PORT,
    host: str = "127.0.0.1",
    state: Path | None = None,
    identification_code: str = "",
    spec_version: str = "2.00",
    faults: Iterable[Fault] = (),
    speed: LineSpeed | None = None,
) -> None:
    """Keep a virtual card in a vpcd reader until asked to stop; the verb `simulate card`.

    Args:
        profile: whose training keys the card has.
        stop: ends it.
        tell: given each change as `inserted HOST:PORT`, `waiting HOST:PORT` or `pulled HOST:PORT`.
        port: where vpcd listens.
        host: likewise.
        state: keeps the card between runs; an existing file is the card.
        identification_code: of a new card; empty makes one up.
        spec_version: of a new card.
        faults: what is to go wrong; a card that a fault pulled is put in again after some seconds.
        speed: of a real card's line.
    """
    memory = kept_card(state) if state and state.exists() else blank_card(identification_code, spec_version, state)
    _keep(SimulatedCard(VirtualCard(memory, profile), port, host, faults, speed), stop, tell, f"{host}:{port}")


def keep_in(
    chip: VirtualChip, stop: threading.Event, tell: Callable[[str], None], *, port: int, host: str = "127.0.0.1"
) -> None:
    """Keep any virtual chip in a vpcd reader until asked to stop; the verb `simulate psam`. Words as `run`."""
    _keep(SimulatedCard(chip, port, host), stop, tell, f"{host}:{port}")


def _keep(simulated: SimulatedCard, stop: threading.Event, tell: Callable[[str], None], place: str) -> None:
    simulated.insert(wait_s=0)
    told = ""
    try:
        while not stop.wait(_AGAIN_S if told else 0.05):
            if simulated.wait_pulled(0):
                tell(f"pulled {place}")
                stop.wait(BACK_S)
                simulated.insert(wait_s=0)
            now = f"{'inserted' if simulated.inserted else 'waiting'} {place}"
            if now != told:
                tell(now)
                told = now
    finally:
        simulated.pull()


def _receive(line: socket.socket, length: int) -> bytes:
    data = b""
    while len(data) < length:
        # without it each command waits 40 ms for the delayed acknowledgement of the one before
        quick = getattr(socket, "TCP_QUICKACK", None)
        if quick is not None:
            line.setsockopt(socket.IPPROTO_TCP, quick, 1)
        more = line.recv(length - len(data))
        if not more:
            raise ConnectionError
        data += more
    return data


def _send(line: socket.socket, payload: bytes) -> None:
    line.sendall(_LENGTH.pack(len(payload)) + payload)
