"""Which signal of which page asks for which act."""
