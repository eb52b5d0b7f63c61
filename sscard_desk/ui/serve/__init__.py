"""The start page of the counter: waiting for a person."""
