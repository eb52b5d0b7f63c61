"""Driver for resident id card readers with a SAM-V module on a serial line.

Interface: UART 8N1, 115200 baud by default, through pyserial: a COM port or tty, a pty, or a pyserial URL such as
`socket://127.0.0.1:4001`. Standard: SAM-V frames (domain reference B.1 to B.3). Tried against the simulated reader
over a pty and over a socket only; no genuine reader was at hand.

After a good read the module finds the same card again only when it was lifted in between (from memory): who reads
twice without lifting gets "no card", which is not a fault.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Final

import serial

from sscard_desk.devices.id_reader.base_message import parse_base_message
from sscard_desk.devices.id_reader.frame import LONGEST, Answer, Command, FrameReader, command_frame
from sscard_desk.devices.id_reader.status import NO_CARD_IN_PLACE, Status
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.device import (
    IdCardNotRead,
    IdFrameDamaged,
    IdReaderMissing,
    IdReaderRefused,
    IdReaderSilent,
)
from sscard_desk.domain.id_card import IdCard
from sscard_desk.ports.devices import Cancel, DeviceState, Health

try:
    from termios import error as _TermiosError  # noqa: N812 - a class with a small name
except ImportError:  # Windows has no termios, and pyserial raises its own error there
    _TermiosError = serial.SerialException  # type: ignore[misc, assignment] # either is caught

LINE_LOST: Final = (serial.SerialException, OSError, _TermiosError)
"""What pyserial raises when the port is not there, held by another program, or gone."""

POLL_S: Final = 0.3
"""Between two attempts to find a card (domain reference B.4)."""
DEADLINE_S: Final = {
    Command.FIND: 0.8,
    Command.SELECT: 0.8,
    Command.READ: 3.0,
    Command.READ_ADDITIONAL: 1.5,
    Command.SAM_STATUS: 0.5,
    Command.SAM_ID: 0.5,
}
"""How long an answer may take to be whole; reading contains the radio traffic with the card."""
TICK_S: Final = 0.05
"""How long one look at the line lasts before the wish to stop is looked at."""
GAP_S: Final = 0.3
"""A module sends an answer in one go; a longer pause inside it means that the rest is lost."""
DRAIN_AT_MOST_S: Final = 0.5
_ADDITIONAL_BYTES: Final = 70


class SerialIdReader:
    """The id reader on one port; implements `ports.id_reader.IdReader`. One lane uses it at a time."""

    def __init__(self, port: str, baud: int = 115200, *, additional_address: bool = False) -> None:
        """Remember where the reader is; nothing is opened.

        Args:
            port: `/dev/ttyUSB0`, `COM3` or a pyserial URL.
            baud: line speed; the module must have been set to it.
            additional_address: ask each card for the address that an office added later (command 30 03).
        """
        self.port = port
        self._baud = baud
        self._additional = additional_address
        self._in_use = False

    @property
    def in_use(self) -> bool:
        """Whether somebody holds the line open."""
        return self._in_use

    def probe(self) -> DeviceState:
        """Ask the module for its state and number; never raise for "not there"."""
        if self._in_use:
            return DeviceState(Health.BUSY, self.port)
        try:
            with self.open() as session:
                facts = session.facts()
        except IdReaderSilent as silent:
            return DeviceState(Health.SILENT, self.port, silent)
        except IdReaderMissing as missing:
            return DeviceState(Health.OFF, self.port, missing)
        except DeskError as trouble:
            return DeviceState(Health.WARNING, self.port, trouble)
        return DeviceState(Health.READY, self.port, facts={"line": f"{self._baud} 8N1"} | facts)

    @contextmanager
    def open(self) -> Iterator["SamSession"]:
        """Open the line for one or more reads, for this program alone.

        Raises:
            IdReaderMissing: the port is not there or another program holds it.
        """
        try:
            line = serial.serial_for_url(
                self.port, do_not_open=True, baudrate=self._baud, timeout=TICK_S, write_timeout=1.0, exclusive=True
            )
        except ValueError:  # a URL or a speed that pyserial does not know
            raise IdReaderMissing from None
        try:
            line.open()
        except (*LINE_LOST, ValueError):
            _close(line)
            raise IdReaderMissing from None
        self._in_use = True
        try:
            yield SamSession(line, additional_address=self._additional)
        finally:
            self._in_use = False
            _close(line)


class SamSession:
    """An open line to the module; implements `ports.id_reader.IdReaderSession`."""

    def __init__(self, line: serial.Serial, *, additional_address: bool) -> None:
        self._line = line
        self._additional = additional_address

    def knock(self) -> None:
        """Ask for the module's state; any whole answer will do.

        Raises:
            IdFrameDamaged, IdReaderSilent, IdReaderMissing: no module speaks here, or not at this speed.
        """
        self._ask(Command.SAM_STATUS, Cancel())

    def facts(self) -> dict[str, str]:
        """Return the module's own number; short technical facts, nothing of a card.

        Raises:
            IdReaderRefused, IdFrameDamaged, IdReaderSilent, IdReaderMissing: as `read`.
        """
        cancel = Cancel()
        _expect(self._ask(Command.SAM_STATUS, cancel), Status.OK)
        number = self._ask(Command.SAM_ID, cancel)
        return {"sam": _sam_number(number.data)} if number.status == Status.OK else {}

    def read(self, cancel: Cancel, wait_s: float = 0.0) -> IdCard:
        """Find, select and read the card, trying every 300 ms for at most `wait_s` seconds.

        Raises:
            IdCardNotRead: no card came in time, or it was lifted before it was read.
            IdFrameDamaged: an answer was cut, or failed its length or checksum; nothing of it is used.
            IdReaderRefused: the module answered with an error status.
            IdReaderSilent: nothing at all came from the module.
            IdReaderMissing: the line broke.
            IdCardUnreadable: the card's text breaks its format.
            UnknownCode: the card holds a code that its table does not have.
            Cancelled: somebody asked to stop.
        """
        end = time.monotonic() + wait_s
        while True:
            try:
                return self._attempt(cancel)
            except IdCardNotRead:
                if time.monotonic() + POLL_S > end:
                    raise
            cancel.wait(POLL_S)

    def _attempt(self, cancel: Cancel) -> IdCard:
        _expect(self._find(cancel), Status.CARD_FOUND)
        _expect(self._ask(Command.SELECT, cancel), Status.OK)
        answer = self._ask(Command.READ, cancel)
        _expect(answer, Status.OK)
        card = parse_base_message(answer.data)
        if self._additional:
            card = replace(card, address_added=self._added_address(cancel))
        return card

    def _find(self, cancel: Cancel) -> Answer:
        """Ask for a card; a damaged answer is asked for once more, since finding changes nothing."""
        try:
            return self._ask(Command.FIND, cancel)
        except IdFrameDamaged:
            return self._ask(Command.FIND, cancel)

    def _added_address(self, cancel: Cancel) -> str:
        """Return the address added later, empty where there is none: 30 03 is not on every module."""
        answer = self._ask(Command.READ_ADDITIONAL, cancel)
        if answer.status != Status.OK:
            return ""
        return answer.data[:_ADDITIONAL_BYTES].decode("utf-16-le", "ignore").strip("\0 \u3000")

    def _ask(self, command: Command, cancel: Cancel) -> Answer:
        """Send one command and return its answer; what came late for an earlier one is thrown away first."""
        cancel.check()
        try:
            self._drain()
            self._line.write(command_frame(command))
            return self._receive(time.monotonic() + DEADLINE_S[command], cancel)
        except LINE_LOST:
            raise IdReaderMissing from None

    def _receive(self, end: float, cancel: Cancel) -> Answer:
        frames = FrameReader()
        heard_at = 0.0
        while time.monotonic() < end:
            cancel.check()
            chunk = self._line.read(frames.wanted)
            for answer in frames.feed(chunk):
                return answer
            if chunk:
                heard_at = time.monotonic()
            elif frames.damage or (frames.began and time.monotonic() - heard_at > GAP_S):
                break  # quiet behind a damaged frame or in the middle of one: nothing better follows
        if not heard_at:
            raise IdReaderSilent
        raise IdFrameDamaged(reason=frames.damage or ("cut" if frames.began else "noise"))

    def _drain(self) -> None:
        """Read until the line is quiet: flushing the port's buffer would miss bytes still on the way."""
        end = time.monotonic() + DRAIN_AT_MOST_S
        while self._line.in_waiting and time.monotonic() < end:
            self._line.read(LONGEST)


def _expect(answer: Answer, status: Status) -> None:
    if answer.status == status:
        return
    if answer.status in NO_CARD_IN_PLACE:
        raise IdCardNotRead
    raise IdReaderRefused(status=answer.status)


def _sam_number(data: bytes) -> str:
    """Return the module's number as printed on it, like `05.03-20230101-0000000001-0000000002` (single source)."""
    parts = [int.from_bytes(data[at:end], "little") for at, end in ((0, 2), (2, 4), (4, 8), (8, 12), (12, 16))]
    return f"{parts[0]:02d}.{parts[1]:02d}-{parts[2]:08d}-{parts[3]:010d}-{parts[4]:010d}"


def _close(line: serial.Serial) -> None:
    held = getattr(line, "_socket", None)  # pyserial lets go of a socket that its peer broke, without closing it
    try:
        line.close()
    except LINE_LOST:  # a port that was pulled cannot be closed in order, and need not be
        return
    finally:
        if held is not None:
            held.close()
