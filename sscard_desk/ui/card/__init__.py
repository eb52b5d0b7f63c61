"""Step 8: the card is written, read back and handed over."""
