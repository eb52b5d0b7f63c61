"""Documents that are scanned for the file: found on the glass, straightened, checked whether they can be read."""
