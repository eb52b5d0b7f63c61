"""The centre's tables: SQLite now, behind words that another database can take over."""
