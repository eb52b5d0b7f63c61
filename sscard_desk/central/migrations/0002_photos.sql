-- portraits that the centre holds for giving out; they are no service point's blobs until a desk brings them back
CREATE TABLE register_photo (
    id_number TEXT PRIMARY KEY,
    blob TEXT NOT NULL REFERENCES blob (id),
    taken TEXT NOT NULL
);
CREATE TABLE studio_photo (
    receipt TEXT PRIMARY KEY,
    id_number TEXT NOT NULL,
    studio TEXT NOT NULL,
    blob TEXT NOT NULL REFERENCES blob (id),
    taken TEXT NOT NULL,
    issued TEXT NOT NULL
);
-- who was given what, when, for which application and under which consent
CREATE TABLE photo_release (
    id INTEGER PRIMARY KEY,
    at_ms INTEGER NOT NULL,
    desk TEXT NOT NULL,
    source TEXT NOT NULL,
    application TEXT NOT NULL,
    id_number TEXT NOT NULL,
    receipt TEXT NOT NULL,
    edition TEXT NOT NULL,
    digest TEXT NOT NULL,
    consent_ms INTEGER NOT NULL,
    state TEXT NOT NULL,
    blob TEXT NOT NULL
);
CREATE INDEX photo_release_application ON photo_release (application)
