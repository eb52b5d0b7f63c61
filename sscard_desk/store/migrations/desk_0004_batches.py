"""Batches of cards: a record per batch, kept beside the applications."""

from typing import Final

SQL: Final = (
    "CREATE TABLE batch (id TEXT PRIMARY KEY, state TEXT NOT NULL, at_ms INTEGER NOT NULL, snapshot BLOB NOT NULL)",
)
