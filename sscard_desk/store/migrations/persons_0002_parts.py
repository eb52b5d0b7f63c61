"""The register's rows lie in tables of bounded size; what was one table becomes the first of them."""

from typing import Final

SQL: Final = (
    "ALTER TABLE person RENAME TO person_1",
    "CREATE TABLE part (first INTEGER PRIMARY KEY)",
    "INSERT INTO part (first) VALUES (1)",
    "CREATE VIEW person AS SELECT * FROM person_1",
)
