"""The rescue's page in the window: made when it is wanted, shown over the sign-in, and put away after it."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from sscard_desk.ports.rescue import Rescue
from sscard_desk.ui.keys import Act
from sscard_desk.ui.rescue.presenter import RescuePresenter
from sscard_desk.ui.rescue.view import RescuePage
from sscard_desk.ui.runner import Runner
from sscard_desk.ui.shell import Shell


class RescueArea(QObject):
    """Page and presenter of one rescue.

    Args:
        shell: the window.
        runner: its lanes.
        rescue: asks the centre and takes its answer.
        leave: shows the sign-in page again, with a name where somebody signs in with it now.
    """

    def __init__(self, shell: Shell, runner: Runner, rescue: Rescue, leave: Callable[[str], None]) -> None:
        super().__init__(shell)
        self.page = RescuePage()
        self.presenter = presenter = RescuePresenter(self.page, runner, rescue, leave)
        self.page.typed.connect(presenter.typed)
        self.page.made.connect(presenter.ask)
        self.page.folder_chosen.connect(presenter.save)
        self.page.anew.connect(presenter.ask_again)
        self.page.answer_came.connect(presenter.answer_came)
        self.page.file_chosen.connect(presenter.read)
        self.page.finished.connect(presenter.finish)
        self.page.back.connect(presenter.back)
        shell.asked.connect(self._asked)
        self._shell = shell

    def open(self) -> None:
        """Cover the window with the page."""
        self.presenter.opened()
        self._shell.show_front(self.page)

    def _asked(self, act: Act) -> None:
        if self.page.isVisible():
            self.page.on_key(act)
