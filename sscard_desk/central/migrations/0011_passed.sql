-- how far each desk has read each scope, by what it asked for: what every desk has passed may be compacted
CREATE TABLE passed (
    scope TEXT NOT NULL,
    desk TEXT NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (scope, desk)
);
-- up to here positions were removed: who asks from before takes the scope whole
ALTER TABLE scope ADD COLUMN compacted INTEGER NOT NULL DEFAULT 0
