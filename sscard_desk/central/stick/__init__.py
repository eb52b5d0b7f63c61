"""The centre's side of a stick: what a desk brought goes through the routes' own code, the answer goes back."""
