"""The page for scanning a material in named states, for pictures and tests."""

from typing import Final

from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.device import ScannerCoverOpen, ScannerJammed, ScannerMissing, ScannerNoDocument
from sscard_desk.domain.errors.scanning import ScannerSilent
from sscard_desk.ui.application_flow import Station
from sscard_desk.ui.sample_desk.desk import ASLEEP, SampleDesk
from sscard_desk.ui.shell import Shell

TROUBLES: Final[dict[str, type[DeskError]]] = {
    "no_paper": ScannerNoDocument,
    "jammed": ScannerJammed,
    "cover_open": ScannerCoverOpen,
    "lost": ScannerSilent,
    "unplugged": ScannerMissing,
}
STATES: Final = ("empty", "scanning", "front", "both", "doubtful", "pages", "kept", *TROUBLES)


def sample(name: str) -> Shell:
    """Return the window with the page for scanning in one state."""
    desk = SampleDesk(asleep=ASLEEP | {"scanner"} if name in {"empty", "scanning"} else ASLEEP)
    desk.until(Station.MATERIALS)
    page, scanner = desk.pages.documents, desk.scanner
    scanner.sides = 1
    many = name in {"pages", "doubtful"}
    material = "household_register" if many else "id_card"
    if name == "doubtful":
        desk.documents.doubts = [(), ("sharp",), ("empty",)]
    if many:
        scanner.sides = 3
    if name in TROUBLES:
        page.open_for(material)
        scanner.trouble = TROUBLES[name]()
        page.scan()
        return desk.shell
    page.open_for(material)
    if name == "empty":
        page.stop()
    if name in {"both", "kept"}:
        page.scan()
    if name == "doubtful":
        page.choose(2)
    if name == "kept":
        page.go_on()
        desk.scanner.sides = 1
        page.open_for(material)
    return desk.shell
