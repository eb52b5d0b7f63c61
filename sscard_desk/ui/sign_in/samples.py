"""The sign-in page in named states, for pictures and tests."""

from dataclasses import replace

from sscard_desk.domain.errors.operator import AccountPaused, PasswordWrong
from sscard_desk.ui.running import running_application
from sscard_desk.ui.shell import Shell
from sscard_desk.ui.shell.samples import status
from sscard_desk.ui.sign_in.state import SignInState
from sscard_desk.ui.sign_in.view import SignInPage
from sscard_desk.ui.states import DeviceWord, Mark
from sscard_desk.ui.words import message_of, say

CHECKS = (
    DeviceWord("centre", say("shell.device.centre"), Mark.OK, say("shell.health.connected")),
    DeviceWord("id_reader", say("shell.device.id_reader"), Mark.OK, say("shell.health.ready")),
    DeviceWord("card_reader", say("shell.device.card_reader"), Mark.OK, say("shell.health.ready")),
    DeviceWord("camera", say("shell.device.camera"), Mark.OK, say("shell.health.ready")),
    DeviceWord("printer", say("shell.device.printer"), Mark.WARN, say("shell.health.paper_low")),
    DeviceWord("scanner", say("shell.device.scanner"), Mark.OFF, say("shell.health.off")),
    DeviceWord("clock", say("shell.device.clock"), Mark.OK, say("shell.health.exact")),
)
TRAINING = {"password": "training"}
READY = SignInState(
    counter="2 号窗口",
    point="城关街道社保服务点",
    checks=CHECKS,
    check_seconds=2.1,
    left_over=say("sign_in.left_over", work=3, unsent=0),
    offline=say("sign_in.offline_ready", time="08:12", days=30),
    foot=say("sign_in.foot", version="2026.11", desk="D-0231"),
    account="wangli",
    note=say("sign_in.help"),
    nobody=True,
)
STATES = {
    "ready": READY,
    "caps_lock": replace(READY, caps_lock=True, note=say("sign_in.tries", n=5)),
    "training": replace(READY, account="", hint=say("sign_in.training", account="clerk", **TRAINING)),
    "wrong": replace(READY, error=message_of(PasswordWrong(3))),
    "paused": replace(
        READY, error=message_of(AccountPaused(60)), note=say("sign_in.paused", seconds=60), pause_seconds=60
    ),
    "busy": replace(READY, busy=True),
    "waits": replace(
        READY,
        left_over=say("sign_in.waits", n=3_704),
        offline=say("sign_in.nothing_sent"),
        offline_mark=Mark.OFF,
        checks=(DeviceWord("centre", say("shell.device.centre"), Mark.TODO, say("shell.health.unknown")), *CHECKS[1:]),
    ),
    "offline": replace(
        READY,
        checks=(DeviceWord("centre", say("shell.device.centre"), Mark.OFF, say("shell.health.offline")), *CHECKS[1:]),
    ),
}


def sample(name: str) -> Shell:
    """Return the window with the sign-in page in one state."""
    app = running_application()
    shell, page = Shell(app), SignInPage()
    shell.show_status(status())
    page.show_state(STATES[name])
    shell.show_front(page)
    return shell
