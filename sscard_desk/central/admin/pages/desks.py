"""Desks: who is there, who is expected, who is listened to no more."""

import re
from typing import Final

from sscard_desk.central.admin import second
from sscard_desk.central.admin.acting import acting
from sscard_desk.central.admin.guard import Page, Visit
from sscard_desk.central.admin.pages.wishes import REVOKE, waits
from sscard_desk.central.awaited import LOOKED_AT, awaited
from sscard_desk.central.imports import CODE_HOURS
from sscard_desk.central.store import standing
from sscard_desk.central.store.desk_status import desk_statuses
from sscard_desk.central.store.desks import revoke_desk

DESKS: Final = "/admin/desks"
LONGEST_REASON: Final = 200
_DESK: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,31}", re.ASCII)
_POINT: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,15}", re.ASCII)
_REGION: Final = re.compile(r"[0-9]{6}", re.ASCII)


def show(visit: Visit) -> Page:
    """List the desks."""
    with visit.centre.database.reading() as connection:
        found = desk_statuses(connection)
        return Page("desks.html", {"desks": found, "unsettled": standing.unsettled(connection)})


def show_one(visit: Visit) -> Page:
    """Show where a desk stands, and which pictures of its newest entries have not come yet."""
    name = visit.query.get("desk", "")
    with visit.centre.database.reading() as connection:
        found = next((each for each in desk_statuses(connection) if each.desk == name), None)
        waiting = awaited(connection, found.desk, found.point) if found else []
    return Page("desk.html", {"desk": found, "awaited": waiting, "looked_at": LOOKED_AT}) if found else Page(to=DESKS)


def show_expect(visit: Visit) -> Page:
    """Ask which desk is expected, and where."""
    with visit.centre.database.reading() as connection:
        points = standing.all_points(connection)
    names = ("desk", "point", "new_point", "new_name", "new_region")
    return Page("expect.html", {"points": points, "wrong": (), **{name: visit.form.get(name, "") for name in names}})


def take_expect(visit: Visit) -> Page:
    """Expect a desk and show its one-time code, once."""
    form = {name: value.strip() for name, value in visit.form.items()}
    desk, new = form.get("desk", ""), form.get("new_point", "")
    point = new or form.get("point", "")
    wrong = [name for name, fits in (
        ("desk", _DESK.fullmatch(desk)),
        ("point", _POINT.fullmatch(point)),
        ("new_name", not new or form.get("new_name")),
        ("new_region", not new or _REGION.fullmatch(form.get("new_region", ""))),
    ) if not fits]  # fmt: skip
    if wrong:
        return Page("expect.html", {**show_expect(visit).values, "wrong": wrong}, status=400)
    waits_for_second = Page(to=f"{DESKS}?done=waits")
    if new and not second.enter_point(visit.centre, visit.operator, new, form["new_name"], form["new_region"]):
        return waits_for_second
    code = second.expect(visit.centre, visit.operator, desk, point)
    if code is None:
        return waits_for_second
    return Page("code.html", {"desk": desk, "code": code.text(), "hours": CODE_HOURS})


def show_revoke(visit: Visit) -> Page:
    """Ask once more before a desk is listened to no more, or again."""
    name = visit.form.get("desk") or visit.query.get("desk", "")
    with visit.centre.database.reading() as connection:
        found = next((each for each in desk_statuses(connection) if each.desk == name), None)
    return Page("revoke.html", {"desk": found, "again": found.state == "revoked"}) if found else Page(to=DESKS)


def take_revoke(visit: Visit) -> Page:
    """Listen to a desk no more, or again; what it had sent stays."""
    name, reason = visit.form.get("desk", ""), visit.form.get("reason", "").strip()[:LONGEST_REASON]
    again = visit.form.get("again") == "1"
    if not again and waits(visit, REVOKE, name, reason):
        return Page(to=f"{DESKS}?done=waits")
    if again:
        state = second.allow(visit.centre, visit.operator, name, reason)
        return Page(to=f"{DESKS}?done={'allowed' if state else 'waits'}")
    with acting(visit.centre, visit.operator, "desk.revoke", name) as centre:
        centre.database.write(lambda connection: revoke_desk(connection, name, centre.now_ms(), reason))
    return Page(to=f"{DESKS}?done=revoked")
