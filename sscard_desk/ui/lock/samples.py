"""The lock page in named states, for pictures and tests."""

from sscard_desk.domain.errors.operator import PasswordWrong
from sscard_desk.ui.lock.presenter import LockState
from sscard_desk.ui.lock.view import LockPage
from sscard_desk.ui.running import running_application
from sscard_desk.ui.shell import Shell
from sscard_desk.ui.shell.samples import at, status
from sscard_desk.ui.words import message_of, say

STATES = {
    "locked": LockState("王丽", at(12, 2), note=say("sign_in.help")),
    "wrong": LockState("王丽", at(12, 2), message_of(PasswordWrong(4)), say("sign_in.help")),
}


def sample(name: str) -> Shell:
    """Return the locked window in one state."""
    app = running_application()
    shell, page = Shell(app), LockPage()
    shell.show_status(status())
    page.show_state(STATES[name])
    shell.show_front(page)
    return shell
