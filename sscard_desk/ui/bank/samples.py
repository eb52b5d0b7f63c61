"""The bank page in named states, for pictures and tests."""

from sscard_desk.domain.errors.device import PrinterOutOfPaper
from sscard_desk.ui.application_flow import Station
from sscard_desk.ui.sample_desk.desk import ASLEEP, SampleDesk
from sscard_desk.ui.shell import Shell

STATES = ("empty", "chosen", "printing", "out_of_paper", "confirmed", "signed")


def sample(name: str) -> Shell:
    """Return the window with the bank page in one state."""
    desk = SampleDesk(asleep=ASLEEP | ({"printer"} if name == "printing" else set()))
    page = desk.pages.bank
    if name == "confirmed":
        desk.until(Station.PHOTO)
        desk.serving.go(Station.BANK)
    elif name == "signed":
        desk.until(Station.APPROVE)
        desk.serving.go(Station.BANK)
    else:
        desk.until(Station.BANK)
    if name in {"chosen", "printing", "out_of_paper"}:
        page.choose_number(1)
    if name == "out_of_paper":
        desk.printer.trouble = PrinterOutOfPaper(jobs=1)
    if name in {"printing", "out_of_paper"}:
        page.go_on()
    return desk.shell
