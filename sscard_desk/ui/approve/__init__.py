"""Step 7: a supervisor signs off, here or at another desk."""
