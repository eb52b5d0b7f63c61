-- what was erased, why and by whom: keys of applications, lists and batches, and the digest of the entries; nobody's name
CREATE TABLE erasure (
    subject TEXT PRIMARY KEY,
    why TEXT NOT NULL,
    rule TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    operator TEXT NOT NULL,
    entries INTEGER NOT NULL,
    blobs INTEGER NOT NULL,
    digest TEXT NOT NULL,
    seal BLOB NOT NULL
);
-- requests of persons that desks recorded, and what was decided
CREATE TABLE erasure_request (
    subject TEXT PRIMARY KEY,
    desk TEXT NOT NULL,
    asked_ms INTEGER NOT NULL,
    state TEXT NOT NULL,
    words TEXT NOT NULL,
    operator TEXT NOT NULL,
    decided_ms INTEGER
);
-- names of pictures that were erased: one that comes late is not kept
CREATE TABLE erased_blob (
    id TEXT PRIMARY KEY,
    at_ms INTEGER NOT NULL
) WITHOUT ROWID;
-- what stands in the record of erasures stays there
--: sqlite
CREATE TRIGGER erasure_kept BEFORE UPDATE ON erasure
BEGIN
    SELECT RAISE(ABORT, 'the record of erasures is only added to');
END
--: sqlite
CREATE TRIGGER erasure_stays BEFORE DELETE ON erasure
BEGIN
    SELECT RAISE(ABORT, 'the record of erasures is only added to');
END
--: postgresql
CREATE FUNCTION erasure_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the record of erasures is only added to' USING ERRCODE = 'restrict_violation';
END
$$
--: postgresql
CREATE TRIGGER erasure_kept BEFORE UPDATE OR DELETE ON erasure
    FOR EACH ROW EXECUTE FUNCTION erasure_kept()
--: postgresql
CREATE TRIGGER erasure_stays BEFORE TRUNCATE ON erasure
    FOR EACH STATEMENT EXECUTE FUNCTION erasure_kept()
