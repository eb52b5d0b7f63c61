"""Several functions that each write by a transaction of their own, within one that somebody else has begun."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection

from sscard_desk.central.store.memory import Memory
from sscard_desk.central.store.transactions import News, Result, Transactions


@dataclass(frozen=True)
class Joined:
    """The transactions of a store while one of them is under way: everything is that one.

    What is read sees what was written; what raises ends the whole, once whoever began it lets it out.

    Attributes:
        connection: the writing transaction.
        within: the store that it is of.
    """

    connection: Connection
    within: Transactions

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Read in the transaction that is under way."""
        yield self.connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Write in the transaction that is under way; it commits where it was begun."""
        yield self.connection

    def write(self, work: Callable[[Connection], Result]) -> Result:
        """Do work in the transaction that is under way, once."""
        return work(self.connection)

    def news_for(self, memory: Memory) -> News:
        """Tell a memory what is committed."""
        return self.within.news_for(memory)

    def in_use(self) -> int:
        """Return 1: the connection of the one that is under way."""
        return 1

    def forget_freed(self) -> None:
        """Leave it to whoever began the transaction: nothing is freed before it ends."""

    def close(self) -> None:
        """Leave the store open: it is somebody else's."""
