"""Whether this worker can serve: its database answers, the tables are those of this program, and it is not stopping.

Asked by load balancers every few seconds, and by anybody on the line: the database is looked at once a second at most.
"""

import time
from asyncio import Lock, timeout
from typing import Final

import anyio.to_thread
from anyio import CapacityLimiter
from sqlalchemy.exc import SQLAlchemyError

from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.migrations import ours, seen_level
from sscard_desk.domain.errors.centre_database import DatabaseAway
from sscard_desk.wire.readiness import DATABASE_AWAY, STOPPING, TABLES_NEWER, TABLES_OLDER

BELIEVED_SECONDS: Final = 1.0
"""How long what the database said is said again."""
ANSWER_SECONDS: Final = 4.0
"""How long it may take; whoever asks rarely waits longer than five."""


class Readiness:
    """Whether one worker can serve."""

    def __init__(self, centre: OpenCentre) -> None:
        """Ask nothing yet.

        Args:
            centre: whose database is looked at.
        """
        self._centre = centre
        self._one = Lock()
        # a thread that waits for a database that hangs takes none of the requests' places
        self._place = CapacityLimiter(1)
        self._word = ""
        self._until = 0.0

    async def word(self) -> str:
        """Return why this worker cannot serve, a word of `wire.readiness`; empty if it can."""
        async with self._one:
            if not self._centre.stopping and time.monotonic() >= self._until:
                self._word = await self._look()
                self._until = time.monotonic() + BELIEVED_SECONDS
        return STOPPING if self._centre.stopping else self._word

    async def _look(self) -> str:
        try:
            async with timeout(ANSWER_SECONDS):
                return await anyio.to_thread.run_sync(
                    tables_word, self._centre, abandon_on_cancel=True, limiter=self._place
                )
        except TimeoutError:
            return DATABASE_AWAY


def tables_word(centre: OpenCentre) -> str:
    """Return what is wrong with the database; empty if it answers and has this program's tables."""
    try:
        with centre.database.reading() as connection:
            found = seen_level(connection)
    except (DatabaseAway, SQLAlchemyError):
        return DATABASE_AWAY
    if found != ours():
        return TABLES_OLDER if found < ours() else TABLES_NEWER
    return ""
