"""Pages and presenters put together: which signal of which page asks for which act."""
