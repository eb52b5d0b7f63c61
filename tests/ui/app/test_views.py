from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from sscard_desk.ui.app.views import Views
from sscard_desk.ui.shell import Shell
from tests.ui.letting_work import let_work


class Shown(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.windows: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - the name is Qt's
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.windows.append(f"{type(watched).__name__} {watched.objectName()}")
        return False


def test_pages_that_are_made_behind_the_first_screen_open_no_window_of_their_own(app: QApplication) -> None:
    shell = Shell(app)
    shell.show()
    shown = Shown()
    app.installEventFilter(shown)
    for _ in Views().build(shell):
        let_work()
    app.removeEventFilter(shown)
    assert shown.windows == []
