"""The rescue's page in named states, for pictures and tests."""

import base64
import random
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QApplication

from sscard_desk.domain.errors.operator import RoleMissing
from sscard_desk.domain.errors.slots import RecoveryAnswerWrong, RecoveryNameMissing
from sscard_desk.ports.rescue import Rescued, RescueStanding
from sscard_desk.ui.doctor.samples import AtOnce
from sscard_desk.ui.rescue.presenter import RescuePresenter
from sscard_desk.ui.rescue.state import Stage
from sscard_desk.ui.rescue.view import RescuePage
from sscard_desk.ui.shell import Shell
from sscard_desk.ui.shell.samples import status


def _groups(bits: int, size: int) -> str:
    packed = base64.b32encode(random.Random(bits).randbytes(size)).decode().rstrip("=")
    return "-".join(packed[at : at + 5] for at in range(0, len(packed), 5))


REQUEST: Final = _groups(1, 190)
ANSWER: Final = _groups(2, 244)


class SampleRescue:
    """A desk that can ask, and a centre that answers."""

    def __init__(self, state: str) -> None:
        self._state = state

    def standing(self) -> RescueStanding:
        """Return whether there is anything to ask with."""
        return RescueStanding(self._state != "unready", "" if self._state in {"choose", "differ"} else REQUEST)

    def ask(self, password: str) -> str:
        """Return an invented request."""
        del password
        return REQUEST

    def save(self, request: str, folder: Path) -> str:
        """Say that it was written."""
        del request, folder
        return "rescue-request-D-0231.txt"

    def read(self, path: Path) -> str:
        """Return an invented answer."""
        del path
        return ANSWER

    def is_whole(self, answer: str) -> bool:
        """Return whether it is that answer."""
        return answer == ANSWER

    def finish(self, answer: str, password: str, login: str) -> Rescued:
        """Let somebody in, or say why not."""
        del answer, password
        if self._state == "wrong":
            raise RecoveryAnswerWrong
        if self._state == "not_allowed":
            raise RoleMissing(role="administrator")
        if self._state == "name" and not login:
            raise RecoveryNameMissing
        return Rescued("a1" * 16, login or "lijing", "李静")


def sample(name: str) -> Shell:
    """Return the window with the rescue's page in one state."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)  # noqa: S101 - samples are made inside a running application only
    shell, page = Shell(app), RescuePage()
    shell.show_status(status())
    runner = AtOnce()
    presenter = RescuePresenter(page, runner, SampleRescue(name), lambda _login: None)
    page.typed.connect(presenter.typed)
    presenter.opened()
    if name == "differ":
        presenter.ask("a new password", "a new pasword")
    if name == "saved":
        presenter.save("E:/")
    if presenter.state.stage is Stage.SEND and name in _ANSWERED:
        presenter.answer_came()
        _answer(presenter, runner, name)
    shell.show_front(page)
    return shell


def _answer(presenter: RescuePresenter, runner: AtOnce, name: str) -> None:
    if name == "typed_wrong":
        presenter.typed("answer", ANSWER[:200])
    elif name != "answer":
        presenter.read("E:/rescue-answer-D-0231.txt")
    runner.asleep = name == "busy"
    if name not in {"answer", "read"}:
        presenter.finish("a new password")


_ANSWERED: Final = frozenset({"answer", "read", "typed_wrong", "wrong", "not_allowed", "name", "busy", "done"})
STATES = ("unready", "choose", "differ", "send", "saved", *sorted(_ANSWERED))
