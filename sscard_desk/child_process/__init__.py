"""Processes of our own for what may crash, hang or hold much memory: bytes in, bytes out, ended when idle."""
