"""Acts that wait for a second operator."""

import secrets
from collections.abc import Callable
from functools import partial
from typing import Final

from sscard_desk.central.admin import jobs
from sscard_desk.central.admin.acting import acting
from sscard_desk.central.admin.guard import Page, Visit
from sscard_desk.central.admin.tools import Tools
from sscard_desk.central.store import operator_wishes
from sscard_desk.central.store.desks import revoke_desk
from sscard_desk.central.store.operator_wishes import CONFIRMED, DECLINED, Wish
from sscard_desk.domain.errors.administration import SecondOperatorNeeded

WISHES: Final = "/admin/wishes"
REVOKE: Final = "desk.revoke"


def waits(visit: Visit, act: str, on: str, reason: str) -> bool:
    """Let an act wait for a second operator where the centre asks for one; return whether it waits."""
    with visit.centre.database.reading() as connection:
        if not operator_wishes.is_asked(connection):
            return False
    with (
        acting(visit.centre, visit.operator, f"{act}-wish", on) as centre,
        centre.database.writing() as connection,
    ):
        now = centre.now_ms()
        operator_wishes.keep(connection, Wish(secrets.token_hex(16), visit.operator, act, on, reason, now))
    return True


def show(visit: Visit) -> Page:
    """List what waits."""
    with visit.centre.database.reading() as connection:
        found, asked = operator_wishes.open_ones(connection), operator_wishes.is_asked(connection)
    return Page("wishes.html", {"wishes": found, "asked": asked})


def decider(tools: Tools) -> Callable[[Visit], Page]:
    """Return what takes the word of the second operator."""
    return partial(_decide, tools)


def _decide(tools: Tools, visit: Visit) -> Page:
    confirms = visit.form.get("word") == "confirm"
    state = CONFIRMED if confirms else DECLINED
    name = visit.form.get("wish", "")
    act = f"wish.{'confirm' if confirms else 'decline'}"
    with acting(visit.centre, visit.operator, act, name) as centre, centre.database.writing() as connection:
        wish = operator_wishes.decide(connection, name, visit.operator, state)
        if wish is None:
            raise SecondOperatorNeeded
        if confirms and wish.act == REVOKE:
            # in the transaction of the decision: what was confirmed is done, or neither is
            revoke_desk(connection, wish.object, centre.now_ms(), wish.reason)
    if wish.act.startswith("import."):
        (jobs.go_on(visit.centre, tools, wish.object) if confirms else jobs.stop(visit.centre, wish.object))
    return Page(to=f"{WISHES}?done={'confirmed' if confirms else 'declined'}")
