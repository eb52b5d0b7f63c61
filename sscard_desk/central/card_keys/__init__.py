"""The card keys that the centre holds: where they lie, who is given what they compute, and how they are entered."""
