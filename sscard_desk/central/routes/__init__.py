"""What the centre answers, one file per subject."""
