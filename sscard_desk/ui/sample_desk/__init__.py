"""A counter in memory with one invented person: what the pages' pictures and tests are made from."""
