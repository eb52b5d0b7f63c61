"""The locked window: the work is kept behind it, the same account opens it again."""
