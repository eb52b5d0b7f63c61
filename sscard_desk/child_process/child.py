"""The process: it imports one room of the program and answers each request with that room's `answer(bytes) -> bytes`.

A request is four bytes of length and a payload; an answer is one byte (`DONE` or `REFUSED`), four bytes of length and
a payload (big endian). It ends when its input ends, at once and in the middle of a call too: the desk that asked is
gone then. Any exception but `Refusal` ends it: what a library left behind is not worth a second try.

The frozen program has no interpreter for `-m`: it starts itself with `ARGUMENT` and the room's name.
"""

import importlib
import os
import queue
import signal
import struct
import threading
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, Final, NoReturn

from sscard_desk.child_process.quiet_end import end_quietly

ARGUMENT: Final = "--child"
"""First argument of the frozen program when it is to be this process; the second is the room's module."""

LENGTH: Final = struct.Struct(">I")
ANSWER: Final = struct.Struct(">BI")
DONE: Final = 0
REFUSED: Final = 1
FAILED_STATUS: Final = 70
"""Exit status after an exception of the room (`EX_SOFTWARE` of sysexits.h)."""
NICENESS: Final = 5

Answerer = Callable[[bytes], bytes]


class Refusal(Exception):
    """What a room raises for a request that it understood and cannot serve; `word` is fixed text, never contents."""

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word


def serve(answer: Answerer, requests: "queue.SimpleQueue[bytes]", answers: BinaryIO) -> NoReturn:
    """Answer requests for as long as the process lives."""
    while True:
        try:
            kind, data = DONE, answer(requests.get())
        except Refusal as refusal:
            kind, data = REFUSED, refusal.word.encode("ascii")
        answers.write(ANSWER.pack(kind, len(data)) + data)
        answers.flush()


def main(room: str) -> NoReturn:
    """Run as the child process: requests on standard input, answers on standard output; never returns.

    Args:
        room: the module with `answer`.
    """
    # Ctrl+C in a terminal reaches the whole group; the desk decides when this process ends
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_quietly()
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    # file descriptors and not sys.stdin: a frozen program without a console has none of those objects
    source, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    # a library that prints must not print into the answers
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), 1)
    requests: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(source, requests), name="requests", daemon=True).start()
    try:
        serve(importlib.import_module(room).answer, requests, answers)
    finally:
        # no clearing up: a library that broke may hang in it
        os._exit(FAILED_STATUS)


def _listen(source: BinaryIO, requests: "queue.SimpleQueue[bytes]") -> None:
    while len(header := source.read(LENGTH.size)) == LENGTH.size:
        (length,) = LENGTH.unpack(header)
        payload = source.read(length)
        if len(payload) < length:
            break
        requests.put(payload)
    os._exit(0)
