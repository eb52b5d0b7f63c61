"""The journal's way to the centre and the feed's way back."""
