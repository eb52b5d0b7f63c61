-- entries that met something else, and what was decided; an entry row that was decided on has the outcome `settled`
CREATE TABLE conflict (
    subject TEXT PRIMARY KEY,
    what TEXT NOT NULL,
    other TEXT NOT NULL,
    number TEXT NOT NULL,
    point TEXT NOT NULL,
    desk TEXT NOT NULL,
    card TEXT NOT NULL,
    outcome TEXT NOT NULL,
    at_ms INTEGER NOT NULL
);
CREATE INDEX conflict_other ON conflict (other);
-- every card that an application was ever given; the keys are what decides between two desks
CREATE TABLE card_use (
    identification_code TEXT PRIMARY KEY,
    card_number TEXT UNIQUE,
    subject TEXT NOT NULL,
    desk TEXT NOT NULL
);
-- what document or applicant say otherwise than the register; answered by whoever keeps the register
CREATE TABLE correction (
    entry_id TEXT PRIMARY KEY,
    subject TEXT NOT NULL,
    person TEXT NOT NULL,
    point TEXT NOT NULL,
    desk TEXT NOT NULL,
    differences BLOB NOT NULL,
    state TEXT NOT NULL,
    answered_by TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    answered_ms INTEGER
);
CREATE INDEX correction_state ON correction (state, at_ms);
-- an application that another service point asks for
CREATE TABLE transfer (
    subject TEXT PRIMARY KEY,
    number TEXT NOT NULL,
    from_point TEXT NOT NULL,
    to_point TEXT NOT NULL,
    reason TEXT NOT NULL,
    state TEXT NOT NULL,
    answer TEXT NOT NULL,
    at_ms INTEGER NOT NULL
);
-- blobs of applications that went to another service point, for those that their old desks bring later
CREATE TABLE blob_moved (
    blob TEXT NOT NULL,
    point TEXT NOT NULL,
    to_point TEXT NOT NULL,
    PRIMARY KEY (blob, point)
) WITHOUT ROWID
