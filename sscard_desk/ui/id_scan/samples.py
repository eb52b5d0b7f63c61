"""The page of a scanned id card in named states, for pictures and tests."""

from sscard_desk.domain.errors.id_scan import IdCardWrongSide, SeveralIdCards
from sscard_desk.ui.sample_desk.desk import SampleDesk
from sscard_desk.ui.sample_desk.id_scans import sample_scan
from sscard_desk.ui.shell import Shell

STATES = ("empty", "reading", "read", "edited", "contradicts", "front_only", "portrait", "ready", "two_cards", "back")
_FIELDS = 9


def sample(name: str) -> Shell:
    """Return the window with the page in one state."""
    desk = SampleDesk()
    page = desk.pages.id_scan
    if name == "reading":
        desk.runner.asleep |= {"imaging"}
    elif name == "front_only":
        desk.id_scans.scan = sample_scan(sides=("front",))
    elif name == "contradicts":
        desk.id_scans.scan = sample_scan(sex="1")
    desk.id_scans.trouble = {"two_cards": SeveralIdCards(), "back": IdCardWrongSide()}.get(name)
    desk.pages.serve.scan_card()
    if name != "empty":
        page.scan()
    confirmed = {"edited": 1, "contradicts": 2, "front_only": 6, "portrait": _FIELDS, "ready": _FIELDS + 1}
    for _ in range(confirmed.get(name, 0)):
        page.entered()
    if name == "edited":
        page.typed("李似")
    if name == "contradicts":
        page.entered()
    return desk.shell
