"""The record of acts: who did what, and whether it still holds."""

from typing import Final

from sscard_desk.central.admin.guard import Page, Visit
from sscard_desk.central.admin.secrets import AUDIT, derived
from sscard_desk.central.store import audit

SHOWN: Final = 100
_LONGEST_NUMBER: Final = 15


def show(visit: Visit) -> Page:
    """List the newest acts, of everybody or of one operator, and look through the chain where that is asked for."""
    who = visit.query.get("operator")
    before = visit.query.get("before", "")[:_LONGEST_NUMBER]
    at = int(before) if before.isascii() and before.isdecimal() else 0
    checked: dict[str, object] = {"broken": None, "head": 0, "hash": ""}
    with visit.centre.database.reading() as connection:
        found = audit.acts(connection, operator=who, before=at, most=SHOWN)
        if "verify" in visit.query:
            head, newest, broken = audit.verify(connection, derived(visit.centre.keys, AUDIT))
            checked = {"broken": broken, "head": head, "hash": newest.hex()}
    return Page(
        "record.html",
        {"acts": found, "who": who, "more": len(found) == SHOWN, "verified": "verify" in visit.query, **checked},
    )
