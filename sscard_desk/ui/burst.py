"""Tells a scanner, which is a keyboard, from a person. No Qt.

A burst is 6 or more characters, under 35 ms apart, closed by Enter.
"""

from typing import Final

LEAST: Final = 6
APART_MS: Final = 35


class Burst:
    """Follows the keys of one field. A burst is known only at its end; what the field held before is kept meanwhile."""

    def __init__(self) -> None:
        self._characters = ""
        self._last_ms = 0
        self._before = ""

    @property
    def before(self) -> str:
        """What the field held when the possible burst began."""
        return self._before

    def character(self, typed: str, at_ms: int, held: str) -> None:
        """Note a typed character.

        Args:
            typed: the character.
            at_ms: when, in milliseconds of any steady clock.
            held: what the field held just before it.
        """
        if not self._characters or at_ms - self._last_ms >= APART_MS:
            self._characters, self._before = "", held
        self._characters += typed
        self._last_ms = at_ms

    def enter(self, at_ms: int) -> str:
        """Enter came: return what a scanner sent, or an empty text where a person typed."""
        quick = at_ms - self._last_ms < APART_MS
        found = self._characters if quick and len(self._characters) >= LEAST else ""
        self.forget()
        return found

    def forget(self) -> None:
        """Another key or another field: no burst."""
        self._characters = ""
