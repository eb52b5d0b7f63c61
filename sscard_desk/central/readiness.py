"""Whether this worker can serve: its database answers, the tables are this program's, and it is not stopping.

Where pictures and scans lie in a folder, that is there and has room as well. Asked by load balancers every few seconds,
and by anybody on the line: database and folder are looked at once a second at most.
"""

import time
from asyncio import Lock, timeout
from collections.abc import Callable
from typing import Final

import anyio.to_thread
from anyio import CapacityLimiter
from sqlalchemy.exc import SQLAlchemyError

from sscard_desk.central.blob_moving import free_bytes
from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.migrations import ours, seen_level
from sscard_desk.domain.errors.blob_folder import BlobFolderAway
from sscard_desk.domain.errors.centre_database import DatabaseAway
from sscard_desk.wire.messages import LARGEST_BLOB
from sscard_desk.wire.readiness import BLOBS_AWAY, BLOBS_FULL, DATABASE_AWAY, STOPPING, TABLES_NEWER, TABLES_OLDER

BELIEVED_SECONDS: Final = 1.0
"""How long what the database said is said again."""
ANSWER_SECONDS: Final = 4.0
"""How long both looks may take together; whoever asks rarely waits longer than five."""


class Readiness:
    """Whether one worker can serve."""

    def __init__(self, centre: OpenCentre) -> None:
        """Ask nothing yet.

        Args:
            centre: whose database is looked at.
        """
        self._centre = centre
        self._one = Lock()
        # a thread that waits for a database or a folder that hangs takes none of the requests' places
        self._tables, self._blobs = CapacityLimiter(1), CapacityLimiter(1)
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
        return await self._said(tables_word, self._tables, DATABASE_AWAY) or await self._said(
            blobs_word, self._blobs, BLOBS_AWAY
        )

    async def _said(self, look: Callable[[OpenCentre], str], place: CapacityLimiter, silent: str) -> str:
        try:
            async with timeout(ANSWER_SECONDS / 2):
                return await anyio.to_thread.run_sync(look, self._centre, abandon_on_cancel=True, limiter=place)
        except TimeoutError:
            return silent


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


def blobs_word(centre: OpenCentre) -> str:
    """Return what is wrong with the folder of pictures and scans; empty where there is none."""
    try:
        free = free_bytes(centre)
    except BlobFolderAway:
        return BLOBS_AWAY
    except (DatabaseAway, SQLAlchemyError):
        return DATABASE_AWAY
    return BLOBS_FULL if free is not None and free < LARGEST_BLOB else ""
