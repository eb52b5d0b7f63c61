"""The population cache as it was first released."""

from typing import Final

SQL: Final = (
    """CREATE TABLE person (
        id INTEGER PRIMARY KEY, "key" TEXT NOT NULL, id_number TEXT NOT NULL, name TEXT NOT NULL, pinyin TEXT NOT NULL,
        initials TEXT NOT NULL, version INTEGER NOT NULL, scope INTEGER NOT NULL, body BLOB NOT NULL)""",
    """CREATE TABLE scope (
        id INTEGER PRIMARY KEY, scope TEXT NOT NULL UNIQUE, epoch TEXT NOT NULL, position INTEGER NOT NULL,
        count INTEGER NOT NULL, sum BLOB NOT NULL)""",
    'CREATE TABLE gone ("key" TEXT PRIMARY KEY, version INTEGER NOT NULL, scope INTEGER NOT NULL) WITHOUT ROWID',
    # no positions inside a row (detail=none) and no copy of the text: the cache only asks which rows hold a syllable
    "CREATE VIRTUAL TABLE syllables USING fts5(words, content='', contentless_delete=1, detail=none, prefix='2 3')",
)
