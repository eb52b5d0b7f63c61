"""The bank page in named states, for pictures and tests."""

from sscard_desk.domain.prints import PrintState
from sscard_desk.ui.application_flow import Station
from sscard_desk.ui.sample_desk.desk import ASLEEP, SampleDesk
from sscard_desk.ui.shell import Shell

STATES = ("empty", "chosen", "printing", "out_of_paper", "confirmed", "signed", "reprint")


def sample(name: str) -> Shell:
    """Return the window with the bank page in one state."""
    desk = SampleDesk(asleep=ASLEEP | ({"prints"} if name == "printing" else set()))
    page = desk.pages.bank
    if name == "confirmed":
        desk.until(Station.PHOTO)
        desk.serving.go(Station.BANK)
    elif name == "signed":
        desk.until(Station.APPROVE)
        desk.serving.go(Station.BANK)
    elif name != "reprint":
        desk.until(Station.BANK)
    if name in {"chosen", "printing", "out_of_paper"}:
        page.choose_number(1)
    if name == "out_of_paper":
        desk.printer.state = PrintState.OUT_OF_PAPER
    if name in {"printing", "out_of_paper"}:
        page.go_on()
    if name == "reprint":
        desk.until(Station.PHOTO)
        desk.serving.go(Station.BANK)
        page.print_again()
        page.reprint.choose("1")
    return desk.shell
