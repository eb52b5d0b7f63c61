"""What was decided about entries that the centre did not take, and what was asked of the register."""

from typing import Final

SQL: Final = (
    # the entry that mends it; it is sent again once the centre has that one
    "ALTER TABLE aside ADD COLUMN mended_by INTEGER",
    # own entries that somebody decided to leave out: where their application is folded anew, they are passed over
    "CREATE TABLE dropped (seq INTEGER PRIMARY KEY, mended_by INTEGER NOT NULL)",
    # names of fields alone: the values stand in the entry
    """CREATE TABLE correction (
        entry_id TEXT PRIMARY KEY, subject TEXT NOT NULL, fields TEXT NOT NULL, at_ms INTEGER NOT NULL)""",
    "CREATE INDEX correction_subject ON correction (subject)",
)
