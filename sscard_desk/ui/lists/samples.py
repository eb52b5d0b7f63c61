"""The page of lists in named states, for pictures and tests."""

from sscard_desk.domain.events import CardIntended, CardWritten
from sscard_desk.domain.prints import PrintState
from sscard_desk.ui.application_flow import Station
from sscard_desk.ui.sample_desk.desk import SampleDesk
from sscard_desk.ui.shell import Shell
from sscard_desk.usecases.prints import spoil
from sscard_desk.usecases.recording import record

STATES = (
    "spoiled",
    "none",
    "day_wrong",
    "handover",
    "no_cards",
    "no_paper",
    "document",
    "again",
    "printed",
    "spoiling",
    "printed_document",
)
_CODE = "110101" + "0" * 26


def sample(name: str) -> Shell:
    """Return the window with the page of lists in one state."""
    desk = SampleDesk()
    if name != "none":
        happened(desk)
    if name == "no_paper":
        desk.printer.state = PrintState.OUT_OF_PAPER
    desk.pages.go_to_lists()
    page = desk.pages.lists
    if name == "day_wrong":
        page.first_typed("2026-11-31")
    if name in {"handover", "no_cards", "no_paper", "document"}:
        page.choose("bank_handover")
    if name == "no_cards":
        page.choose_bank("B03")
    if name == "no_paper":
        page.go_on()
    if name == "document":
        page.look()
    if name in {"again", "printed", "spoiling", "printed_document"}:
        _printed(desk, name)
    return desk.shell


def _printed(desk: SampleDesk, name: str) -> None:
    """Let lists be out, and one of them be in view."""
    page = desk.pages.lists
    page.go_on()
    if name == "again":
        page.go_on()
        return
    page.choose("bank_handover")
    page.go_on()
    page.choose("printed")
    if name == "spoiling":
        page.printed.spoil()
    if name == "printed_document":
        page.look()


def happened(desk: SampleDesk) -> None:
    """Let a card be written today and two sheets be spoiled."""
    store, session = desk.store, desk.counter.session
    application = desk.record_until(Station.CARD)
    today = desk.counter.today()
    intended = CardIntended(_CODE, "K00081701", "training", "d" * 64, (), today, today.replace(year=today.year + 10))
    record(store, session, intended, application.id)
    record(store, session, CardWritten(_CODE, "d" * 64, 31, ("EF06 09",)), application.id)
    first, second = store.prints(application.id)
    spoil(store, session, first, "3")
    spoil(store, session, second, "9", "打印时停电")
