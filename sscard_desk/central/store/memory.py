"""What a worker remembers of the database, so that an empty poll costs no question: heads of scopes, and desks.

It is believed only while whoever brings the news of changes was heard a moment ago (`NewsLine`, `SqliteNews`);
otherwise the database is asked. So nothing that changed is hidden for longer than `BELIEVED_SECONDS`, and for some
milliseconds as a rule. Used from any thread.
"""

import time
from collections.abc import Callable
from threading import Lock
from typing import Final, TypeVar

from sscard_desk.central.store.desks import Desk
from sscard_desk.wire.messages import ScopeHead

BELIEVED_SECONDS: Final = 6.0
"""How long after the last sign of life of the news the memory is believed."""
MOST: Final = 200_000
"""Scopes and desks each; a province has some 300,000 desks on several workers."""


Value = TypeVar("Value")


class Memory:
    """Heads and desks, with a count of the news that keeps what was read before a change from being kept after it."""

    def __init__(self) -> None:
        """Hold nothing, and believe nothing yet."""
        self._lock = Lock()
        self._believed_until = 0.0
        self._asked: Callable[[], bool] | None = None
        self._turn = 0
        self._all_gone = 0
        self._gone: dict[tuple[str, str], int] = {}
        self._heads: dict[str, ScopeHead] = {}
        self._desks: dict[str, Desk] = {}

    def ask_before_each(self, unchanged: Callable[[], bool]) -> None:
        """Have somebody say before each look whether the database is as it was at the look before."""
        self._asked = unchanged

    def believe(self, since: float) -> None:
        """Believe what is held for a while.

        Args:
            since: a moment (`time.monotonic`) of which all news has been heard.
        """
        self._believed_until = since + BELIEVED_SECONDS

    def forget(self) -> None:
        """Hold nothing, and believe nothing before the next sign of life."""
        with self._lock:
            self._believed_until = 0.0
            self._drop()

    def hear(self, news: str) -> None:
        """Take one piece of news: `scope`, id, epoch and head; `desk` and id; or `all`."""
        what, *words = news.split("\t")
        with self._lock:
            self._turn += 1
            if what == "scope" and len(words) == 3:  # noqa: PLR2004 - as the line above says
                name, epoch, head = words
                self._note_gone(("scope", name))
                self._keep(self._heads, name, ScopeHead(scope=name, epoch=epoch, head=int(head)))
            elif what == "desk" and len(words) == 1:
                self._note_gone(("desk", words[0]))
                self._desks.pop(words[0], None)
            else:
                self._drop()

    def turn(self) -> int:
        """Return the count of news; to be taken before what is to be kept is read from the database."""
        self._current()
        return self._turn

    def head(self, scope: str) -> ScopeHead | None:
        """Return where a scope stands, None where that is not known for sure."""
        return self._heads.get(scope) if self._current() else None

    def desk(self, name: str) -> Desk | None:
        """Return who a desk is, None where that is not known for sure; how far its journal goes is not what it says."""
        return self._desks.get(name) if self._current() else None

    def keep_head(self, turn: int, head: ScopeHead) -> None:
        """Keep where a scope stands, unless there was news of it since."""
        if self._current():
            with self._lock:
                if max(self._all_gone, self._gone.get(("scope", head.scope), 0)) <= turn:
                    self._keep(self._heads, head.scope, head)

    def keep_desk(self, turn: int, desk: Desk) -> None:
        """Keep who a desk is, unless there was news of it since."""
        if self._current():
            with self._lock:
                if max(self._all_gone, self._gone.get(("desk", desk.id), 0)) <= turn:
                    self._keep(self._desks, desk.id, desk)

    def _current(self) -> bool:
        if self._asked is None:
            return time.monotonic() < self._believed_until
        if not self._asked():
            with self._lock:
                self._drop()
        return True

    def _drop(self) -> None:
        self._turn += 1
        self._all_gone = self._turn
        self._gone.clear()
        self._heads.clear()
        self._desks.clear()

    def _note_gone(self, key: tuple[str, str]) -> None:
        if len(self._gone) >= 2 * MOST:
            self._drop()
        self._gone[key] = self._turn

    @staticmethod
    def _keep(held: dict[str, Value], key: str, value: Value) -> None:
        if len(held) >= MOST and key not in held:
            del held[next(iter(held))]
        held[key] = value
