"""Devices and centre: what is wrong, why, and what to do."""
