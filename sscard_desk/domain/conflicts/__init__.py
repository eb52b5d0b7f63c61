"""What becomes of acts that do not agree: by kind (`table`), and what a clerk may decide (`outcomes`)."""
