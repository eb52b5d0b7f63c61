-- accounts of staff as the centre names them, and the keys that desks made for them
CREATE TABLE staff_account (
    account TEXT PRIMARY KEY,
    point TEXT NOT NULL,
    login TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    ended INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX staff_account_point ON staff_account (point);
CREATE TABLE staff_key (
    account TEXT NOT NULL,
    public_key BLOB NOT NULL,
    desk TEXT NOT NULL,
    given_by TEXT NOT NULL,
    since_ms INTEGER NOT NULL,
    PRIMARY KEY (account, public_key)
) WITHOUT ROWID;
INSERT INTO staff_account SELECT account, point, '', '', role, 0 FROM staff;
INSERT INTO staff_key SELECT account, public_key, '', '', 0 FROM staff WHERE length(public_key) > 0;
DROP TABLE staff;
