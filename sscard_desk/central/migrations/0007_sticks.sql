-- desks that bring their journal on a stick: where each said that it stands, and what its answers are sealed to
CREATE TABLE stick_desk (
    desk TEXT PRIMARY KEY,
    box BLOB NOT NULL,
    statement BLOB NOT NULL,
    series INTEGER NOT NULL,
    answers INTEGER NOT NULL
);
-- the files that were brought in, by their digest
CREATE TABLE stick_file (
    desk TEXT NOT NULL,
    series INTEGER NOT NULL,
    part INTEGER NOT NULL,
    digest BLOB NOT NULL,
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (desk, series, part)
) WITHOUT ROWID
