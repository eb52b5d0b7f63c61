"""Beside the path: close an application without a card."""
