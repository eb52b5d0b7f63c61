"""The process that speaks PC/SC: a dumb proxy over pipes, so that a hung reader can be ended from outside.

A hung card never times out and SCardCancel does not wake SCardTransmit, so PC/SC never runs in the desk's own process.
The proxy decides nothing. A request is one byte of operation, four bytes of length and a payload; an answer is four
bytes of PC/SC result, four bytes of length and a payload (all big endian). It ends when its input ends.

The frozen program has no interpreter for `-m`: it starts itself with `ARGUMENT`, and `__main__` calls `main` first.
"""

import json
import os
import signal
import struct
from pathlib import Path
from typing import Any, BinaryIO, Final

ARGUMENT: Final = "--card-worker"
"""First argument of the frozen program when it is to be this process."""

REQUEST: Final = struct.Struct(">BI")
ANSWER: Final = struct.Struct(">II")

LIST: Final = 0x4C
"""List readers: no payload; answer JSON `[[name, state flags], ...]`."""

WAIT: Final = 0x57
"""Wait for a change: payload JSON `[timeout in ms, [[name, known state], ...]]`; answer as LIST."""

CONNECT: Final = 0x43
"""Connect exclusively: payload is the reader's name; answer is the active protocol (1 byte) and the ATR."""

TRANSMIT: Final = 0x54
"""Send one command: payload and answer are bytes as the card sees them."""

DISCONNECT: Final = 0x44
"""Let go of the card and reset it."""

FEATURES: Final = 0x46
"""Ask the reader of the card for its features (PC/SC part 10): no payload; answer as the reader gives it."""

CONTROL: Final = 0x58
"""Send a control code to the reader of the card: payload is the code (4 bytes) and its data; answer as it comes."""

_GET_FEATURE_REQUEST: Final = 3400

Answer = tuple[int, bytes]


class _PcscProxy:
    """One PC/SC context and at most one card."""

    def __init__(self) -> None:
        # here and not above: the parent reads this module's constants without loading the PC/SC library
        from smartcard import scard  # noqa: PLC0415 - see above

        self._scard: Any = scard
        self._card: Any = None
        self._send_pci: Any = None
        self._context: Any = None

    def answer(self, operation: int, payload: bytes) -> Answer:
        if operation == TRANSMIT:
            result, data = self._scard.SCardTransmit(self._card, self._send_pci, list(payload))
            return result, bytes(data or ())
        return {
            LIST: self._list,
            WAIT: self._wait,
            CONNECT: self._connect,
            DISCONNECT: self._disconnect,
            FEATURES: self._features,
            CONTROL: self._control,
        }[operation](payload)

    def _list(self, _payload: bytes) -> Answer:
        # a context made anew for each listing costs little, and survives a service that was restarted meanwhile
        if self._context is not None:
            self._scard.SCardReleaseContext(self._context)
        result, self._context = self._scard.SCardEstablishContext(self._scard.SCARD_SCOPE_USER)
        if result:
            self._context = None
            return result, b""
        result, readers = self._scard.SCardListReaders(self._context, [])
        if result or not readers:
            return result, b"[]"
        return self._states(0, [(name, self._scard.SCARD_STATE_UNAWARE) for name in readers])

    def _wait(self, payload: bytes) -> Answer:
        timeout, known = json.loads(payload)
        return self._states(timeout, [(name, state) for name, state in known])

    def _states(self, timeout: int, known: list[tuple[str, int]]) -> Answer:
        result, states = self._scard.SCardGetStatusChange(self._context, timeout, known)
        return result, json.dumps([[name, state] for name, state, _atr in states or ()]).encode()

    def _connect(self, payload: bytes) -> Answer:
        scard = self._scard
        result, card, protocol = scard.SCardConnect(
            self._context,
            payload.decode(),
            scard.SCARD_SHARE_EXCLUSIVE,
            scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1,
        )
        if result:
            return result, b""
        self._card = card
        self._send_pci = scard.SCARD_PCI_T1 if protocol == scard.SCARD_PROTOCOL_T1 else scard.SCARD_PCI_T0
        result, _reader, _state, _protocol, atr = scard.SCardStatus(card)
        return result, bytes((protocol,)) + bytes(atr or ())

    def _features(self, _payload: bytes) -> Answer:
        # the same request has another code with each system's service
        result, data = self._scard.SCardControl(self._card, self._scard.SCARD_CTL_CODE(_GET_FEATURE_REQUEST), [])
        return result, bytes(data or ())

    def _control(self, payload: bytes) -> Answer:
        code = int.from_bytes(payload[:4], "big")
        result, data = self._scard.SCardControl(self._card, code, list(payload[4:]))
        return result, bytes(data or ())

    def _disconnect(self, _payload: bytes) -> Answer:
        if self._card is None:
            return 0, b""
        # reset: whoever takes the card next must not inherit what was authenticated here
        result = self._scard.SCardDisconnect(self._card, self._scard.SCARD_RESET_CARD)
        self._card = None
        return result, b""


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer requests until the input ends."""
    proxy = _PcscProxy()
    while len(header := requests.read(REQUEST.size)) == REQUEST.size:
        operation, length = REQUEST.unpack(header)
        payload = requests.read(length)
        if len(payload) < length:
            return
        result, data = proxy.answer(operation, payload)
        try:
            answers.write(ANSWER.pack(result & 0xFFFF_FFFF, len(data)) + data)
            answers.flush()
        except BrokenPipeError:  # the desk was killed while the card worked
            return


def main() -> None:
    """Run as the worker process: requests on standard input, answers on standard output."""
    # Ctrl+C in a terminal reaches the whole group; the desk decides when this process ends
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # file descriptors and not sys.stdin: a frozen program without a console has none of those objects
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    # a library that prints must not print into the answers
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), 1)
    serve(requests, answers)


if __name__ == "__main__":
    main()
