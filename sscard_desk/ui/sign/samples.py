"""The sign page in named states, for pictures and tests."""

from sscard_desk.ui.application_flow import Station
from sscard_desk.ui.sample_desk.desk import SampleDesk
from sscard_desk.ui.sample_desk.signatures import signature
from sscard_desk.ui.shell import Shell

STATES = ("applicant", "drawn", "clerk", "both", "paper", "thumb", "too_early", "voiding", "voided")


def sample(name: str) -> Shell:
    """Return the window with the sign page in one state."""
    desk = SampleDesk()
    page = desk.pages.sign
    if name in {"both", "voiding", "voided"}:
        desk.until(Station.APPROVE)
        desk.serving.go(Station.SIGN)
    elif name == "too_early":
        desk.until(Station.MATERIALS)
        page.opened()
    elif name == "clerk":
        application = desk.record_until(Station.SIGN)
        desk.signed(application, desk.counter.session, "applicant")
        desk.serving.open(application.id, Station.SIGN)
    else:
        desk.until(Station.SIGN)
    if name == "drawn":
        page.drawn(signature("applicant"))
    if name == "paper":
        page.use("paper")
    if name == "thumb":
        page.use("thumb")
        page.take_scan("applicant", "thumb.jpg")
    if name in {"voiding", "voided"}:
        page.change()
    if name == "voided":
        desk.answer_question(act=True)
    return desk.shell
