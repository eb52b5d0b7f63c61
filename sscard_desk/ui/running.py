"""The application that everything on the screen belongs to."""

from PySide6.QtWidgets import QApplication


def running_application() -> QApplication:
    """Return the application of this process.

    Raises:
        RuntimeError: there is none that has windows; whoever makes a page began one before, so this is a defect.
    """
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise RuntimeError("no application is running")  # noqa: TRY004 - not a wrong type: nobody made one
    return app
