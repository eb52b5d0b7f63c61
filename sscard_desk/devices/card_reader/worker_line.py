"""The desk's end of the line to the worker process, with a watchdog."""

import contextlib
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from sscard_desk.devices.card_reader.worker import ANSWER, ARGUMENT, REQUEST
from sscard_desk.ports.devices import Cancel

_LOOK_EVERY_S = 0.2


class WorkerGone(Exception):
    """The worker process ended, or the watchdog ended it, before it answered."""


class WorkerLine:
    """One worker process; calls are made one after the other, on one lane.

    The watchdog thread looks every 0.2 s whether a call has passed its deadline, instead of being set up for each
    command: a command costs no thread switch.
    """

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            _command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
            cwd=Path(__file__).parents[3] if not getattr(sys, "frozen", False) else None,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        if self._process.stdin is None or self._process.stdout is None:
            raise WorkerGone
        self._to = self._process.stdin.fileno()
        self._from = self._process.stdout.fileno()
        self._deadline = float("inf")
        self._patience_s = float("inf")
        self._cancel: Cancel | None = None
        self._closing = threading.Event()
        self._watchdog = threading.Thread(target=self._watch, name="card-worker-watchdog", daemon=True)
        self._watchdog.start()

    @property
    def process_id(self) -> int:
        """Process id of the worker, for the doctor page and for measuring."""
        return self._process.pid

    def call(self, operation: int, payload: bytes = b"", *, within_s: float) -> tuple[int, bytes]:
        """Send one request and return (PC/SC result, payload).

        Raises:
            WorkerGone: no answer within the time; the process is ended.
        """
        self._deadline = time.monotonic() + within_s
        try:
            os.write(self._to, REQUEST.pack(operation, len(payload)) + payload)
            header = self._read(ANSWER.size)
            result, length = ANSWER.unpack(header)
            return result, self._read(length)
        except OSError:
            raise WorkerGone from None
        finally:
            self._deadline = float("inf")

    @contextlib.contextmanager
    def cancelled_by(self, cancel: Cancel, *, patience_s: float) -> Iterator[None]:
        """Let a wish to stop end the process once a call has been hanging for `patience_s` seconds."""
        self._cancel, self._patience_s = cancel, patience_s
        try:
            yield
        finally:
            self._cancel = None

    def close(self) -> None:
        """End the process and wait for it."""
        self._closing.set()
        self._process.kill()
        self._process.wait()
        # a late call from another thread must not reach whatever file gets these numbers next
        self._to = self._from = -1
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                pipe.close()
        self._watchdog.join()

    def _read(self, length: int) -> bytes:
        data = b""
        while len(data) < length:
            more = os.read(self._from, length - len(data))
            if not more:
                raise WorkerGone
            data += more
        return data

    def _watch(self) -> None:
        seen, seen_at = float("inf"), 0.0
        while not self._closing.wait(_LOOK_EVERY_S):
            now = time.monotonic()
            deadline = self._deadline
            if deadline != seen:
                # another call than at the last look
                seen, seen_at = deadline, now
            wished = self._cancel is not None and self._cancel.is_set()
            hanging = deadline != float("inf") and now - seen_at > self._patience_s
            if now > deadline or (wished and hanging):
                self._process.kill()
                return


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, ARGUMENT]
    return [sys.executable, "-m", "sscard_desk.devices.card_reader.worker"]
