"""When a blob was last asked for in vain, or could not be read for sending: those come last the next time."""

from typing import Final

SQL: Final = (
    # numbers of turns, not times: a clock may be set back
    "ALTER TABLE wanted_blob ADD COLUMN asked INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE blob ADD COLUMN unread INTEGER NOT NULL DEFAULT 0",
)
