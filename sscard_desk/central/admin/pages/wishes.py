"""Acts that wait for a second operator."""

import secrets
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Final

from sscard_desk.central import erasing, keeping
from sscard_desk.central.admin import jobs, second
from sscard_desk.central.admin.acting import acting, recorder, recording
from sscard_desk.central.admin.guard import Page, Visit
from sscard_desk.central.admin.tools import Tools
from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.erasing import Reason
from sscard_desk.central.imports import CODE_HOURS
from sscard_desk.central.store import operator_wishes
from sscard_desk.central.store.desks import revoke_desk
from sscard_desk.central.store.joined import Joined
from sscard_desk.central.store.operator_wishes import CONFIRMED, DECLINED, Wish
from sscard_desk.domain.erasure import Why
from sscard_desk.domain.errors.administration import SecondOperatorNeeded
from sscard_desk.domain.errors.erasure import ErasureOpen, NothingToErase
from sscard_desk.wire.enrolment import EnrolmentCode

WISHES: Final = "/admin/wishes"
REVOKE: Final = "desk.revoke"
ORDER: Final = "erasure.order"
ORDER_OPEN: Final = "erasure.order-open"
"""Also where it has not ended."""
DUE: Final = "erasure.due"
SET_PERIOD: Final = "retention.set"
AT_ONCE: Final = 500
"""So many of what is past its time are erased by one press."""


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
    points = {wish.id: second.point_of(wish) for wish in found if wish.act == second.POINT}
    return Page("wishes.html", {"wishes": found, "asked": asked, "points": points})


def decider(tools: Tools) -> Callable[[Visit], Page]:
    """Return what takes the word of the second operator."""
    return partial(_decide, tools)


def _decide(tools: Tools, visit: Visit) -> Page:
    confirms = visit.form.get("word") == "confirm"
    state = CONFIRMED if confirms else DECLINED
    name = visit.form.get("wish", "")
    code: EnrolmentCode | None = None
    act = f"wish.{'confirm' if confirms else 'decline'}"
    with acting(visit.centre, visit.operator, act, name) as centre, centre.database.writing() as connection:
        wish = operator_wishes.decide(connection, name, visit.operator, state)
        if wish is None:
            raise SecondOperatorNeeded
        if confirms and wish.act == REVOKE:
            # in the transaction of the decision: what was confirmed is done, or neither is
            revoke_desk(connection, wish.object, centre.now_ms(), wish.reason)
        if confirms and wish.act in {second.ALLOW, second.EXPECT, second.POINT}:
            code = second.do(visit.centre, connection, wish)
            recorder(visit.centre, visit.operator, wish.act)(connection, wish.object)
        if confirms:
            _do(replace(visit.centre, database=Joined(connection, visit.centre.database)), visit.operator, wish)
    if wish.act.startswith("import."):
        (jobs.go_on(visit.centre, tools, wish.object) if confirms else jobs.stop(visit.centre, wish.object))
    if confirms and wish.act in {ORDER, ORDER_OPEN}:
        visit.centre.database.forget_freed()
    if confirms and wish.act == DUE:
        with recording(visit.centre, visit.operator, DUE) as record:
            keeping.erase_due(visit.centre, record, AT_ONCE)
    if code is not None:
        return Page("code.html", {"desk": code.desk, "code": code.text(), "hours": CODE_HOURS})
    return Page(to=f"{WISHES}?done={'confirmed' if confirms else 'declined'}")


def _do(centre: OpenCentre, operator: str, wish: Wish) -> None:
    """Do what was confirmed in the transaction of the decision.

    Raises:
        NothingToErase, ErasureOpen: nothing can be erased; the wish waits on.
    """
    record = recorder(centre, operator, wish.act)
    if wish.act in {ORDER, ORDER_OPEN}:
        reason = Reason(Why.REQUEST, "by two operators", wish.operator, open_too=wish.act == ORDER_OPEN)
        done = erasing.erase(centre, [wish.object], reason, record)
        if done.open:
            raise ErasureOpen(count=len(done.open))
        if not done.subjects:
            raise NothingToErase
    elif wish.act == SET_PERIOD:
        kind, _, days = wish.object.partition("=")
        with centre.database.writing() as connection:
            keeping.set_period(centre, kind, int(days))
            record(connection, wish.object)
