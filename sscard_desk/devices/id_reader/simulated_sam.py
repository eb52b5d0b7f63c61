"""A model of a SAM-V module: what it answers to commands, depending on the card that lies on it.

The fixed answers are the byte sequences of domain reference B.1, letter by letter, not built by the code under test.
"""

import threading
from dataclasses import dataclass
from enum import Enum
from typing import Final

from sscard_desk.devices.id_reader.simulated_card import encode_text
from sscard_desk.domain.id_card import IdCard

HEAD: Final = b"\xaa\xaa\xaa\x96\x69"
FIND_OK: Final = HEAD + bytes.fromhex("0008 00009F 00000000 97")
FIND_FAILED: Final = HEAD + bytes.fromhex("0004 000080 84")
SELECT_OK: Final = HEAD + bytes.fromhex("000C 000090 0000000000000000 9C")
SELECT_FAILED: Final = HEAD + bytes.fromhex("0004 000081 85")
READ_FAILED: Final = HEAD + bytes.fromhex("0004 000041 45")
SAM_NUMBER: Final = bytes.fromhex("0500 0300 D5AF3401 01000000 02000000")
"""05.03-20230101-0000000001-0000000002, little endian."""
_FINGERPRINT_BYTES: Final = 1024


class Ask(Enum):
    """Command and parameter, as the module knows them."""

    FIND = b"\x20\x01"
    SELECT = b"\x20\x02"
    READ = b"\x30\x01"
    READ_WITH_FINGERPRINT = b"\x30\x10"
    READ_ADDITIONAL = b"\x30\x03"
    RESET = b"\x10\xff"
    SAM_STATUS = b"\x11\xff"
    SAM_ID = b"\x12\xff"


class Fault(Enum):
    """What can be made to go wrong with the next answer to one command."""

    NOISE = "noise"
    """Bytes of nothing come before the answer."""
    CUT = "cut"
    """The answer breaks off in the middle."""
    CHECKSUM = "checksum"
    """One bit of the answer is turned."""
    LENGTH = "length"
    """The length field says more than any answer has."""
    SILENT = "silent"
    """Nothing comes."""
    LATE = "late"
    """The answer comes after `Planned.seconds`."""
    STATUS = "status"
    """The module refuses with `Planned.status`."""
    FINGERPRINT = "fingerprint"
    """The answer to READ brings fingerprints that nobody asked for."""
    LIFTED = "lifted"
    """The card is lifted just before the command arrives."""
    UNPLUGGED = "unplugged"
    """The line breaks."""


@dataclass(frozen=True)
class Planned:
    """One fault that waits for its command."""

    fault: Fault
    on: Ask
    status: int = 0
    seconds: float = 0.0


@dataclass(frozen=True)
class Reply:
    """What goes onto the line, after how long, and whether the line breaks instead."""

    data: bytes
    after_s: float = 0.0
    unplugged: bool = False


class SimulatedSam:
    """The module's state: the card that lies on it, and how far it was found, selected and read."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._planned: list[Planned] = []
        self._card: IdCard | None = None
        self._found = self._selected = self._spent = False
        self.reads = 0
        """How many cards were read to the end."""

    def lay_card(self, card: IdCard) -> None:
        """Lay a card on the reader, in place of one that may lie there."""
        with self._lock:
            self._change(card)

    def lift(self) -> None:
        """Take the card away."""
        with self._lock:
            self._change(None)

    def plan(self, fault: Fault, on: Ask, *, status: int = 0, seconds: float = 0.0, times: int = 1) -> None:
        """Let the next answers to a command go wrong."""
        with self._lock:
            self._planned += [Planned(fault, on, status, seconds)] * times

    def reply(self, command: bytes) -> Reply:
        """Return what the module does after one command frame, header to checksum."""
        counted = command[len(HEAD) :]
        with self._lock:
            if _xor(counted):
                return Reply(_answer(b"\0\0\x10"))
            try:
                ask = Ask(counted[2:4])
            except ValueError:
                return Reply(_answer(b"\0\0\x21"))
            planned = next((p for p in self._planned if p.on is ask), None)
            if planned is not None:
                self._planned.remove(planned)
                if planned.fault is Fault.LIFTED:
                    self._change(None)
            plain = self._plain(ask, fingerprint=planned is not None and planned.fault is Fault.FINGERPRINT)
            return _spoil(plain, planned) if planned else Reply(plain)

    def _change(self, card: IdCard | None) -> None:
        self._card = card
        self._found = self._selected = self._spent = False

    def _plain(self, ask: Ask, *, fingerprint: bool) -> bytes:  # noqa: PLR0911 - one answer per command
        match ask:
            case Ask.FIND:
                self._found = self._card is not None and not self._spent
                self._selected = False
                return FIND_OK if self._found else FIND_FAILED
            case Ask.SELECT:
                self._selected, self._found = self._found, False
                return SELECT_OK if self._selected else SELECT_FAILED
            case Ask.READ | Ask.READ_WITH_FINGERPRINT:
                return self._read(fingerprint=fingerprint or ask is Ask.READ_WITH_FINGERPRINT)
            case Ask.READ_ADDITIONAL:
                return self._additional()
            case Ask.RESET:
                self._found = self._selected = False
                return _answer(b"\0\0\x90")
            case Ask.SAM_STATUS:
                return _answer(b"\0\0\x90")
            case Ask.SAM_ID:
                return _answer(b"\0\0\x90" + SAM_NUMBER)

    def _read(self, *, fingerprint: bool) -> bytes:
        if self._card is None or not self._selected:
            return READ_FAILED
        self._selected = False
        self._spent = True
        self.reads += 1
        text, photo = encode_text(self._card), self._card.photo_wlt.ljust(1024, b"\0")
        lengths, rest = (b"\x01\0\x04\0\x04\0", bytes(_FINGERPRINT_BYTES)) if fingerprint else (b"\x01\0\x04\0", b"")
        return _answer(b"\0\0\x90" + lengths + text + photo + rest)

    def _additional(self) -> bytes:
        if self._card is None:
            return READ_FAILED
        if not self._card.address_added:
            return _answer(b"\0\0\x91")
        return _answer(b"\0\0\x90" + self._card.address_added.ljust(35).encode("utf-16-le"))


def _spoil(plain: bytes, planned: Planned) -> Reply:  # noqa: PLR0911 - one reply per fault
    match planned.fault:
        case Fault.NOISE:
            return Reply(b"\x00\xaa\xaa\x96\x69\xff\xaa" + plain)
        case Fault.CUT:
            return Reply(plain[: len(plain) * 2 // 3])
        case Fault.CHECKSUM:
            middle = len(plain) - 3
            return Reply(plain[:middle] + bytes([plain[middle] ^ 0x10]) + plain[middle + 1 :])
        case Fault.LENGTH:
            return Reply(plain[:5] + b"\xff\xff" + plain[7:])
        case Fault.SILENT:
            return Reply(b"")
        case Fault.LATE:
            return Reply(plain, after_s=planned.seconds)
        case Fault.STATUS:
            return Reply(_answer(bytes([0, 0, planned.status])))
        case Fault.UNPLUGGED:
            return Reply(b"", unplugged=True)
        case Fault.FINGERPRINT | Fault.LIFTED:
            return Reply(plain)


def _answer(body: bytes) -> bytes:
    counted = bytes(divmod(len(body) + 1, 256)) + body
    return HEAD + counted + bytes([_xor(counted)])


def _xor(counted: bytes) -> int:
    result = 0
    for byte in counted:
        result ^= byte
    return result
