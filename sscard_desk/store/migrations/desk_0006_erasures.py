"""Erasures: which subjects are to be, or were, erased; and what no path may delete."""

from typing import Final

SQL: Final = (
    # `seq` is the journal entry that explains the erasure, NULL while it waits
    """CREATE TABLE erasure (
        subject TEXT PRIMARY KEY, reason TEXT NOT NULL, rule TEXT NOT NULL, asked_ms INTEGER NOT NULL, seq INTEGER,
        done_ms INTEGER)""",
    "CREATE INDEX erasure_waiting ON erasure (subject) WHERE seq IS NULL",
    # the journal is only added to, and what the centre has not received keeps its payload
    """CREATE TRIGGER entry_stays BEFORE DELETE ON entry BEGIN
        SELECT RAISE(ABORT, 'an entry of the journal stays'); END""",
    """CREATE TRIGGER entry_unchanged BEFORE UPDATE OF seq, entry_id, kind, subject, header, hash ON entry BEGIN
        SELECT RAISE(ABORT, 'an entry of the journal stays as it was written'); END""",
    """CREATE TRIGGER entry_received BEFORE UPDATE OF received_ms ON entry
        WHEN OLD.received_ms IS NOT NULL AND NEW.received_ms IS NULL BEGIN
        SELECT RAISE(ABORT, 'what was received stays received'); END""",
    """CREATE TRIGGER payload_unchanged BEFORE UPDATE ON payload BEGIN
        SELECT RAISE(ABORT, 'a payload stays as it was written'); END""",
    """CREATE TRIGGER payload_stays BEFORE DELETE ON payload
        WHEN (SELECT received_ms FROM entry WHERE seq = OLD.seq) IS NULL BEGIN
        SELECT RAISE(ABORT, 'the centre has not received this entry'); END""",
)
