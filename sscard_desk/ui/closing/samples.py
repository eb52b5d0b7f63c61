"""The page for closing in named states, for pictures and tests."""

from sscard_desk.ui.application_flow import Station
from sscard_desk.ui.sample_desk.desk import SampleDesk
from sscard_desk.ui.serving.side_panel import CLOSING
from sscard_desk.ui.shell import Shell

STATES = ("empty", "withdrawn", "refused", "notice", "expired", "wrong_password")


def sample(name: str) -> Shell:
    """Return the window with the page for closing in one state."""
    desk = SampleDesk()
    page = desk.pages.closing
    application = desk.form_out()
    if name in {"expired", "wrong_password"}:
        desk.clock.move(20 * 24 * 60)
    desk.serving.open(application.id, Station.FORM)
    desk.serving.turn_aside(CLOSING)
    if name == "withdrawn":
        page.choose("withdrawn")
        page.choose_reason("changed_mind")
    if name in {"refused", "notice"}:
        page.choose("refused")
        page.choose_reason("not_eligible")
        page.text_typed("参保地在外省")
    if name == "notice":
        page.look()
    if name in {"expired", "wrong_password"}:
        page.choose("expired")
        page.choose_reason("form_not_returned")
    if name == "wrong_password":
        page.leave.account_typed("chenjing")
        page.leave.password_typed("other")
        page.go_on()
    return desk.shell
