"""The page of what waits to be sent, and of what comes from the centre in one large piece."""
