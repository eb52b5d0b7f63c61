-- parts of large pictures and scans, from the first byte on, until the last one came
CREATE TABLE blob_part (
    point TEXT NOT NULL,
    blob TEXT NOT NULL,
    first INTEGER NOT NULL,
    body BLOB NOT NULL,
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (point, blob, first)
)
