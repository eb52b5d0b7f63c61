"""An area of the rail: a card that is laid in is read and shown."""
