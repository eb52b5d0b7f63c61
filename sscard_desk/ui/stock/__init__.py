"""A page of the Cards area: the book of blank cards, its shift, and what is done with them."""
