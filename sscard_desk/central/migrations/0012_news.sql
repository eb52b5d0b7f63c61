-- what workers hold in memory is told to them when it changes: where a scope stands, and desks but for how far they are
--: postgresql
CREATE FUNCTION tell_scope() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('sscard_news', concat_ws(E'\t', 'scope', NEW.id, NEW.epoch, NEW.head));
    RETURN NULL;
END
$$
--: postgresql
CREATE TRIGGER tell_scope AFTER INSERT OR UPDATE OF epoch, head ON scope
    FOR EACH ROW EXECUTE FUNCTION tell_scope()
--: postgresql
CREATE FUNCTION tell_desk() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('sscard_news', concat_ws(E'\t', 'desk', NEW.id));
    RETURN NULL;
END
$$
--: postgresql
CREATE TRIGGER tell_desk AFTER UPDATE ON desk FOR EACH ROW
    WHEN (to_jsonb(OLD) - '{head_seq,head_hash,seen_ms,said_seq}'::text[]
        IS DISTINCT FROM to_jsonb(NEW) - '{head_seq,head_hash,seen_ms,said_seq}'::text[])
    EXECUTE FUNCTION tell_desk()
--: postgresql
CREATE FUNCTION tell_all() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('sscard_news', 'all');
    RETURN NULL;
END
$$
--: postgresql
CREATE TRIGGER tell_point AFTER UPDATE ON point FOR EACH STATEMENT EXECUTE FUNCTION tell_all()
--: postgresql
CREATE TRIGGER tell_gone AFTER DELETE ON desk FOR EACH STATEMENT EXECUTE FUNCTION tell_all()
--: postgresql
CREATE TRIGGER tell_scope_gone AFTER DELETE ON scope FOR EACH STATEMENT EXECUTE FUNCTION tell_all()
