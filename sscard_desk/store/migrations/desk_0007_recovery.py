"""Receipts of a centre that was put back to an older copy: kept as proof of what it had, no receipts any more."""

from typing import Final

SQL: Final = (
    """CREATE TABLE receipt_before (
        recovery TEXT NOT NULL,
        seq INTEGER NOT NULL,
        received_ms INTEGER NOT NULL,
        hash BLOB NOT NULL,
        seal BLOB NOT NULL,
        batch INTEGER REFERENCES receipt_batch,
        PRIMARY KEY (recovery, seq)
    ) WITHOUT ROWID""",
    "CREATE INDEX receipt_before_seq ON receipt_before (seq)",
    # what was received stays received, but for what a centre lost that was put back: its receipt of before is kept
    "DROP TRIGGER entry_received",
    """CREATE TRIGGER entry_received BEFORE UPDATE OF received_ms ON entry
        WHEN OLD.received_ms IS NOT NULL AND NEW.received_ms IS NULL AND NOT EXISTS (
            SELECT 1 FROM receipt_before WHERE seq = OLD.seq AND received_ms = OLD.received_ms) BEGIN
        SELECT RAISE(ABORT, 'what was received stays received'); END""",
)
