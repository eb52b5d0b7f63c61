"""Whether a centre takes requests now, for whoever spreads them over several: load balancers, service managers."""

from typing import Final

import msgspec

DATABASE_AWAY: Final = "database-away"
"""The database gives no answer within some seconds."""
TABLES_OLDER: Final = "tables-older"
"""The database has not seen every step of this program."""
TABLES_NEWER: Final = "tables-newer"
"""A newer program has changed the database; this one is to be replaced."""
BLOBS_AWAY: Final = "blobs-away"
"""The folder of pictures and scans is not there, another centre's, not to be written in, or gives no answer."""
BLOBS_FULL: Final = "blobs-full"
"""It has no room for one more of the largest."""
STOPPING: Final = "stopping"
"""What is under way is finished, nothing new is begun."""


class Ready(msgspec.Struct, frozen=True, kw_only=True):
    """Whether requests are taken; `reason` is one of the words above, empty where they are."""

    ready: bool
    reason: str
    server_ms: int
