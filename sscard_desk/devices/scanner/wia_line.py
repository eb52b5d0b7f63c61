"""One run of the Windows scanner's script: its frames come over a pipe, each wait has an end, and it can be stopped.

Windows has no `select` for pipes, so a thread takes what comes; the same code runs on every system.
"""

import queue
import subprocess
import threading
import time
from collections.abc import Sequence
from typing import IO, Final, Self

from sscard_desk.domain.errors.device import ScannerMissing
from sscard_desk.domain.errors.scanning import ScannerSilent
from sscard_desk.ports.devices import Cancel
from sscard_desk.ports.scanner import Progress

POLL_S: Final = 0.05
STOP_S: Final = 3.0
PIECE: Final = 1 << 18
LONGEST_LINE: Final = 4096
MOST_BYTES: Final = 400 * 1024 * 1024
"""Of one page: A3 at 600 dpi in colour has 209 MB."""


class WiaLine:
    """The program while it runs; a context manager that ends it.

    Args:
        command: the program and its arguments.
        question: what is asked, one line.
        cancel: the wish to stop.
        silence: seconds without a byte after which it is silent.

    Raises:
        ScannerMissing: the program is not there.
    """

    def __init__(self, command: Sequence[str], question: bytes, cancel: Cancel, silence: float) -> None:
        self._cancel, self._silence = cancel, silence
        self._came: queue.Queue[bytes] = queue.Queue(maxsize=64)
        self._held = bytearray()
        self._ended = False
        try:
            self._process = subprocess.Popen(
                list(command), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
        except OSError:
            raise ScannerMissing from None
        self._ask(question)
        self._thread = threading.Thread(target=self._take, name="scanner-pipe", daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(STOP_S)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        while self._thread.is_alive():  # it may wait for room
            self._drain()
            self._thread.join(POLL_S)
        if self._process.stdout is not None:
            self._process.stdout.close()

    def line(self) -> list[str] | None:
        """Return the words of the next line, None after the last.

        Raises:
            ScannerSilent: nothing comes.
            Cancelled: somebody asked to stop.
        """
        while (end := self._held.find(b"\n")) < 0:
            if len(self._held) > LONGEST_LINE or not self._more():
                return None
        said = bytes(self._held[:end]).decode("ascii", "replace").split()
        del self._held[: end + 1]
        return said

    def content(self, length: int, progress: Progress | None) -> bytes:
        """Return so many bytes, fewer where the program ends before.

        Raises:
            ScannerSilent: nothing comes.
            Cancelled: somebody asked to stop.
        """
        wanted = min(length, MOST_BYTES)
        while len(self._held) < wanted and self._more():
            if progress is not None and wanted:
                progress(min(1.0, len(self._held) / wanted))
        found = bytes(self._held[:wanted])
        del self._held[:wanted]
        return found

    # -- inner

    def _ask(self, question: bytes) -> None:
        stream: IO[bytes] | None = self._process.stdin
        if stream is None:
            return
        try:
            stream.write(question)
            stream.close()
        except OSError:
            return  # it ended already; its end is told where its answer is read

    def _take(self) -> None:
        """Take what the program says, on a thread of its own, until it ends."""
        stream = self._process.stdout
        while stream is not None and (piece := stream.read1(PIECE)):  # type: ignore[attr-defined] # a buffered reader
            self._came.put(piece)
        self._came.put(b"")

    def _more(self) -> bool:
        """Wait for the next piece; return whether one came."""
        if self._ended:
            return False
        until = time.monotonic() + self._silence
        while True:
            self._cancel.check()
            try:
                piece = self._came.get(timeout=POLL_S)
            except queue.Empty:
                if time.monotonic() > until:
                    raise ScannerSilent from None
                continue
            self._ended = not piece
            self._held += piece
            return bool(piece)

    def _drain(self) -> None:
        while True:
            try:
                self._came.get_nowait()
            except queue.Empty:
                return
