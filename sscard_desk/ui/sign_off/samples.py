"""The sign-off page in named states, for pictures and tests."""

from sscard_desk.ui.application_flow import Station
from sscard_desk.ui.sample_desk.desk import SampleDesk
from sscard_desk.ui.sample_desk.people import CLERK, REASON, SUPERVISOR
from sscard_desk.ui.shell import Shell
from sscard_desk.usecases.recording import Exemption

STATES = ("waiting", "password", "wrong", "sending_back", "own", "exception", "empty", "no_right")


def sample(name: str) -> Shell:
    """Return the window with the sign-off page in one state."""
    desk = SampleDesk(CLERK if name == "no_right" else SUPERVISOR)
    page = desk.pages.sign_off
    if name not in {"empty", "no_right"}:
        leave = Exemption(REASON, SUPERVISOR) if name == "exception" else None
        lacking = ("household_register",) if leave else ()
        desk.record_until(Station.APPROVE, SUPERVISOR if name == "own" else CLERK, lacking, leave)
        desk.clock.move(3)
    desk.pages.go_to_sign_off()
    if name in {"password", "wrong"}:
        page.password_typed("other")
    if name == "wrong":
        page.go_on()
    if name == "sending_back":
        page.ask_back()
        page.reason_typed("户口簿缺本人页")
    return desk.shell
