"""The tear matrix: what becomes of a card whose writing is torn at any command, in any way, by anything."""
