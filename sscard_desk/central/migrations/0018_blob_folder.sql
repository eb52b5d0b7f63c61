-- Pictures and scans whose bytes lie in a folder, and files there that are to go.
CREATE TABLE blob_file (
    id TEXT NOT NULL PRIMARY KEY,
    size INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE blob_going (
    id TEXT NOT NULL PRIMARY KEY
) WITHOUT ROWID;
-- a portrait's bytes may lie in either place from now on: its name refers to no one table any more
--: postgresql
ALTER TABLE register_photo DROP CONSTRAINT register_photo_blob_fkey
--: postgresql
ALTER TABLE studio_photo DROP CONSTRAINT studio_photo_blob_fkey
--: sqlite
CREATE TABLE register_photo_either (
    id_number TEXT PRIMARY KEY,
    blob TEXT NOT NULL,
    taken TEXT NOT NULL
)
--: sqlite
INSERT INTO register_photo_either (id_number, blob, taken) SELECT id_number, blob, taken FROM register_photo
--: sqlite
DROP TABLE register_photo
--: sqlite
ALTER TABLE register_photo_either RENAME TO register_photo
--: sqlite
CREATE TABLE studio_photo_either (
    receipt TEXT PRIMARY KEY,
    id_number TEXT NOT NULL,
    studio TEXT NOT NULL,
    blob TEXT NOT NULL,
    taken TEXT NOT NULL,
    issued TEXT NOT NULL
)
--: sqlite
INSERT INTO studio_photo_either (receipt, id_number, studio, blob, taken, issued)
    SELECT receipt, id_number, studio, blob, taken, issued FROM studio_photo
--: sqlite
DROP TABLE studio_photo
--: sqlite
ALTER TABLE studio_photo_either RENAME TO studio_photo
