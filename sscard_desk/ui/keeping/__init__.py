"""Where a desk tells how long it keeps what, and records that a person asks for erasure."""
