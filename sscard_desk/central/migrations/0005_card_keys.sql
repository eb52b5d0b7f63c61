-- which card keys the centre holds; the keys themselves lie in a token or vault
CREATE TABLE card_key (
    name TEXT NOT NULL,
    algorithm TEXT NOT NULL,
    place TEXT NOT NULL,
    purpose TEXT NOT NULL,
    levels TEXT NOT NULL,
    training INTEGER NOT NULL,
    check_value TEXT NOT NULL,
    proof TEXT NOT NULL,
    since_ms INTEGER NOT NULL,
    PRIMARY KEY (name, algorithm)
) WITHOUT ROWID;
-- every question for a key and every act upon the keys, with what became of it
CREATE TABLE card_key_use (
    id INTEGER PRIMARY KEY,
    at_ms INTEGER NOT NULL,
    desk TEXT NOT NULL,
    use_id TEXT NOT NULL,
    question TEXT NOT NULL,
    act TEXT NOT NULL,
    kind TEXT NOT NULL,
    key_name TEXT NOT NULL,
    algorithm TEXT NOT NULL,
    application TEXT NOT NULL,
    card TEXT NOT NULL,
    reason TEXT NOT NULL,
    state TEXT NOT NULL,
    UNIQUE (desk, use_id)
);
CREATE INDEX card_key_use_limit ON card_key_use (desk, kind, state, at_ms);
-- for which card of an application the key for writing was given; one of a spoiled card stays
CREATE TABLE card_key_grant (
    card TEXT PRIMARY KEY,
    application TEXT NOT NULL,
    desk TEXT NOT NULL,
    at_ms INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX card_key_grant_application ON card_key_grant (application);
CREATE TABLE card_key_limit (
    desk TEXT NOT NULL,
    kind TEXT NOT NULL,
    per_hour INTEGER NOT NULL,
    PRIMARY KEY (desk, kind)
) WITHOUT ROWID;
-- what stands in the record of uses stays there
--: sqlite
CREATE TRIGGER card_key_use_kept BEFORE UPDATE ON card_key_use
BEGIN
    SELECT RAISE(ABORT, 'the record of key uses is only added to');
END
--: sqlite
CREATE TRIGGER card_key_use_stays BEFORE DELETE ON card_key_use
BEGIN
    SELECT RAISE(ABORT, 'the record of key uses is only added to');
END
--: postgresql
CREATE FUNCTION card_key_use_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the record of key uses is only added to' USING ERRCODE = 'restrict_violation';
END
$$
--: postgresql
CREATE TRIGGER card_key_use_kept BEFORE UPDATE OR DELETE ON card_key_use
    FOR EACH ROW EXECUTE FUNCTION card_key_use_kept()
--: postgresql
CREATE TRIGGER card_key_use_stays BEFORE TRUNCATE ON card_key_use
    FOR EACH STATEMENT EXECUTE FUNCTION card_key_use_kept()
