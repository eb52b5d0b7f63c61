"""Parts that several pages of the counter share and no other screen needs."""
