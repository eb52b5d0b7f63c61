"""The areas of the window: their keys, and what the rail shows of them. No Qt."""

from typing import Final

from sscard_desk.ui.serving.serving import SERVE
from sscard_desk.ui.states import RailEntry
from sscard_desk.ui.words import say

LISTS: Final = "lists"
CLASS_LIST: Final = "class_list"
CARDS: Final = "cards"
SIGN_OFF: Final = "sign_off"
STAFF: Final = "staff"
ASIDE: Final = "aside"
SET_UP: Final = "setup"


def rail(waiting: int = 0, turned_away: int = 0) -> tuple[RailEntry, ...]:
    """Return the areas in their order.

    Args:
        waiting: applications that wait for a supervisor.
        turned_away: what the centre did not take, or asks, and somebody has to look at.
    """
    return (
        RailEntry(SERVE, "serve", say("shell.area.serve")),
        RailEntry(LISTS, "work", say("shell.area.lists")),
        RailEntry(CLASS_LIST, "file_text", say("shell.area.class_list")),
        RailEntry(CARDS, "cards", say("shell.area.cards")),
        RailEntry(SIGN_OFF, "sign_off", say("shell.area.sign_off"), waiting),
        RailEntry(STAFF, "users", say("shell.area.staff")),
        RailEntry(ASIDE, "undo", say("shell.area.aside"), turned_away),
        RailEntry(SET_UP, "setup", say("shell.area.setup")),
    )
