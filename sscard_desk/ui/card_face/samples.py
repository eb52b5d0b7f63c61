"""The page of a card's face in named states, for pictures and tests."""

from sscard_desk.domain.errors.device import PrinterMissing
from sscard_desk.ui.card.samples import written_desk
from sscard_desk.ui.shell import Shell

STATES = ("ready", "printed", "again", "printing", "trouble")


def sample(name: str) -> Shell:
    """Return the window with the page in one state."""
    desk = written_desk()
    page = desk.pages.card_face
    if name == "printing":
        desk.runner.asleep |= {"card_printer"}
    if name == "trouble":
        desk.printer.trouble = PrinterMissing()
    page.show()
    if name != "ready":
        page.go_on()
    if name == "again":
        page.go_on()
    return desk.shell
