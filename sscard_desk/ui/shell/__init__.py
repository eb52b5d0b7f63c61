"""The frame around every page: top bar, rail, person strip, step bar, side panel, status line."""

from sscard_desk.ui.shell.view import Shell

__all__ = ["Shell"]
