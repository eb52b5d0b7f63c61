-- where desks stand
CREATE TABLE point (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    region TEXT NOT NULL
);
CREATE TABLE desk (
    id TEXT PRIMARY KEY,
    point TEXT NOT NULL REFERENCES point (id),
    public_key BLOB,
    state TEXT NOT NULL,
    enrolled_ms INTEGER,
    head_seq INTEGER NOT NULL,
    head_hash BLOB NOT NULL
);
-- one-time codes: only the hash of the secret is kept
CREATE TABLE enrolment (
    secret_hash BLOB PRIMARY KEY,
    desk TEXT NOT NULL REFERENCES desk (id),
    expires_ms INTEGER NOT NULL,
    public_key BLOB
);
-- journals; payload and salt can be erased without breaking the chain of the headers
CREATE TABLE entry (
    desk TEXT NOT NULL,
    seq INTEGER NOT NULL,
    entry_id TEXT NOT NULL UNIQUE,
    subject TEXT NOT NULL,
    kind TEXT NOT NULL,
    hash BLOB NOT NULL,
    header BLOB NOT NULL,
    payload BLOB,
    salt BLOB,
    received_ms INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    code TEXT NOT NULL,
    reason TEXT NOT NULL,
    current BLOB NOT NULL,
    PRIMARY KEY (desk, seq)
);
CREATE INDEX entry_subject ON entry (subject);
-- each application as the fold of its accepted entries; open_key is unique while it is open
CREATE TABLE application (
    subject TEXT PRIMARY KEY,
    point TEXT NOT NULL,
    number TEXT NOT NULL UNIQUE,
    desk TEXT NOT NULL,
    step TEXT NOT NULL,
    version INTEGER NOT NULL,
    content_version INTEGER NOT NULL,
    content_desk TEXT NOT NULL,
    open_key TEXT UNIQUE,
    state BLOB NOT NULL
);
-- feeds: one gapless counter per scope
CREATE TABLE scope (
    id TEXT PRIMARY KEY,
    epoch TEXT NOT NULL,
    head INTEGER NOT NULL,
    size INTEGER NOT NULL,
    sum BLOB NOT NULL
);
CREATE TABLE feed (
    scope TEXT NOT NULL,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    deleted INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (scope, position)
) WITHOUT ROWID;
CREATE TABLE item (
    scope TEXT NOT NULL,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (scope, kind, id)
) WITHOUT ROWID;
-- pictures and scans, and which service points may see them
CREATE TABLE blob (
    id TEXT PRIMARY KEY,
    body BLOB NOT NULL
);
CREATE TABLE blob_point (
    blob TEXT NOT NULL,
    point TEXT NOT NULL,
    PRIMARY KEY (blob, point)
) WITHOUT ROWID;
-- public keys of staff, to check the seals of signatures and approvals
CREATE TABLE staff (
    account TEXT PRIMARY KEY,
    point TEXT NOT NULL,
    role TEXT NOT NULL,
    public_key BLOB NOT NULL
);
CREATE TABLE meta (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
)
