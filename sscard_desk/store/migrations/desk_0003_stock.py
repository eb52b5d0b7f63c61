"""The stock book: where each blank came from, why it was spoiled and who saw that, each move, each count."""

from typing import Final

SQL: Final = (
    "ALTER TABLE stock ADD COLUMN source TEXT NOT NULL DEFAULT 'centre'",
    "ALTER TABLE stock ADD COLUMN reason TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE stock ADD COLUMN spoiled_by TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE stock ADD COLUMN confirmed_by TEXT NOT NULL DEFAULT ''",
    "DROP INDEX stock_free",
    "CREATE INDEX stock_state ON stock (state, stock_no)",
    "CREATE INDEX stock_number ON stock (stock_no)",
    "CREATE INDEX stock_card_number ON stock (card_number)",
    # `before` is empty for a card that comes into the book, `after` for one that the centre took off its list
    """CREATE TABLE stock_move (
        id INTEGER PRIMARY KEY, identification_code TEXT NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL,
        at_ms INTEGER NOT NULL, actor TEXT NOT NULL, desk TEXT NOT NULL, reason TEXT NOT NULL)""",
    "CREATE INDEX stock_move_card ON stock_move (identification_code, id)",
    # what stood in the stock before there was a book
    """INSERT INTO stock_move (identification_code, before, after, at_ms, actor, desk, reason)
        SELECT identification_code, '', state, 0, '', '', '' FROM stock""",
    # `moves` is the newest move that a count has seen: with it the shift ends, whatever the clock says
    """CREATE TABLE stock_count (
        id INTEGER PRIMARY KEY, moves INTEGER NOT NULL, at_ms INTEGER NOT NULL, actor TEXT NOT NULL,
        book BLOB NOT NULL)""",
    # spoiled cards of other desks of this point, for whoever has to see them
    """CREATE TABLE spoiled_elsewhere (
        identification_code TEXT PRIMARY KEY, desk TEXT NOT NULL, reason TEXT NOT NULL, spoiled_by TEXT NOT NULL,
        confirmed_by TEXT NOT NULL, at_ms INTEGER NOT NULL)""",
)
