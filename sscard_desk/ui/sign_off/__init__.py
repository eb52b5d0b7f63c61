"""The sign-off page of supervisors: what waits, and everything that is known of it."""
