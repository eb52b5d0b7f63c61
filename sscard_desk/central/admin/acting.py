"""An act at the centre and its place in the record commit together: the record is written by the transaction itself.

`acting` gives the same centre with transactions that end by noting who did what. Functions that change the centre are
the same for desks, verbs and pages, and cannot forget the record; whatever they roll back is not on it.
"""

import getpass
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import Connection

from sscard_desk.central.admin.secrets import AUDIT, derived
from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.store import audit
from sscard_desk.central.store.audit import Record
from sscard_desk.central.store.memory import Memory
from sscard_desk.central.store.transactions import News, Result, Transactions
from sscard_desk.domain.errors import DeskError

CONSOLE: Final = "console"
"""Whoever works on the server itself; on record with the account of the system, as `console:root`."""
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

    def in_use(self) -> int:
        return self.within.in_use()

    def forget_freed(self) -> None:
        self.within.forget_freed()

    def close(self) -> None:
        self.within.close()


@contextmanager
def acting(centre: OpenCentre, operator: str, act: str, on: str) -> Iterator[OpenCentre]:
    """Give the centre in whose every writing transaction an act is noted as done; a refusal is noted by its code.

    Args:
        centre: the centre.
        operator: who acts; `CONSOLE` for the account that runs this program.
        act: what: a word that `admin.toml` has under `act`.
        on: to what; never a person's number or name.

    Raises:
        DeskError: whatever the act raises, once it is on record.
    """
    with recording(centre, operator, act, on) as record:
        yield replace(centre, database=_Noted(centre.database, lambda connection: record(connection, on)))


@contextmanager
def recording(centre: OpenCentre, operator: str, act: str, on: str = "") -> Iterator[Record]:
    """Give what notes an act as done to one thing, for work of many transactions; a refusal is noted by its code.

    Args:
        centre: the centre.
        operator: as for `acting`.
        act: as for `acting`.
        on: to what, where it is refused.

    Raises:
        DeskError: whatever the work raises, once it is on record.
    """
    try:
        yield recorder(centre, operator, act)
    except DeskError as refused:
        noted(centre, operator, act, on, refused.code)
        raise


def recorder(centre: OpenCentre, operator: str, act: str) -> Record:
    """Return what notes an act as done in whichever transaction it is given."""
    key, who = derived(centre.keys, AUDIT), _named(operator)

    def note(connection: Connection, on: str) -> None:
        audit.note(connection, key, at_ms=centre.now_ms(), operator=who, act=act, on=on[:LONGEST_KEY], outcome=DONE)

    return note


def noted(centre: OpenCentre, operator: str, act: str, on: str, outcome: str = DONE) -> None:
    """Put something on record that changes nothing else."""
    with centre.database.writing() as connection:
        key = derived(centre.keys, AUDIT)
        audit.note(
            connection,
            key,
            at_ms=centre.now_ms(),
            operator=_named(operator),
            act=act,
            on=on[:LONGEST_KEY],
            outcome=outcome,
        )


def _named(operator: str) -> str:
    """Return who acts as the record has it: whoever works on the server by the account of the system."""
    if operator != CONSOLE:
        return operator
    try:
        return f"{CONSOLE}:{getpass.getuser()}"[:LONGEST_KEY]
    except (OSError, KeyError, ImportError):
        return CONSOLE  # an account that the system has no name for


LONGEST_KEY: Final = 120
