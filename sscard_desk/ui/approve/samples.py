"""The approve page in named states, for pictures and tests."""

from sscard_desk.ui.application_flow import Station
from sscard_desk.ui.sample_desk.desk import PASSWORD, SampleDesk
from sscard_desk.ui.sample_desk.people import REASON, SUPERVISOR
from sscard_desk.ui.shell import Shell
from sscard_desk.usecases.recording import Exemption

STATES = ("waiting", "typing", "wrong", "own", "exception", "approved")


def sample(name: str) -> Shell:
    """Return the window with the approve page in one state."""
    desk = SampleDesk(SUPERVISOR) if name == "own" else SampleDesk()
    page = desk.pages.approve
    if name == "approved":
        desk.until(Station.CARD)
        desk.serving.go(Station.APPROVE)
        return desk.shell
    if name == "exception":
        desk.until(Station.APPROVE, promised=("household_register",), exemption=Exemption(REASON, SUPERVISOR))
        return desk.shell
    desk.until(Station.APPROVE)
    if name in {"typing", "wrong", "own"}:
        page.account_typed("chenjing")
        page.password_typed(PASSWORD if name == "own" else "other")
    if name in {"wrong", "own"}:
        page.go_on()
    return desk.shell
