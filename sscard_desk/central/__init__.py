"""The centre: keeps every desk's journal and answers with a feed."""
