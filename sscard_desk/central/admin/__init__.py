"""The administration of the centre in a browser, on a port of its own; no desk ever comes here."""
