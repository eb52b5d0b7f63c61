"""An area of the rail: the lists of a period, for the service point itself and for banks."""
