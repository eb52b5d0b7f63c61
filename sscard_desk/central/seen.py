"""Requests of the last minutes, so that none is served twice by one worker."""

from threading import Lock
from typing import Final

from sscard_desk.wire import signing

_BUCKET_MS: Final = 60_000


class Seen:
    """Marks of requests, by the minute that they say; what is too old to be served anyhow is forgotten by minutes.

    A mark is 64 bits of desk and nonce under a key of this process (SipHash): among a million requests two meet by
    chance once in thirty million times, and the later one is asked again.
    """

    def __init__(self) -> None:
        """Begin with none."""
        self._lock = Lock()
        self._minutes: dict[int, set[int]] = {}
        self.count = 0
        """How many were seen since the process began."""

    def first(self, desk: str, nonce: str, time_ms: int, now_ms: int) -> bool:
        """Note a request; return whether it is the first of its kind.

        Args:
            desk: who asks.
            nonce: of the request.
            time_ms: the time that it says, milliseconds since 1970 UTC, within the window.
            now_ms: the centre's time.
        """
        mark, minute = hash((desk, nonce)), time_ms // _BUCKET_MS
        with self._lock:
            marks = self._minutes.get(minute)
            if marks is None:
                oldest = (now_ms - signing.WINDOW_MS) // _BUCKET_MS
                self._minutes = {at: kept for at, kept in self._minutes.items() if at >= oldest}
                marks = self._minutes[minute] = set()
            if mark in marks:
                return False
            marks.add(mark)
            self.count += 1
            return True
