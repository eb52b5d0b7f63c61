"""Beside step 8: the face of a written card, seen and printed."""
