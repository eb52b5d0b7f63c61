"""Beside the path: every paper of the case in hand."""
