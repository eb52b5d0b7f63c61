"""What the centre asks of a database, whichever it is."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Protocol, TypeVar

from sqlalchemy import Connection

from sscard_desk.central.store.memory import Memory

Result = TypeVar("Result")


class News(Protocol):
    """Who tells a memory what changes."""

    def close(self) -> None:
        """Tell nothing more; the memory believes nothing from now on."""


class Transactions(Protocol):
    """The port of the centre's store; the functions beside it are the same over every implementation."""

    def reading(self) -> AbstractContextManager[Connection]:
        """Begin a transaction that sees one moment and writes nothing.

        Raises:
            DatabaseAway: the database cannot be reached.
        """

    def writing(self) -> AbstractContextManager[Connection]:
        """Begin a transaction that commits durably when the block ends without an exception.

        Raises:
            DatabaseAway: the database cannot be reached, or has no room.
        """

    def write(self, work: Callable[[Connection], Result]) -> Result:
        """Do work in a writing transaction and return what it returns.

        Where several write at once, two may want the same unique value: the later one's work is undone and done again,
        and sees the first. So `work` changes nothing but the database.

        Raises:
            DatabaseAway: the database cannot be reached, has no room, or the work met others at every attempt.
        """

    def news_for(self, memory: Memory) -> News:
        """Begin to tell a memory what anybody commits, until `close`."""

    def in_use(self) -> int:
        """Return how many connections somebody holds now."""

    def forget_freed(self) -> None:
        """Bring what lies beside the tables to where nothing erased is left, as far as this database can by itself.

        Raises:
            BlobFolderAway: files of pictures and scans stay on their list until it is there again.
        """

    def close(self) -> None:
        """Close every connection."""
