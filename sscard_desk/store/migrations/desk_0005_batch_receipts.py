"""Receipts whose seal is over a batch: the seal and its leaves stand once, a receipt names the batch it came with."""

from typing import Final

SQL: Final = (
    # each leaf proves one entry by itself, whatever became of the others (`wire.receipts`)
    "CREATE TABLE receipt_batch (id INTEGER PRIMARY KEY, seal BLOB NOT NULL, leaves BLOB NOT NULL)",
    # NULL: a receipt with a seal of its own; otherwise `seal` is empty
    "ALTER TABLE receipt ADD COLUMN batch INTEGER REFERENCES receipt_batch",
)
