"""An operator's own account: password, recovery codes, sessions."""

from sscard_desk.central.admin import sign_in as signing
from sscard_desk.central.admin.guard import SIGN_IN, Page, Visit
from sscard_desk.central.admin.passwords import SHORTEST
from sscard_desk.central.store import operator_sessions, operators

ACCOUNT = "/admin/account"


def show(visit: Visit) -> Page:
    """Show sessions and how many recovery codes are left."""
    own = visit.session.session
    with visit.centre.database.reading() as connection:
        found = operator_sessions.of_operator(connection, own.operator)
        left = operators.recovery_left(connection, own.operator)
    shown = [{"begun": each.begun_ms, "seen": each.seen_ms, "own": each.digest == own.digest} for each in found]
    return Page("account.html", {"sessions": shown, "left": left, "shortest": SHORTEST, "differs": False})


def take_password(visit: Visit) -> Page:
    """Change the password."""
    form = visit.form
    if form.get("password", "") != form.get("again", ""):
        return Page("account.html", {**show(visit).values, "differs": True}, status=400)
    signing.change_password(visit.centre, visit.session, form.get("old", ""), form.get("password", ""), visit.address)
    return Page(to=f"{ACCOUNT}?done=password")


def take_recovery(visit: Visit) -> Page:
    """Make new recovery codes and show them, once."""
    codes = signing.new_recovery_codes(visit.centre, visit.session, visit.form.get("old", ""), visit.address)
    return Page("recovery.html", {"codes": codes})


def end_others(visit: Visit) -> Page:
    """End the operator's other sessions."""
    signing.end_others(visit.centre, visit.session)
    return Page(to=f"{ACCOUNT}?done=sessions")


def sign_out(visit: Visit) -> Page:
    """End this session."""
    signing.sign_out(visit.centre, visit.session)
    return Page(to=SIGN_IN, end=True)
