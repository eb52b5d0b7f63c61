"""Step 3: the portrait for the card."""
