"""The page that carries the exchange with the centre on a stick."""
