-- signed requests that changed something in the last minutes, where several workers serve one database
CREATE TABLE nonce (
    desk TEXT NOT NULL,
    nonce TEXT NOT NULL,
    time_ms INTEGER NOT NULL,
    PRIMARY KEY (desk, nonce)
) WITHOUT ROWID;
CREATE INDEX nonce_time ON nonce (time_ms)
