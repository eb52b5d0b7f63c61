"""Reads an id card from its scan: finds it by its printed words, reads it upright, holds what was read against rules.

All of this runs in a child process; `reader` is the desk's end of it.
"""
