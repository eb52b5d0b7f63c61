"""An act at the centre and its place in the record commit together: the record is written by the transaction itself.

`acting` gives the same centre with transactions that end by noting who did what. Functions that change the centre are
the same for desks, verbs and pages, and cannot forget the record; whatever they roll back is not on it.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import Connection

from sscard_desk.central.admin.secrets import AUDIT, derived
from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.store import audit
from sscard_desk.central.store.memory import Memory
from sscard_desk.central.store.transactions import News, Result, Transactions
from sscard_desk.domain.errors import DeskError

CONSOLE: Final = "console"
"""Whoever works on the server itself."""
DONE: Final = "done"


@dataclass(frozen=True)
class _Noted:
    """Transactions that end with an entry of the record."""

    within: Transactions
    note: Callable[[Connection], None]

    def reading(self) -> AbstractContextManager[Connection]:
        return self.within.reading()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        with self.within.writing() as connection:
            yield connection
            self.note(connection)

    def write(self, work: Callable[[Connection], Result]) -> Result:
        def noted(connection: Connection) -> Result:
            result = work(connection)
            self.note(connection)
            return result

        return self.within.write(noted)

    def news_for(self, memory: Memory) -> News:
        return self.within.news_for(memory)

    def forget_freed(self) -> None:
        self.within.forget_freed()

    def close(self) -> None:
        self.within.close()


@contextmanager
def acting(centre: OpenCentre, operator: str, act: str, on: str) -> Iterator[OpenCentre]:
    """Give the centre in whose every writing transaction an act is noted as done; a refusal is noted by its code.

    Args:
        centre: the centre.
        operator: who acts.
        act: what: a word that `admin.toml` has under `act`.
        on: to what; never a person's number or name.

    Raises:
        DeskError: whatever the act raises, once it is on record.
    """
    key = derived(centre.keys, AUDIT)

    def note(connection: Connection, outcome: str = DONE) -> None:
        audit.note(
            connection, key, at_ms=centre.now_ms(), operator=operator, act=act, on=on[:LONGEST_KEY], outcome=outcome
        )

    try:
        yield replace(centre, database=_Noted(centre.database, note))
    except DeskError as refused:
        with centre.database.writing() as connection:
            note(connection, refused.code)
        raise


def noted(centre: OpenCentre, operator: str, act: str, on: str, outcome: str = DONE) -> None:
    """Put something on record that changes nothing else."""
    with centre.database.writing() as connection:
        key = derived(centre.keys, AUDIT)
        audit.note(connection, key, at_ms=centre.now_ms(), operator=operator, act=act, on=on, outcome=outcome)


LONGEST_KEY: Final = 120
