-- how many register pictures a desk is given in an hour; an empty desk stands for all that have no limit of their own
CREATE TABLE photo_limit (
    desk TEXT PRIMARY KEY,
    per_hour INTEGER NOT NULL
);
-- whether the centre had received the application when it answered; of older rows nobody knows
ALTER TABLE photo_release ADD COLUMN known INTEGER NOT NULL DEFAULT 0;
CREATE INDEX photo_release_desk ON photo_release (desk, at_ms);
CREATE INDEX photo_release_unknown ON photo_release (desk, at_ms)
    WHERE known = 0 AND source = 'register' AND state = 'found'
