"""Who works at a service point: entered, changed and ended, and told to its desks under the centre's seal."""

import secrets
from collections.abc import Sequence
from typing import Final

from sscard_desk.central.admin.acting import acting
from sscard_desk.central.admin.guard import Page, Visit
from sscard_desk.central.lists.cells import CHECKS, CellWrong
from sscard_desk.central.staff import StaffMember, accounts_of, end_account, import_staff
from sscard_desk.central.store import standing
from sscard_desk.central.store.staff import KnownAccount
from sscard_desk.domain.errors.staff import AccountNotListed
from sscard_desk.domain.ids import Role

STAFF: Final = "/admin/staff"
_FIELDS: Final = {"name": "text", "role": "role", "login": "text", "account": "account", "public_key": "public_key"}
_NEEDED: Final = frozenset({"name", "role"})
_PUBLIC_KEY: Final = "public_key"


def show(visit: Visit) -> Page:
    """List the staff of a service point, beside a form for a new account or the one that is to change."""
    with visit.centre.database.reading() as connection:
        points = standing.all_points(connection)
    point = visit.form.get("point") or visit.query.get("point") or (points[0][0] if points else "")
    found = sorted(accounts_of(visit.centre, point), key=lambda each: (each.ended, each.name, each.account))
    chosen = _one(found, visit.form.get("changed") or visit.query.get("account", ""))
    values = {name: visit.form.get(name, "") for name in _FIELDS}
    if chosen and not visit.form:
        values |= {"name": chosen.name, "role": chosen.role, "login": chosen.login}
    return Page(
        "staff.html",
        {"points": points, "point": point, "accounts": found, "chosen": chosen, "roles": list(Role), "wrong": {}}
        | {"values": values},
    )


def take(visit: Visit) -> Page:
    """Enter an account, or change one.

    Raises:
        AccountNotListed: the one that is to change has ended, or never was.
    """
    point, changed = visit.form.get("point", ""), visit.form.get("changed", "")
    said = {name: visit.form.get(name, "").strip() for name in _FIELDS}
    wrong = {name: reason for name, value in said.items() if (reason := _objection(name, value))}
    if wrong:
        return Page("staff.html", {**show(visit).values, "wrong": wrong}, status=400)
    known = _one(accounts_of(visit.centre, point), changed)
    if changed and (known is None or known.ended):
        raise AccountNotListed
    account = known.account if known else said["account"].lower() or secrets.token_hex(16)
    key = b"" if known else bytes.fromhex(said[_PUBLIC_KEY])
    member = StaffMember(account, said["name"], CHECKS["role"](said["role"]), key, said["login"])
    with acting(visit.centre, visit.operator, "staff.change", account) as centre:
        import_staff(centre, point, [member])
    return Page(to=f"{STAFF}?point={point}&done=staff_kept")


def show_end(visit: Visit) -> Page:
    """Ask once more before an account is shut out."""
    point = visit.form.get("point") or visit.query.get("point", "")
    found = _one(accounts_of(visit.centre, point), visit.form.get("account") or visit.query.get("account", ""))
    return Page("end_account.html", {"account": found}) if found and not found.ended else Page(to=STAFF)


def take_end(visit: Visit) -> Page:
    """End an account: its desks close its way in at their next exchange.

    Raises:
        AccountNotListed: there is none of this name.
    """
    account = visit.form.get("account", "")
    with acting(visit.centre, visit.operator, "staff.end", account) as centre:
        ended = end_account(centre, account)
    return Page(to=f"{STAFF}?point={ended.point}&done=staff_ended")


def _one(found: Sequence[KnownAccount], account: str) -> KnownAccount | None:
    return next((each for each in found if each.account == account), None)


def _objection(name: str, said: str) -> str:
    """Return the word for what is wrong with a field; empty for nothing."""
    if not said:
        return "missing" if name in _NEEDED else ""
    try:
        CHECKS[_FIELDS[name]](said)
    except CellWrong as wrong:
        return wrong.reason
    return ""
