"""What can be done at the counter: one file per operation, in the clerk's words."""
