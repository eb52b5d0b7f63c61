-- who administers the centre in a browser; nobody does until `central operator add`
CREATE TABLE operator (
    name TEXT PRIMARY KEY,
    state TEXT NOT NULL,
    salt BLOB NOT NULL,
    hash BLOB NOT NULL,
    cost TEXT NOT NULL,
    first_until_ms INTEGER NOT NULL,
    factor BLOB NOT NULL,
    last_step INTEGER NOT NULL,
    since_ms INTEGER NOT NULL
);
CREATE TABLE operator_recovery (
    digest BLOB PRIMARY KEY,
    operator TEXT NOT NULL REFERENCES operator (name)
);
-- only the digest of what the browser holds; several workers share them
CREATE TABLE operator_session (
    digest BLOB PRIMARY KEY,
    operator TEXT NOT NULL REFERENCES operator (name),
    stage TEXT NOT NULL,
    pending BLOB NOT NULL,
    begun_ms INTEGER NOT NULL,
    seen_ms INTEGER NOT NULL
);
CREATE TABLE operator_try (
    who BLOB PRIMARY KEY,
    wrong INTEGER NOT NULL,
    last_ms INTEGER NOT NULL,
    until_ms INTEGER NOT NULL
);
-- every act of operators and of the command line, chained by keyed hashes; the key lies in the centre's folder
CREATE TABLE audit (
    seq INTEGER PRIMARY KEY,
    at_ms INTEGER NOT NULL,
    operator TEXT NOT NULL,
    act TEXT NOT NULL,
    object TEXT NOT NULL,
    outcome TEXT NOT NULL,
    prev BLOB NOT NULL,
    hash BLOB NOT NULL
);
CREATE INDEX audit_operator ON audit (operator, seq)
--: sqlite
CREATE TRIGGER audit_kept BEFORE UPDATE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the record of acts is only added to');
END
--: sqlite
CREATE TRIGGER audit_stays BEFORE DELETE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the record of acts is only added to');
END
--: postgresql
CREATE FUNCTION audit_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the record of acts is only added to' USING ERRCODE = 'restrict_violation';
END
$$
--: postgresql
CREATE TRIGGER audit_kept BEFORE UPDATE OR DELETE ON audit
    FOR EACH ROW EXECUTE FUNCTION audit_kept()
--: postgresql
CREATE TRIGGER audit_stays BEFORE TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION audit_kept()
