"""Lists that operators bring in: held against their columns row by row first, and taken whole or not at all."""
