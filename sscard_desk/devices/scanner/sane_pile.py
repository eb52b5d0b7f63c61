"""One run of `scanimage` over a pile: the pages come through named pipes, so that none ever stands in a file.

`scanimage --batch` keeps the device open from page to page, which both sides of a sheet need, and writes each page to a
name of its own; under those names lie pipes. POSIX alone, like SANE.
"""

import os
import re
import select
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, Self

from sscard_desk.devices.scanner.page_file import check_whole, share_of
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.device import ScannerMissing
from sscard_desk.domain.errors.scanning import ScannerSilent
from sscard_desk.ports.devices import Cancel
from sscard_desk.ports.scanner import Progress

POLL_S: Final = 0.1
STOP_S: Final = 5.0
LEAVE_S: Final = 15.0
"""How long the program may take to say what became of a page, and to end."""
END_S: Final = 2.0
"""How long it may take to end once it has said what is wrong."""
_STATUSES: Final = (
    "Success",
    "Operation not supported",
    "Operation was canceled",
    "Device busy",
    "Invalid argument",
    "End of file reached",
    "Document feeder jammed",
    "Document feeder out of documents",
    "Scanner cover is open",
    "Error during device I/O",
    "Out of memory",
    "Access to resource has been denied",
)
"""What `sane_strstatus` says, by status (sane-backends 1.2.1)."""
_COMPLAINT: Final = re.compile(rb"sane_(?:start|read): (" + "|".join(map(re.escape, _STATUSES)).encode("ascii") + rb")")
GOOD: Final = frozenset({0, 5})
"""SANE_STATUS_GOOD and SANE_STATUS_EOF: the page has come."""
MOST_PAGES: Final = 100
PIECE: Final = 1 << 18


class SanePile:
    """The program while it runs; a context manager that ends it.

    Args:
        words: the command line, without `--batch`.
        environment: of the program.
        count: how many pages are wanted at most.
        cancel: the wish to stop.
        silence: seconds without a byte after which the device is silent.

    Attributes:
        said: what the program has said on stderr so far.
    """

    def __init__(
        self, words: Sequence[str], environment: Mapping[str, str], count: int, cancel: Cancel, silence: float
    ) -> None:
        self.said = b""
        self._count, self._cancel, self._silence = count, cancel, silence
        self._folder = Path(tempfile.mkdtemp(prefix="sscard-scan-"))
        try:
            for number in range(1, count + 1):
                os.mkfifo(self._pipe(number), 0o600)
            batch = [f"--batch={self._folder / '%d'}", f"--batch-count={count}"]
            self._process = subprocess.Popen(
                [*words, *batch],
                env=dict(environment),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                stdin=subprocess.DEVNULL,
            )
        except OSError:
            shutil.rmtree(self._folder, ignore_errors=True)
            raise ScannerMissing from None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process.poll() is None:
            self._stop()
        if self._process.stderr is not None:
            self._process.stderr.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def pages(self, progress: Progress | None) -> Iterator[bytes]:
        """Give the pages as they come; ends where the program ends, whose `status` then says why.

        Raises:
            ScannerSilent: nothing came in time.
            ScannedPageEmpty, ScannedPageBroken: the program says that all is well, and the page is not.
            Cancelled: somebody asked to stop.
        """
        for number in range(1, self._count + 1):
            page = self._page(number, progress)
            if page is None:
                return
            try:
                check_whole(page)
            except DeskError:
                if not self._says_good(number):
                    return  # its status says more than the torn page
                raise
            yield page

    def status(self) -> int:
        """Return how it ended: a status of SANE, or below zero the signal that ended it.

        A driver may hang while it lets its device go, long after the program has said what is wrong.

        Raises:
            ScannerSilent: it does not end, and has not said why.
        """
        told = self._told()
        if not self._ended_within(LEAVE_S if told is None else END_S):
            self._stop()
            if told is None:
                raise ScannerSilent
            return told
        told = self._told()
        return self._process.returncode if told is None or self._process.returncode > 0 else told

    def _pipe(self, number: int) -> Path:
        return self._folder / f"{number}.part"

    def _page(self, number: int, progress: Progress | None) -> bytes | None:
        """Return what came through a page's pipe; None where the program ended without opening it."""
        pipe = os.open(self._pipe(number), os.O_RDONLY | os.O_NONBLOCK)
        try:
            return self._read(pipe, progress)
        finally:
            os.close(pipe)

    def _read(self, pipe: int, progress: Progress | None) -> bytes | None:
        waiting = select.poll()
        waiting.register(pipe, select.POLLIN)
        page, heard = bytearray(), time.monotonic()
        while True:
            self._cancel.check()
            ready = waiting.poll(POLL_S * 1000)
            self._listen()
            if ready:
                piece = os.read(pipe, PIECE)
                if not piece:
                    return bytes(page)
                page += piece
                heard = time.monotonic()
                if progress is not None:
                    progress(share_of(page))
            elif self._process.poll() is not None:
                return bytes(page) or None
            elif time.monotonic() - heard > self._silence:
                raise ScannerSilent

    def _told(self) -> int | None:
        """Return the status that the program has named in words, None where it named none."""
        self._listen()
        found = _COMPLAINT.search(self.said)
        return _STATUSES.index(found[1].strip().decode("ascii", "replace")) if found else None

    def _listen(self) -> None:
        """Take what the program said meanwhile, so that it never waits for us."""
        stream = self._process.stderr
        if stream is None or stream.closed:
            return
        os.set_blocking(stream.fileno(), False)
        try:
            while piece := os.read(stream.fileno(), PIECE):
                self.said += piece
        except BlockingIOError:
            return

    def _ended_within(self, seconds: float) -> bool:
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True

    def _says_good(self, number: int) -> bool:
        """Return whether the program calls a page good; it says so, or that it is not, or ends."""
        said = re.compile(rb"Scanned page %d\. \(scanner status = (\d+)\)" % number)
        end = time.monotonic() + LEAVE_S
        while time.monotonic() < end:
            ended = self._ended_within(POLL_S)
            self._listen()
            if (found := said.search(self.said)) is not None:
                return int(found[1]) in GOOD
            if ended:
                return not self._process.returncode
        return True

    def _stop(self) -> None:
        """End the program as SANE asks for: at the first signal it lets the device finish its page."""
        self._process.terminate()
        if not self._ended_within(STOP_S):
            self._process.kill()
            self._process.wait()
