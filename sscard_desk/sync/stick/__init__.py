"""The desk's side of a stick: what is unsent goes onto it, what the centre answers comes from it."""
