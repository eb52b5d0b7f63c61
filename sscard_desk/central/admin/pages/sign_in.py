"""Signing in, and what an invited operator sets up at the first time."""

from sscard_desk.central.admin import factor
from sscard_desk.central.admin.guard import HOME, SET_UP, Page, Visit
from sscard_desk.central.admin.passwords import SHORTEST
from sscard_desk.central.admin.secrets import unseal
from sscard_desk.central.admin.sessions import SETTING_UP
from sscard_desk.central.admin.sign_in import set_up, sign_in
from sscard_desk.central.admin.square import square


def show(visit: Visit) -> Page:
    """Ask for name, password and code."""
    return Page("sign_in.html", {"name": visit.form.get("name", "")})


def take(visit: Visit) -> Page:
    """Sign in."""
    form = visit.form
    begun = sign_in(
        visit.centre,
        form.get("name", "").strip(),
        form.get("password", ""),
        form.get("code", "").strip(),
        visit.address,
    )
    return Page(to=SET_UP if begun.session.stage == SETTING_UP else HOME, begin=begun)


def show_set_up(visit: Visit) -> Page:
    """Show the secret of the second factor, and ask for a first code of it and for an own password."""
    session = visit.session.session
    secret = unseal(visit.centre.keys, session.pending, session.operator)
    side, path = square(factor.address_of(secret, session.operator, visit.centre.name))
    return Page(
        "set_up.html",
        {
            "shown_secret": factor.typed_secret(secret),
            "side": side,
            "square": path,
            "shortest": SHORTEST,
            "differs": False,
        },
    )


def take_set_up(visit: Visit) -> Page:
    """End the invitation and show the recovery codes, once."""
    form = visit.form
    if form.get("password", "") != form.get("again", ""):
        return Page("set_up.html", {**show_set_up(visit).values, "differs": True}, status=400)
    begun, codes = set_up(visit.centre, visit.session, form.get("password", ""), form.get("code", ""))
    return Page("recovery.html", {"codes": codes, "operator": begun.session.operator}, begin=begun)
