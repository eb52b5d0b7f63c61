"""Prints: a record per print, kept beside the applications."""

from typing import Final

SQL: Final = (
    """CREATE TABLE print_record (
        id TEXT PRIMARY KEY, application TEXT NOT NULL, state TEXT NOT NULL, ended INTEGER NOT NULL,
        at_ms INTEGER NOT NULL, spoiled_ms INTEGER, snapshot BLOB NOT NULL)""",
    "CREATE INDEX print_application ON print_record (application, at_ms)",
    "CREATE INDEX print_open ON print_record (at_ms) WHERE ended = 0",
    "CREATE INDEX print_spoiled ON print_record (spoiled_ms) WHERE spoiled_ms IS NOT NULL",
)
