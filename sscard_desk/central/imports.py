"""What a centre operator brings in: service points, the register, banks, staff, notices, blanks, enrolment codes."""

import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from sscard_desk.central.blanks import lend
from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.snapshots import build_snapshot
from sscard_desk.central.staff import StaffMember, import_staff
from sscard_desk.central.store import desks, feeds
from sscard_desk.central.store.blanks import LENT, Place
from sscard_desk.domain.person import Person
from sscard_desk.wire.enrolment import SECRET_BYTES, EnrolmentCode
from sscard_desk.wire.feed import REFERENCE, SERVICE_POINT, persons_scope, point_scope, write_person, write_row

CODE_HOURS = 72

__all__ = [
    "CODE_HOURS",
    "LentBlank",
    "StaffMember",
    "enrolment_code",
    "enter_persons",
    "import_banks",
    "import_notices",
    "import_outlets",
    "import_persons",
    "import_point",
    "import_rows",
    "import_staff",
    "lend_blanks",
    "remove_persons",
    "remove_rows",
]


@dataclass(frozen=True)
class LentBlank:
    """An empty card of the stock, lent to one desk.

    Attributes:
        identification_code: 32 hex characters.
        card_number: nine characters.
        stock_no: running number on the stock list.
        desk: who may write it.
    """

    identification_code: str
    card_number: str
    stock_no: str
    desk: str


def import_point(centre: OpenCentre, point: str, name: str, region: str) -> None:
    """Enter a service point; its desks work with the register of `region` (a code of GB/T 2260).

    Every desk hears its name: an application can be given to it.
    """
    with centre.database.writing() as connection:
        desks.make_point(connection, point, name, region)
        rows = {code: {"name": said} for code, said in desks.points(connection).items()}
        if len(rows) > 1:  # a single one has nobody to give an application to
            _publish(connection, REFERENCE, _changed(connection, REFERENCE, SERVICE_POINT, rows))


def import_persons(centre: OpenCentre, region: str, persons: Iterable[Person]) -> int:
    """Bring in the register of a region and make its snapshot file; equal rows are left alone.

    Returns:
        How many rows were new or changed.
    """
    changed = enter_persons(centre, region, persons)
    build_snapshot(centre, persons_scope(region))
    return changed


def enter_persons(centre: OpenCentre, region: str, persons: Iterable[Person]) -> int:
    """Bring in the register of a region, sorted by number, in one transaction. Returns how many rows changed."""
    bodies: dict[str, Callable[[int], bytes]] = {
        p.key: _person_body(p) for p in sorted(persons, key=lambda p: p.id_number)
    }
    scope = persons_scope(region)
    with centre.database.writing() as connection:
        feeds.make_scope(connection, scope)
        return _publish(connection, scope, feeds.changed_rows(connection, scope, "person", bodies))


def remove_persons(centre: OpenCentre, region: str, keys: Iterable[str]) -> int:
    """Take persons out of the register of a region: desks get tombstones. Returns how many stood there."""
    scope = persons_scope(region)
    with centre.database.writing() as connection:
        return _publish(connection, scope, feeds.gone_rows(connection, scope, "person", keys))


def import_banks(centre: OpenCentre, rows: Iterable[Mapping[str, str]]) -> int:
    """Bring in the banks that issue cards: `code`, `name`, and what else a desk shows of them."""
    return import_rows(centre, REFERENCE, "bank", {row["code"]: row for row in rows})


def import_outlets(centre: OpenCentre, rows: Iterable[Mapping[str, str]]) -> int:
    """Bring in outlets of the banks: `code`, `bank`, `name`, and `closed` for one that serves nobody any more."""
    return import_rows(centre, REFERENCE, "outlet", {row["code"]: row for row in rows})


def import_notices(centre: OpenCentre, rows: Iterable[Mapping[str, str]]) -> int:
    """Bring in notices: `id` and texts."""
    return import_rows(centre, REFERENCE, "notice", {row["id"]: row for row in rows})


def lend_blanks(centre: OpenCentre, point: str, blanks: Iterable[LentBlank]) -> int:
    """Lend empty cards of the stock to desks of a service point; a card that another desk has is told to both."""
    lent = list(blanks)
    rows = {
        blank.identification_code: {
            "identification_code": blank.identification_code,
            "card_number": blank.card_number,
            "stock_no": blank.stock_no,
            "desk": blank.desk,
        }
        for blank in lent
    }
    places = [
        Place(blank.identification_code, blank.desk, point, LENT, blank.stock_no, blank.card_number) for blank in lent
    ]
    own = point_scope(point)
    with centre.database.writing() as connection:
        told = lend(connection, point, places)
        changes = _changed(connection, own, "blank", rows)
        for scope in sorted({own, *told}):
            _publish(connection, scope, [*(changes if scope == own else ()), *told.get(scope, ())])
    return len(changes)


def import_rows(centre: OpenCentre, scope: str, kind: str, rows: Mapping[str, Mapping[str, str]]) -> int:
    """Bring in rows of any kind under their ids. Returns how many were new or changed."""
    with centre.database.writing() as connection:
        return _publish(connection, scope, _changed(connection, scope, kind, rows))


def remove_rows(centre: OpenCentre, scope: str, kind: str, ids: Iterable[str]) -> int:
    """Take rows of any kind out of a scope: desks get tombstones. Returns how many stood there."""
    with centre.database.writing() as connection:
        return _publish(connection, scope, feeds.gone_rows(connection, scope, kind, ids))


def enrolment_code(centre: OpenCentre, desk: str, point: str) -> EnrolmentCode:
    """Expect a desk at a service point, and return the one-time code under which it may enrol.

    Only a hash of the secret is kept; the code is good for `CODE_HOURS` and for one key.

    Raises:
        ServicePointUnknown: no such service point was entered.
    """
    secret = secrets.token_bytes(SECRET_BYTES)
    with centre.database.writing() as connection:
        desks.expect_desk(connection, desk, point, secret, centre.now_ms() + CODE_HOURS * 3_600_000)
    return EnrolmentCode(desk=desk, fingerprint=centre.keys.fingerprint, secret=secret)


def _changed(
    connection: Connection, scope: str, kind: str, rows: Mapping[str, Mapping[str, str]]
) -> list[feeds.Change]:
    return feeds.changed_rows(connection, scope, kind, {key: _row_body(row) for key, row in rows.items()})


def _publish(connection: Connection, scope: str, changes: Sequence[feeds.Change]) -> int:
    if changes:
        feeds.publish(connection, scope, changes)
    return len(changes)


def _person_body(person: Person) -> Callable[[int], bytes]:
    return lambda version: write_person(person, version)


def _row_body(row: Mapping[str, str]) -> Callable[[int], bytes]:
    return lambda _version: write_row(row)
