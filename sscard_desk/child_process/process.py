"""The desk's end: a child process that is started when it is first asked and ended when nobody asks any more."""

import contextlib
import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Final

from sscard_desk.child_process.child import ANSWER, ARGUMENT, LENGTH, REFUSED
from sscard_desk.ports.devices import Cancel, Cancelled

IDLE_S: Final = 120.0
NOT_STARTED: Final = 127
"""Status of a process that the system could not start, as a shell gives it."""
_LOOK_EVERY_S: Final = 0.1
_PACKAGE: Final = "sscard_desk.child_process"
_END_S: Final = 2.0
_NEVER: Final = float("inf")


class ChildCrashed(Exception):
    """The process ended before it answered. `status` is the system's exit status (POSIX: negative for a signal)."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class ChildHung(Exception):
    """The process did not answer in time and was ended."""


class ChildRefused(Exception):
    """The process answered that it cannot serve the request. `word` is fixed text of its room."""

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word


class ChildProcess:
    """One room of the program in a process of its own; it may be asked from any thread, one request after the other.

    After a crash, a hang or a cancel the next request starts a new process. Nothing is asked twice by itself.
    """

    def __init__(self, room: str, *, idle_s: float = IDLE_S) -> None:
        """Name the room; nothing is started yet.

        Args:
            room: the module with `answer(bytes) -> bytes`, for example `sscard_desk.imaging.id_scan.worker`.
            idle_s: seconds without a request after which the process is ended and its memory given back.
        """
        self._room = room
        self._idle_s = idle_s
        self._turn = threading.Lock()
        self._changed = threading.Condition()
        self._process: subprocess.Popen[bytes] | None = None
        self._until = _NEVER
        self._cancel: Cancel | None = None
        self._asking = False
        self._hung = False

    @property
    def process_id(self) -> int | None:
        """The process's id, None while none runs; for the doctor page and for measuring."""
        process = self._process
        return process.pid if process else None

    def ask(self, request: bytes, *, within_s: float, cancel: Cancel | None = None) -> bytes:
        """Send one request and return its answer; the process is started if none runs.

        Args:
            request: what the room's `answer` gets.
            within_s: seconds for the whole, start included.
            cancel: a wish to stop ends the process within 0.1 s.

        Raises:
            ChildCrashed, ChildHung, ChildRefused: see there.
            Cancelled: somebody asked to stop.
        """
        with self._turn:
            process = self._begin(within_s, cancel)
            try:
                kind, data = _exchange(process, request)
            except OSError:
                self._fail(process, cancel)
            self._end()
        if kind == REFUSED:
            raise ChildRefused(data.decode("ascii", "replace"))
        return data

    def close(self) -> None:
        """End the process if one runs, a call in it too; a later request starts a new one."""
        with self._changed:
            process = self._process
            if process is None:
                return
            if self._asking:
                process.kill()  # whoever asked reads the end of it and clears up
                return
            self._forget()

    def _begin(self, within_s: float, cancel: Cancel | None) -> "subprocess.Popen[bytes]":
        with self._changed:
            if self._process is not None and self._process.poll() is not None:
                self._forget()  # it ended between two requests: nobody lost anything
            if self._process is None:
                try:
                    self._process = _start(self._room)
                except OSError:
                    raise ChildCrashed(NOT_STARTED) from None
                threading.Thread(target=self._watch, args=(self._process,), name="child-watch", daemon=True).start()
            self._until = time.monotonic() + within_s
            self._cancel, self._asking, self._hung = cancel, True, False
            self._changed.notify_all()
            return self._process

    def _end(self) -> None:
        with self._changed:
            self._cancel, self._asking = None, False
            self._until = time.monotonic() + self._idle_s
            self._changed.notify_all()

    def _fail(self, process: "subprocess.Popen[bytes]", cancel: Cancel | None) -> None:
        """Clear up after a process that gave no answer, and raise what became of it."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_END_S)  # its pipe ends a moment before it does: wait for its own status
        with self._changed:
            hung = self._hung
            self._asking = False
            self._forget()
        if cancel is not None and cancel.is_set():
            raise Cancelled
        if hung:
            raise ChildHung
        raise ChildCrashed(process.returncode)

    def _watch(self, process: "subprocess.Popen[bytes]") -> None:
        with self._changed:
            while self._process is process:
                left = self._until - time.monotonic()
                wished = self._cancel is not None and self._cancel.is_set()
                if self._asking and (left <= 0 or wished):
                    self._hung = not wished
                    process.kill()
                    return
                if left <= 0:
                    self._forget()
                    return
                self._changed.wait(min(left, _LOOK_EVERY_S) if self._cancel is not None else left)

    def _forget(self) -> None:
        """Make sure that the process is gone; to be called while holding `_changed`."""
        process, self._process = self._process, None
        self._changed.notify_all()
        if process is None:
            return
        process.kill()  # one that has ended keeps its own status
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe:
                pipe.close()


def _start(room: str) -> "subprocess.Popen[bytes]":
    frozen = getattr(sys, "frozen", False)
    command = [sys.executable, ARGUMENT, room] if frozen else [sys.executable, "-m", _PACKAGE, room]
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        # what libraries write there may hold what stands on the picture
        stderr=subprocess.DEVNULL,
        bufsize=0,
        cwd=None if frozen else Path(__file__).parents[2],
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0)
        | getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0),
    )


def _exchange(process: "subprocess.Popen[bytes]", request: bytes) -> tuple[int, bytes]:
    if process.stdin is None or process.stdout is None:
        raise BrokenPipeError
    whole = memoryview(LENGTH.pack(len(request)) + request)
    while whole:
        whole = whole[os.write(process.stdin.fileno(), whole) :]
    kind, length = ANSWER.unpack(_read(process.stdout.fileno(), ANSWER.size))
    return kind, _read(process.stdout.fileno(), length)


def _read(descriptor: int, length: int) -> bytes:
    data = bytearray()
    while len(data) < length:
        more = os.read(descriptor, length - len(data))
        if not more:
            raise BrokenPipeError
        data += more
    return bytes(data)
