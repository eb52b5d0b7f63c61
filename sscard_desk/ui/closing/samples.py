"""The page for closing in named states, for pictures and tests."""

from sscard_desk.ui.application_flow import Station
from sscard_desk.ui.sample_desk.desk import SampleDesk
from sscard_desk.ui.sample_desk.store import SampleStore
from sscard_desk.ui.serving.side_panel import CLOSING
from sscard_desk.ui.shell import Shell

STATES = ("empty", "withdrawn", "refused", "notice", "expired", "wrong_password", "transferred")


def sample(name: str) -> Shell:
    """Return the window with the page for closing in one state."""
    desk = SampleDesk()
    page = desk.pages.closing
    application = desk.form_out()
    if name in {"expired", "wrong_password"}:
        desk.clock.move(20 * 24 * 60)
    if name == "transferred" and isinstance(desk.store, SampleStore):
        desk.store.told["service_point"] = [{"id": "4202", "name": "城南服务点"}, {"id": "4203", "name": "城东服务点"}]
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
    if name == "transferred":
        page.choose("transferred")
        page.choose_point("4203")
        page.text_typed("申领人搬到城东")
    if name == "wrong_password":
        page.leave.account_typed("chenjing")
        page.leave.password_typed("other")
        page.go_on()
    return desk.shell
