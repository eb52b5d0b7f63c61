"""The stock page in named states, for pictures and tests. The cards are invented."""

from typing import Final

from sscard_desk.domain.events import ReceivedBlank
from sscard_desk.ui.sample_desk.desk import SampleDesk
from sscard_desk.ui.sample_desk.people import SUPERVISOR
from sscard_desk.ui.sample_desk.store import SampleStore
from sscard_desk.ui.shell import Shell
from sscard_desk.usecases import stock

STATES: Final = ("empty", "full", "spoil", "confirm", "same_person", "return", "count", "differs", "elsewhere", "low")
_CARDS: Final = 40


def sample(name: str) -> Shell:
    """Return the window with the page in one state."""
    desk = SampleDesk()
    if name != "empty":
        happened(desk, cards=6 if name == "low" else _CARDS, confirmed=name in {"full", "low", "elsewhere"})
    if name == "elsewhere" and isinstance(desk.store, SampleStore):
        desk.store.stock.elsewhere = (("K000830", "D-0231、D-0232"),)
    desk.pages.go_to_stock()
    page = desk.pages.stock
    acts = {"same_person": "confirm", "differs": "count"}
    if name in {"spoil", "confirm", "return", "count", *acts}:
        page.choose(acts.get(name, name))
    if name == "spoil":
        page.typed("number", "K000819")
        page.typed("reason", "other")
    if name == "same_person":
        page.typed("number", "K000817")
        page.typed("account", "wangli")
        page.typed("password", "wrong")
        page.go_on()
    if name == "differs":
        page.typed("free", "36")
        page.typed("spoiled", "1")
        page.go_on()
    return desk.shell


def happened(desk: SampleDesk, *, cards: int, confirmed: bool) -> None:
    """Let a delivery come, and a card be bent."""
    store, session = desk.store, desk.counter.session
    delivery = [ReceivedBlank(f"420196D156000005{n:016X}", f"B{22451259 + n}", f"K{817 + n:06d}") for n in range(cards)]
    stock.receive(store, session, delivery, "file", "L-2026-118")
    stock.spoil(store, session, "K000817", "damaged")
    stock.give_back(store, session, ["K000821", "K000822"], "多领")
    if confirmed:
        stock.confirm(store, SUPERVISOR, "K000817")
