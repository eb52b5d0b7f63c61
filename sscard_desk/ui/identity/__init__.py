"""Step 1: who stands at the counter, card and register side by side."""
