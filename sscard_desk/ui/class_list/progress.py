"""How far long work is, said on the window's thread a hundred times at most. No Qt."""

from collections.abc import Callable

from sscard_desk.ports.devices import Cancel


class Ticker:
    """Called by work on a lane; tells the window of each further percent, and nothing once somebody stopped it.

    Args:
        post: runs something on the window's thread.
        show: shows how much is done, 0 to 1.
        cancel: set when nobody wants to know any more.
    """

    def __init__(
        self, post: Callable[[Callable[[], None]], None], show: Callable[[float], None], cancel: Cancel
    ) -> None:
        self._post, self._show, self._cancel = post, show, cancel
        self._told = -1

    def __call__(self, done: int, every: int) -> None:
        """So many of so many are done."""
        percent = 100 * done // every if every else 100
        if percent != self._told:
            self._told = percent
            self._post(lambda: self._tell(percent))

    def _tell(self, percent: int) -> None:
        if not self._cancel.is_set():
            self._show(percent / 100)
