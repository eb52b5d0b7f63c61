"""The holder at a keypad of the window, as the use case asks: on the reader's lane, while the window goes on. No Qt."""

import threading
import time
from collections.abc import Callable
from typing import Final, Protocol

from sscard_desk.cards.pin import Pin
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.pin import PinEntryStopped
from sscard_desk.ports.devices import Cancel
from sscard_desk.usecases.serve_pin import Asked, PinCard

ENTRY_S: Final = 90.0
"""Without a PIN after so long the holder is taken to have stopped."""
LOOK_S: Final = 1.0
"""How often it is looked whether the card still lies there."""
_WAIT_S: Final = 0.1


class Page(Protocol):
    """The page that asks; its methods are called on the window's thread."""

    def found(self, card: PinCard) -> None:
        """A card lies there."""

    def ask(self, what: Asked, answer: "Answer", trouble: DeskError | None) -> None:
        """Bring the keypad."""

    def asked_no_more(self) -> None:
        """Put the keypad away."""

    def working(self) -> None:
        """The card works."""


class Answer:
    """One PIN on its way from the window to the lane. One that comes when nobody waits any more is wiped at once."""

    def __init__(self) -> None:
        self._came = threading.Event()
        self._lock = threading.Lock()
        self._pin: Pin | None = None
        self._over = False

    def give(self, pin: Pin | None) -> None:
        """The holder typed a PIN, or stopped (None)."""
        with self._lock:
            if self._over:
                if pin is not None:
                    pin.wipe()
                return
            self._pin = pin
        self._came.set()

    def wait(self, seconds: float) -> bool:
        """Return whether something came within so many seconds."""
        return self._came.wait(seconds)

    def take(self) -> Pin | None:
        """Return what came; whoever takes it wipes it."""
        with self._lock:
            pin, self._pin, self._over = self._pin, None, True
        return pin

    def close(self) -> None:
        """Nobody waits any more."""
        pin = self.take()
        if pin is not None:
            pin.wipe()


class KeypadTalk:
    """Serves `usecases.serve_pin.PinTalk` for one act.

    Args:
        page: asks the holder.
        post: runs something short on the window's thread.
        cancel: a wish to stop.
    """

    twice = True

    def __init__(self, page: Page, post: Callable[[Callable[[], None]], None], cancel: Cancel) -> None:
        self._page, self._post, self._cancel = page, post, cancel
        self._trouble: DeskError | None = None

    def found(self, card: PinCard) -> None:
        """Show the card and its tries."""
        self._tell(lambda: self._page.found(card))

    def ask(self, what: Asked, still_there: Callable[[], None]) -> Pin:
        """Bring the keypad and wait for the holder, looking for the card meanwhile."""
        answer, trouble = Answer(), self._trouble
        self._trouble = None
        self._tell(lambda: self._page.ask(what, answer, trouble))
        until, look_at = time.monotonic() + ENTRY_S, time.monotonic() + LOOK_S
        try:
            while not answer.wait(_WAIT_S):
                self._cancel.check()
                now = time.monotonic()
                if now > until:
                    raise PinEntryStopped
                if now > look_at:
                    still_there()
                    look_at = time.monotonic() + LOOK_S
            self._cancel.check()
            pin = answer.take()
            if pin is None:
                raise PinEntryStopped
            return pin
        finally:
            answer.close()
            self._tell(self._page.asked_no_more)

    def again(self, error: DeskError) -> None:
        """Say why with the next question."""
        self._trouble = error

    def working(self) -> None:
        """Nobody types any more."""
        self._tell(self._page.working)

    def _tell(self, what: Callable[[], None]) -> None:
        """Tell the page, unless it does not want to hear of this act any more."""
        self._post(lambda: None if self._cancel.is_set() else what())
