"""The keypad: takes digits, shows how many, gives the PIN to whoever asked, and forgets it."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from sscard_desk.cards.pin import Pin
from sscard_desk.ui.keypad.buffer import PinBuffer
from sscard_desk.ui.keypad.state import IN_ORDER, KeypadState
from sscard_desk.ui.words import Words


class View(Protocol):
    """What shows the keypad."""

    def show_state(self, state: KeypadState | None) -> None:
        """Show it; None puts it away."""


@dataclass(frozen=True)
class _Asked:
    """Who wants the PIN, and who hears that the holder stopped."""

    typed: Callable[[Pin], None]
    stopped: Callable[[], None]


class KeypadPresenter:
    """The keypad of one window."""

    def __init__(self) -> None:
        self._views: list[View] = []
        self._state: KeypadState | None = None
        self._buffer = PinBuffer(0)
        self._asked: _Asked | None = None
        self._shuffled = False

    @property
    def state(self) -> KeypadState | None:
        """What is shown now; None while nobody is asked."""
        return self._state

    def attach(self, view: View) -> None:
        """Show this in a window."""
        self._views.append(view)
        view.show_state(self._state)

    def ask(self, state: KeypadState, typed: Callable[[Pin], None], stopped: Callable[[], None]) -> None:
        """Ask for a PIN.

        Args:
            state: question, note, trouble, and how many digits it takes.
            typed: gets the PIN, and wipes it.
            stopped: the holder does not want to.
        """
        self._buffer.wipe()
        self._buffer, self._asked = PinBuffer(state.need), _Asked(typed, stopped)
        self._show(replace(state, count=0, keys=self._keys(), shuffled=self._shuffled))

    def put_away(self) -> None:
        """Nobody is asked any more; what was typed is overwritten."""
        self._buffer.wipe()
        self._asked = None
        self._show(None)

    # -- the holder's words

    def digit(self, digit: int) -> None:
        """A digit was touched or typed."""
        if self._state is not None and 0 <= digit <= 9:
            self._buffer.push(digit)
            self._counted()

    def erase(self) -> None:
        """The last digit was wrong."""
        self._buffer.erase()
        self._counted()

    def clear(self) -> None:
        """All of them were wrong."""
        self._buffer.wipe()
        self._counted()

    def shuffle(self) -> None:
        """Put the digits on other keys, or back in order; what was typed stays."""
        if self._state is not None:
            self._shuffled = not self._shuffled
            self._show(replace(self._state, keys=self._keys(), shuffled=self._shuffled))

    def finish(self) -> None:
        """Enter: the PIN is whole."""
        if self._state is None or not self._state.whole or self._asked is None:
            return
        asked, self._asked = self._asked, None
        pin = self._buffer.take()
        self._show(None)
        asked.typed(pin)

    def stop(self) -> None:
        """Esc: the holder does not want to go on."""
        asked = self._asked
        self.put_away()
        if asked is not None:
            asked.stopped()

    # -- inner

    def _keys(self) -> tuple[int, ...]:
        if not self._shuffled:
            return IN_ORDER
        keys = list(IN_ORDER)
        while tuple(keys) == IN_ORDER:
            secrets.SystemRandom().shuffle(keys)
        return tuple(keys)

    def _counted(self) -> None:
        if self._state is not None:
            trouble: Words = "" if self._buffer.count else self._state.trouble
            self._show(replace(self._state, count=self._buffer.count, trouble=trouble))

    def _show(self, state: KeypadState | None) -> None:
        self._state = state
        for view in self._views:
            view.show_state(state)
