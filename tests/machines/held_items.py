"""Feed items that tell how many of them are in memory at once."""

import weakref
from collections.abc import Callable, Iterator

from sscard_desk.wire.messages import FeedItem


class _Held(FeedItem, weakref=True, frozen=True):
    """A feed item that can be watched."""


class HeldItems:
    """Makes items one by one, and knows the most that were there at the same time."""

    def __init__(self) -> None:
        self.most = 0
        self._there = 0

    def items(self, count: int, make: Callable[[int], FeedItem]) -> Iterator[FeedItem]:
        """Yield `make(1)` to `make(count)`."""
        for number in range(1, count + 1):
            plain = make(number)
            item = _Held(**{name: getattr(plain, name) for name in plain.__struct_fields__})
            self._there += 1
            self.most = max(self.most, self._there)
            weakref.finalize(item, self._gone)
            yield item

    def _gone(self) -> None:
        self._there -= 1
