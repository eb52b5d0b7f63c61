"""The first page: how the centre stands."""

from sscard_desk.central.admin.guard import Page, Visit
from sscard_desk.central.store import desk_status, photo_limits, standing


def show(visit: Visit) -> Page:
    """Show the scopes, and how many desks, entries and applications are in which state."""
    with visit.centre.database.reading() as connection:
        return Page(
            "home.html",
            {
                "scopes": desk_status.scope_statuses(connection),
                "blobs": desk_status.blob_count(connection),
                "desks": standing.desks_by_state(connection),
                "entries": standing.entries_by_outcome(connection),
                "unmatched": photo_limits.unmatched(connection),
                "applications": standing.applications(connection),
            },
        )
