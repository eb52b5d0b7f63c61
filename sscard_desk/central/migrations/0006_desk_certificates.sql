-- since when and why a desk stands where it stands, when it was heard last and how far its journal went by its own word
ALTER TABLE desk ADD COLUMN state_ms INTEGER;
ALTER TABLE desk ADD COLUMN state_reason TEXT NOT NULL DEFAULT '';
ALTER TABLE desk ADD COLUMN seen_ms INTEGER;
ALTER TABLE desk ADD COLUMN said_seq INTEGER;
-- the newest certificate that the desk has shown, and since when it shows it
ALTER TABLE desk ADD COLUMN certificate TEXT NOT NULL DEFAULT '';
ALTER TABLE desk ADD COLUMN certificate_since_ms INTEGER;
-- every certificate that was given to a desk, in order
CREATE TABLE certificate (
    serial TEXT PRIMARY KEY,
    desk TEXT NOT NULL REFERENCES desk (id),
    number INTEGER NOT NULL,
    public_key BLOB NOT NULL,
    body BLOB NOT NULL,
    issued_ms INTEGER NOT NULL,
    end_ms INTEGER NOT NULL,
    UNIQUE (desk, number)
)
