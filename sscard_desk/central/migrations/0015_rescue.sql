-- recoveries of desks that the centre answered; a request is answered once
CREATE TABLE rescue (
    request TEXT PRIMARY KEY,
    desk TEXT NOT NULL,
    account TEXT NOT NULL,
    operator TEXT NOT NULL,
    answered_ms INTEGER NOT NULL,
    used_ms INTEGER
) WITHOUT ROWID;
