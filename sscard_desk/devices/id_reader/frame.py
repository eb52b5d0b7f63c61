"""Frames on the line to a SAM-V id card module (domain reference B.1; checksums recalculated).

    host -> reader   AA AA AA 96 69 | LEN(2) | CMD PARA | DATA | CHK
    reader -> host   AA AA AA 96 69 | LEN(2) | SW1 SW2 SW3 | DATA | CHK

LEN is big endian and counts everything after itself; CHK is the exclusive or of everything from LEN on, so the
exclusive or of LEN to CHK is zero in a whole frame.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import reduce
from operator import xor
from typing import Final

HEADER: Final = bytes.fromhex("AAAAAA9669")
LEN_END: Final = len(HEADER) + 2
SHORTEST: Final = 4
"""SW1 SW2 SW3 CHK."""
LONGEST: Final = 4096
"""More than the longest answer there is (2314 with fingerprints); a length beyond it is noise."""


class Command(Enum):
    """CMD and PARA of what the host asks."""

    FIND = bytes.fromhex("2001")
    SELECT = bytes.fromhex("2002")
    READ = bytes.fromhex("3001")
    READ_ADDITIONAL = bytes.fromhex("3003")
    SAM_STATUS = bytes.fromhex("11FF")
    SAM_ID = bytes.fromhex("12FF")


@dataclass(frozen=True)
class Answer:
    """One whole answer whose checksum holds.

    Attributes:
        status: SW3, see `status.py`.
        data: what follows the three status bytes, without the checksum.
    """

    status: int
    data: bytes

    def __repr__(self) -> str:
        return f"Answer(status={self.status:#04x}, {len(self.data)} bytes)"


def command_frame(command: Command) -> bytes:
    """Return the bytes of one command, header to checksum."""
    counted = (len(command.value) + 1).to_bytes(2) + command.value
    return HEADER + counted + bytes([checksum(counted)])


def checksum(counted: bytes) -> int:
    """Return the exclusive or of LEN and everything after it."""
    return reduce(xor, counted, 0)


class FrameReader:
    """Finds answers in a stream of bytes, whatever lies before, between and after them.

    Bytes that belong to no frame are passed over. A frame whose checksum does not hold is passed over too, from behind
    its header on, and its damage is remembered: when nothing better follows, that is why the answer was lost.
    """

    def __init__(self) -> None:
        self._buffer = bytearray()
        self.damage = ""
        """`checksum` or `length` once a frame was passed over, otherwise empty."""

    @property
    def began(self) -> bool:
        """Whether the beginning of a frame waits for its rest."""
        return self._buffer.startswith(HEADER)

    @property
    def wanted(self) -> int:
        """How many bytes are still needed before the next step; never more than belong to this frame."""
        if not self.began or len(self._buffer) < LEN_END:
            return max(1, LEN_END - len(self._buffer))
        return LEN_END + self._length() - len(self._buffer)

    def feed(self, chunk: bytes) -> Iterator[Answer]:
        """Take more bytes from the line and yield every answer that is whole by now."""
        self._buffer += chunk
        while self._at_header() and len(self._buffer) >= LEN_END:
            length = self._length()
            if not SHORTEST <= length <= LONGEST:
                self._pass_over("length")
                continue
            end = LEN_END + length
            if len(self._buffer) < end:
                return
            counted = bytes(self._buffer[len(HEADER) : end])
            if checksum(counted):
                self._pass_over("checksum")
                continue
            del self._buffer[:end]
            yield Answer(status=counted[4], data=counted[5:-1])

    def _length(self) -> int:
        return int.from_bytes(self._buffer[len(HEADER) : LEN_END])

    def _pass_over(self, damage: str) -> None:
        self.damage = damage
        del self._buffer[: len(HEADER)]

    def _at_header(self) -> bool:
        """Drop what lies before the next header; keep a tail that may be the beginning of one."""
        at = self._buffer.find(HEADER)
        if at < 0:
            at = len(self._buffer)
            for kept in range(min(len(HEADER) - 1, at), 0, -1):
                if self._buffer.endswith(HEADER[:kept]):
                    at -= kept
                    break
            del self._buffer[:at]
            return False
        del self._buffer[:at]
        return True
