"""The window: theme, widgets, shell and one folder per screen. PySide6 lives here and nowhere else."""
