"""What the centre did not take, conflicts elsewhere, and transfers: a list, and the ways to put each right."""
