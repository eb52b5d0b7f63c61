"""A trace of what went to a card and came back, masked, for whoever looks for the fault of a reader. Off by default."""

import logging
import os
import time
from pathlib import Path
from typing import IO

from sscard_desk.cards.apdu_mask import Mask

_log = logging.getLogger(__name__)


class CardTrace:
    """Writes lines to a file that its owner alone may read: milliseconds since the card was opened, and masked bytes.

    `>` goes to the card, `<` comes back with how long it took. A trace that cannot be written is given up, and the
    card goes on.

    Args:
        path: the file; lines are added to it.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[str] | None = None
        self._given_up = False
        self._mask = Mask()
        self._begun = self._sent = time.monotonic()

    def opened(self, reader: str, atr: bytes) -> None:
        """Begin with a card; of its answer to reset the length is said, since it holds the chip's number."""
        self._mask = Mask()
        self._begun = time.monotonic()
        self._write(f"# {reader}: card, ATR <{len(atr)}>")

    def sent(self, apdu: bytes) -> None:
        """Note a command."""
        self._sent = time.monotonic()
        self._write(f"{self._ms(self._begun, self._sent):9.1f} > {self._mask.command(apdu)}")

    def came(self, answer: bytes) -> None:
        """Note its answer, status word included."""
        now = time.monotonic()
        word = int.from_bytes(answer[-2:], "big")
        took = self._ms(self._sent, now)
        self._write(f"{self._ms(self._begun, now):9.1f} < {self._mask.answer(answer[:-2], word)}  {took:.1f} ms")

    def lost(self, why: str) -> None:
        """Note that no answer came.

        Args:
            why: code of the trouble.
        """
        self._write(f"{self._ms(self._begun, time.monotonic()):9.1f} ! no answer: {why}")

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()
            self._file = None

    @staticmethod
    def _ms(since: float, until: float) -> float:
        return (until - since) * 1000

    def _write(self, line: str) -> None:
        if self._given_up:
            return
        try:
            if self._file is None:
                descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
                self._file = os.fdopen(descriptor, "a", encoding="utf-8", buffering=1)
            self._file.write(line + "\n")
        except OSError:
            self._given_up = True
            _log.warning("the card trace cannot be written and was given up")
