"""The lines on which the simulated id reader is reached: a pty where there are ptys, a TCP socket everywhere."""

import os
import select
import socket
from typing import Protocol

TICK_S = 0.05
_OUTPUT_SPEED = 5
"""Its place among what `termios.tcgetattr` gives."""


class LineBroken(Exception):
    """The line is closed for good."""


class Line(Protocol):
    """Bytes in both directions, as a cable carries them."""

    url: str
    """What the driver's port setting has to say."""

    def read(self) -> bytes:
        """Return what came within one tick, possibly nothing.

        Raises:
            LineBroken: the line was closed.
        """

    def write(self, data: bytes) -> None:
        """Send what the other side takes; like a UART, drop the rest."""

    def close(self) -> None:
        """Pull the cable."""


class PtyLine:
    """A pseudo terminal: the driver opens it like any serial port (POSIX only)."""

    def __init__(self, speed: int = 0) -> None:
        """Open it.

        Args:
            speed: in bits per second; whoever opened the port at another one sends and gets nonsense. 0 for any.
        """
        import pty  # noqa: PLC0415 - Windows has neither of these two
        import tty  # noqa: PLC0415 - see above

        self._speed = speed
        self._master, self._slave = pty.openpty()
        tty.setraw(self._slave)
        os.set_blocking(self._master, False)
        self.url = os.ttyname(self._slave)

    def read(self) -> bytes:
        """Return what the driver sent within one tick."""
        try:
            if not select.select([self._master], [], [], TICK_S)[0]:
                return b""
            data = os.read(self._master, 4096)
        except BlockingIOError:
            return b""
        except (OSError, ValueError):
            raise LineBroken from None
        return data if self._in_step() else _garbled(data)

    def write(self, data: bytes) -> None:
        """Send; what finds no room in the terminal's buffer is lost."""
        try:
            os.write(self._master, data if self._in_step() else _garbled(data))
        except BlockingIOError:
            return
        except OSError:
            raise LineBroken from None

    def _in_step(self) -> bool:
        """Return whether the driver set the speed of this line; a pty carries bytes at any."""
        if not self._speed:
            return True
        import termios  # noqa: PLC0415 - see above

        speed: int = termios.tcgetattr(self._slave)[_OUTPUT_SPEED]
        return bool(speed == getattr(termios, f"B{self._speed}"))

    def close(self) -> None:
        """Close both ends; the driver's next read or write fails."""
        for end in (self._master, self._slave):
            if end >= 0:
                os.close(end)
        self._master = self._slave = -1


def _garbled(data: bytes) -> bytes:
    """Return what a UART makes of bytes sent at another speed: as many others, and no frame among them."""
    return bytes((byte * 7 + 13) & 0xFF for byte in data)


class TcpLine:
    """A listening socket on loopback that serves one driver at a time, as a port does."""

    def __init__(self, port: int = 0) -> None:
        self._listening = socket.create_server(("127.0.0.1", port))
        self._peer: socket.socket | None = None
        self.url = "socket://{}:{}".format(*self._listening.getsockname()[:2])

    def read(self) -> bytes:
        """Return what the driver sent within one tick; accept a driver, turn a second one away."""
        peer = self._peer
        try:
            ready, _, _ = select.select([self._listening, *([peer] if peer else [])], [], [], TICK_S)
            data = self._receive() if peer in ready else b""
            if self._listening in ready:
                self._accept()
        except (OSError, ValueError):
            raise LineBroken from None
        return data

    def write(self, data: bytes) -> None:
        """Send to the driver, if one is there."""
        try:
            if self._peer:
                self._peer.sendall(data)
        except OSError:
            self._hang_up()

    def close(self) -> None:
        """Hang up and listen no more."""
        self._hang_up()
        self._listening.close()

    def _receive(self) -> bytes:
        try:
            data = self._peer.recv(4096) if self._peer else b""
        except OSError:
            data = b""
        if not data:
            self._hang_up()
        return data

    def _accept(self) -> None:
        newcomer, _ = self._listening.accept()
        if self._peer:
            newcomer.close()
        else:
            newcomer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._peer = newcomer

    def _hang_up(self) -> None:
        if self._peer:
            self._peer.close()
        self._peer = None
