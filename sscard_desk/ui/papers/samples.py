"""The page of a case's papers in named states, for pictures and tests."""

from sscard_desk.domain.prints import PrintState
from sscard_desk.ui.application_flow import Station
from sscard_desk.ui.sample_desk.desk import SampleDesk
from sscard_desk.ui.serving.side_panel import PAPERS
from sscard_desk.ui.shell import Shell

STATES = ("offers", "printed", "again", "no_paper", "kept", "spoiling", "spoiled", "document")


def sample(name: str) -> Shell:
    """Return the window with the page of papers in one state."""
    desk = SampleDesk()
    desk.until(Station.SIGN, promised=("household_register",))
    page = desk.pages.papers
    desk.serving.turn_aside(PAPERS)
    page.choose("missing_notice")
    if name == "no_paper":
        desk.printer.state = PrintState.OUT_OF_PAPER
        page.go_on()
    if name in {"printed", "again", "kept", "spoiling", "spoiled"}:
        page.go_on()
    if name == "again":
        page.go_on()
    if name in {"kept", "spoiling", "spoiled"}:
        page.choose(desk.store.prints(desk.serving.application.id)[-1].id)
    if name in {"spoiling", "spoiled"}:
        page.spoil()
        page.spoiling.choose("3")
    if name == "spoiled":
        page.go_on()
    if name == "document":
        page.open_document()
    return desk.shell
