"""A page of the Cards area: the cards of a class or a unit, laid in one after another."""
