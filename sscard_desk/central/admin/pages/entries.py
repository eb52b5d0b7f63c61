"""Entries that the centre received and did not take: whose, which, why. Nothing of what stands in them."""

from typing import Final

from sscard_desk.central.admin.guard import Page, Visit
from sscard_desk.central.store import standing

SHOWN: Final = 100
_LONGEST_NUMBER: Final = 9


def show(visit: Visit) -> Page:
    """List them, newest first, of all desks or of one."""
    desk = visit.query.get("desk", "")
    said = visit.query.get("from", "")[:_LONGEST_NUMBER]
    after = int(said) if said.isascii() and said.isdecimal() else 0
    with visit.centre.database.reading() as connection:
        found = standing.not_taken(connection, desk, after, SHOWN)
    return Page("entries.html", {"entries": found, "desk": desk, "after": after, "more": len(found) == SHOWN})
