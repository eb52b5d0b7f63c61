"""A page of the Cards area: the PIN of a card, served with its holder."""
