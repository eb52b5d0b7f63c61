"""The desk database as it was first released."""

from typing import Final

SQL: Final = (
    "CREATE TABLE setting (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID",
    # the desk's own journal; `received_ms` is the centre's time in the receipt, NULL while unacknowledged
    """CREATE TABLE entry (
        seq INTEGER PRIMARY KEY, entry_id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, subject TEXT NOT NULL,
        header BLOB NOT NULL, hash BLOB NOT NULL, size INTEGER NOT NULL, received_ms INTEGER)""",
    "CREATE INDEX entry_unsent ON entry (seq) WHERE received_ms IS NULL",
    "CREATE INDEX entry_subject ON entry (subject, seq)",
    "CREATE TABLE payload (seq INTEGER PRIMARY KEY REFERENCES entry, payload BLOB NOT NULL, salt BLOB NOT NULL)",
    """CREATE TABLE receipt (
        seq INTEGER PRIMARY KEY REFERENCES entry, received_ms INTEGER NOT NULL, hash BLOB NOT NULL,
        seal BLOB NOT NULL)""",
    """CREATE TABLE aside (
        seq INTEGER PRIMARY KEY REFERENCES entry, outcome TEXT NOT NULL, code TEXT NOT NULL, reason TEXT NOT NULL,
        current BLOB NOT NULL, server_ms INTEGER NOT NULL)""",
    # entries of other desks of this service point, as they came through the feed
    """CREATE TABLE foreign_entry (
        entry_id TEXT PRIMARY KEY, desk TEXT NOT NULL, seq INTEGER NOT NULL, subject TEXT NOT NULL,
        header BLOB NOT NULL, payload BLOB, salt BLOB, scope TEXT NOT NULL, conflict TEXT NOT NULL DEFAULT '',
        UNIQUE (desk, seq))""",
    "CREATE INDEX foreign_conflict ON foreign_entry (entry_id) WHERE conflict <> ''",
    # every act in the order in which this database heard of it
    """CREATE TABLE act (
        id INTEGER PRIMARY KEY, subject TEXT NOT NULL, desk TEXT NOT NULL, seq INTEGER NOT NULL, kind TEXT NOT NULL,
        at_ms INTEGER NOT NULL, actor TEXT NOT NULL, UNIQUE (desk, seq))""",
    "CREATE INDEX act_subject ON act (subject, id)",
    """CREATE TABLE application (
        id TEXT PRIMARY KEY, number TEXT NOT NULL UNIQUE, step TEXT NOT NULL, ended INTEGER NOT NULL,
        id_number TEXT NOT NULL, name TEXT NOT NULL, opened_by TEXT NOT NULL, version INTEGER NOT NULL,
        changed INTEGER NOT NULL, snapshot BLOB NOT NULL)""",
    "CREATE INDEX application_open ON application (id_number) WHERE ended = 0",
    "CREATE INDEX application_step ON application (step, changed)",
    "CREATE INDEX application_changed ON application (changed)",
    """CREATE TABLE draft (
        application TEXT PRIMARY KEY, "values" BLOB NOT NULL, field TEXT NOT NULL, kept_ms INTEGER NOT NULL,
        turn INTEGER NOT NULL)""",
    "CREATE INDEX draft_turn ON draft (turn)",
    "CREATE TABLE running (year INTEGER PRIMARY KEY, last INTEGER NOT NULL)",
    """CREATE TABLE blob (
        id TEXT PRIMARY KEY, file TEXT NOT NULL UNIQUE, "key" BLOB NOT NULL, size INTEGER NOT NULL,
        sent INTEGER NOT NULL DEFAULT 0)""",
    "CREATE INDEX blob_unsent ON blob (id) WHERE sent = 0",
    "CREATE TABLE wanted_blob (id TEXT PRIMARY KEY) WITHOUT ROWID",
    """CREATE TABLE stock (
        identification_code TEXT PRIMARY KEY, card_number TEXT NOT NULL, stock_no TEXT NOT NULL,
        state TEXT NOT NULL, application TEXT)""",
    "CREATE INDEX stock_free ON stock (stock_no) WHERE state = 'free'",
    # what the feed brought: each (kind, id) of a scope with its newest version, tombstones included
    """CREATE TABLE scope (
        scope TEXT PRIMARY KEY, epoch TEXT NOT NULL, position INTEGER NOT NULL, count INTEGER NOT NULL,
        sum BLOB NOT NULL)""",
    """CREATE TABLE item (
        scope TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, deleted INTEGER NOT NULL,
        position INTEGER NOT NULL, body BLOB, PRIMARY KEY (scope, kind, id)) WITHOUT ROWID""",
    "CREATE INDEX item_kind ON item (kind, position) WHERE deleted = 0",
)
