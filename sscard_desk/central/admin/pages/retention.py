"""How long the centre and its desks keep what: set here, and what is past its time erased."""

from collections import Counter
from typing import Final

from sscard_desk.central import keeping
from sscard_desk.central.admin.acting import acting, recording
from sscard_desk.central.admin.guard import Page, Visit
from sscard_desk.central.admin.pages.wishes import AT_ONCE, DUE, SET_PERIOD, waits
from sscard_desk.central.store import operator_wishes
from sscard_desk.forms.keeping_rules import BACKUP, DESK

RETENTION: Final = "/admin/erasures/retention"


def show(visit: Visit) -> Page:
    """Show the periods; what is past its time is counted where that is asked for: it reads through all that ended."""
    rules = keeping.rules_of(visit.centre)
    with visit.centre.database.reading() as connection:
        second = operator_wishes.is_asked(connection)
    counted = "due" in visit.query
    return Page(
        "retention.html",
        {
            "rules": rules,
            "shipped": (DESK, BACKUP),
            "due": Counter(keeping.due(visit.centre).values()) if counted else None,
            "kind": visit.form.get("kind", ""),
            "days": visit.form.get("days", ""),
            "wrong": False,
            "second": second,
        },
    )


def take(visit: Visit) -> Page:
    """Set a period, or erase what is past its time."""
    if visit.form.get("word") == "run":
        if waits(visit, DUE, "", ""):
            return Page(to=f"{RETENTION}?done=waits")
        with recording(visit.centre, visit.operator, DUE) as record:
            keeping.erase_due(visit.centre, record, AT_ONCE)
        return Page(to=f"{RETENTION}?due=1&done=due_erased")
    kind, days = visit.form.get("kind", ""), visit.form.get("days", "").strip()
    if not keeping.may_be_set(kind, days):
        return Page("retention.html", {**show(visit).values, "wrong": True}, status=400)
    on = f"{kind}={days}"
    if waits(visit, SET_PERIOD, on, ""):
        return Page(to=f"{RETENTION}?done=waits")
    with acting(visit.centre, visit.operator, SET_PERIOD, on) as centre:
        keeping.set_period(centre, kind, int(days))
    return Page(to=f"{RETENTION}?done=period_set")
