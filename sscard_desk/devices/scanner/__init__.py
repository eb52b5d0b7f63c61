"""Scanners: the driver for what SANE knows, the folder that a copier fills, and the model for tests."""
