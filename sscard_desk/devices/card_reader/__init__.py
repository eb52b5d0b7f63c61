"""Contact cards over PC/SC, and a virtual card behind a real PC/SC service."""
