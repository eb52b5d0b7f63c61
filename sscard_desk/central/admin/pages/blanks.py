"""Blank cards: how many each desk has in which state, which two desks have, and the centre's word for a spoiled one."""

from typing import Final

from sscard_desk.central import blanks
from sscard_desk.central.admin.acting import acting
from sscard_desk.central.admin.guard import Page, Visit
from sscard_desk.central.store.blanks import balance, twice

BLANKS: Final = "/admin/blanks"


def show(visit: Visit) -> Page:
    """Show the balance."""
    with visit.centre.database.reading() as connection:
        found, doubled = balance(connection), twice(connection)
    states = sorted({state for each in found.values() for state in each})
    return Page("blanks.html", {"desks": found, "states": states, "twice": doubled, "nothing": False})


def confirm(visit: Visit) -> Page:
    """Keep that a spoiled card is in hand at the centre."""
    code = visit.form.get("code", "").strip().upper()
    with acting(visit.centre, visit.operator, "blank.confirm", code) as centre:
        confirmed = blanks.confirm(centre, code, visit.operator) if code else 0
    if not confirmed:
        return Page("blanks.html", {**show(visit).values, "nothing": True}, status=400)
    return Page(to=f"{BLANKS}?done=spoiled_confirmed")
