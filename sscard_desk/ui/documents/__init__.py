"""The page on which a material is scanned for the file."""
