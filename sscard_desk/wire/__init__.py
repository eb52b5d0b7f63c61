"""What the desk and the centre say to each other, as bytes."""
