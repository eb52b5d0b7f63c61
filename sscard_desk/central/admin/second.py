"""Acts on desks and service points that need a second operator where the centre asks for one, for pages and verbs.

Whether they do is looked at in the transaction of the act, the desk held: a desk that enrols meanwhile is seen.
"""

import secrets
from collections.abc import Callable
from dataclasses import replace
from typing import Final, TypeVar

import msgspec
from sqlalchemy import Connection, select

from sscard_desk.central.admin.acting import recorder, recording
from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.imports import enrolment_code, import_point
from sscard_desk.central.store import operator_wishes
from sscard_desk.central.store.desks import DeskState, allow_desk, find_desk
from sscard_desk.central.store.joined import Joined
from sscard_desk.central.store.operator_wishes import Wish
from sscard_desk.central.store.tables import point as service_point
from sscard_desk.domain.errors.desk_identity import DeskUnknown
from sscard_desk.wire.enrolment import EnrolmentCode

ALLOW: Final = "desk.allow"
EXPECT: Final = "desk.expect"
POINT: Final = "point.enter"
Result = TypeVar("Result")


def allow(centre: OpenCentre, operator: str, desk: str, reason: str) -> DeskState | None:
    """Listen to a revoked desk again; return where it stands now, None where a second operator has to confirm it.

    Raises:
        DeskUnknown: there is none of this name.
    """

    def work(connection: Connection) -> DeskState:
        return allow_desk(connection, desk, centre.now_ms(), reason)

    def undoes(connection: Connection) -> bool:
        known = find_desk(connection, desk, for_update=True)
        return known is not None and known.state is DeskState.REVOKED

    return _unless(centre, operator, Wish("", operator, ALLOW, desk, reason, 0), undoes, work)


def expect(centre: OpenCentre, operator: str, desk: str, point: str) -> EnrolmentCode | None:
    """Return a one-time code for a desk, None where a second operator has to confirm it: it replaces a computer.

    Raises:
        ServicePointUnknown: no such service point was entered.
    """

    def replaces(connection: Connection) -> bool:
        known = find_desk(connection, desk, for_update=True)
        return known is not None and known.state is not DeskState.EXPECTED

    def work(connection: Connection) -> EnrolmentCode:
        return enrolment_code(_within(centre, connection), desk, point)

    return _unless(centre, operator, Wish("", operator, EXPECT, desk, "", 0), replaces, work)


def enter_point(centre: OpenCentre, operator: str, point: str, name: str, region: str) -> bool:
    """Enter a service point; return False where a second operator has to confirm it: another one is known by the code.

    The region decides which register its desks read.
    """
    words = msgspec.json.encode([name, region]).decode()

    def changes(connection: Connection) -> bool:
        query = select(service_point.c.name, service_point.c.region).where(service_point.c.id == point)
        known = connection.execute(query.with_for_update()).first()
        return known is not None and (known.name, known.region) != (name, region)

    def work(connection: Connection) -> bool:
        import_point(_within(centre, connection), point, name, region)
        return True

    return bool(_unless(centre, operator, Wish("", operator, POINT, point, words, 0), changes, work))


def point_of(wish: Wish) -> tuple[str, str]:
    """Return name and region that a wish of the kind `POINT` gives its service point."""
    return msgspec.json.decode(wish.reason, type=tuple[str, str])


def do(centre: OpenCentre, connection: Connection, wish: Wish) -> EnrolmentCode | None:
    """Do what a second operator confirmed, in the transaction of the decision; return a code to be shown once.

    Raises:
        DeskUnknown: the desk is not there any more; the wish waits on.
    """
    if wish.act == ALLOW:
        allow_desk(connection, wish.object, centre.now_ms(), wish.reason)
    elif wish.act == POINT:
        import_point(_within(centre, connection), wish.object, *point_of(wish))
    elif wish.act == EXPECT:
        known = find_desk(connection, wish.object)
        if known is None:
            raise DeskUnknown(desk=wish.object)
        return enrolment_code(_within(centre, connection), wish.object, known.point)
    return None


def _unless(
    centre: OpenCentre,
    operator: str,
    wish: Wish,
    is_dangerous: Callable[[Connection], bool],
    work: Callable[[Connection], Result],
) -> Result | None:
    """Do some work, on record; where it is dangerous and the centre asks for a second operator keep the wish for it."""

    def done(connection: Connection) -> Result | None:
        if operator_wishes.is_asked(connection) and is_dangerous(connection):
            made = replace(wish, id=secrets.token_hex(16), at_ms=centre.now_ms())
            operator_wishes.keep(connection, made)
            recorder(centre, operator, f"{wish.act}-wish")(connection, wish.object)
            return None
        result = work(connection)
        recorder(centre, operator, wish.act)(connection, wish.object)
        return result

    with recording(centre, operator, wish.act, wish.object):
        return centre.database.write(done)


def _within(centre: OpenCentre, connection: Connection) -> OpenCentre:
    return replace(centre, database=Joined(connection, centre.database))
