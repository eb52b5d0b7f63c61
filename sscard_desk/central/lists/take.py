"""Taking a list that holds: the same functions as for whatever else brings rows in."""

import hashlib
import hmac
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection

from sscard_desk.central import imports
from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.lists.check import Checked
from sscard_desk.central.lists.kinds import PERSONS, ListKind
from sscard_desk.central.photos import import_studios
from sscard_desk.central.snapshots import build_snapshot
from sscard_desk.central.staff import StaffMember, import_staff
from sscard_desk.central.store import desk_status, feeds, recovery, standing
from sscard_desk.central.store.joined import Joined
from sscard_desk.domain.ids import PersonKey
from sscard_desk.domain.numbers.citizen_id import parse_id_number
from sscard_desk.domain.person import Person
from sscard_desk.wire.feed import REFERENCE, persons_scope, read_person

Row = Mapping[str, str]


def _none(_connection: Connection, _changed: int) -> None:
    """Nothing ends with the list."""


def need_place(centre: OpenCentre, kind: ListKind, where: str, checked: Checked) -> None:
    """Add to what is wrong whatever only the centre knows: unknown points, regions, banks and desks."""
    with centre.database.reading() as connection:
        points = {point for point, _, _ in standing.all_points(connection)}
        regions = {region for _, _, region in standing.all_points(connection)}
        banks = feeds.ids_of(connection, REFERENCE, "bank")
        desks = {each.desk for each in desk_status.desk_statuses(connection, where)} if kind.name == "blanks" else set()
    if kind.needs and where not in (points if kind.needs == "point" else regions):
        checked.tell(1, "", f"{kind.needs}-unknown")
    for number, row in zip(checked.numbers, checked.rows, strict=True):
        if kind.name == "outlets" and row["bank"] not in banks:
            checked.tell(number, "bank", "bank-unknown")
        if kind.name == "blanks" and row["desk"] not in desks:
            checked.tell(number, "desk", "desk-unknown")
        if kind.name == PERSONS and not _is_whole(row):
            checked.tell(number, "birth", "missing")


def take(
    centre: OpenCentre, kind: ListKind, where: str, rows: Sequence[Row], end: Callable[[Connection, int], None] = _none
) -> int:
    """Bring a list in, whole, in one transaction.

    Args:
        centre: the centre.
        kind: the list.
        where: service point or region that it is for.
        rows: as they were checked.
        end: is given that transaction and how many rows were new or changed, last; what it raises undoes the list.

    Returns:
        How many rows were new or changed.
    """
    work = _PREPARE.get(kind.name, _as_it_is)(centre, where, rows)
    with centre.database.writing() as connection:
        changed = _TAKE[kind.name](replace(centre, database=Joined(connection, centre.database)), where, work)
        end(connection, changed)
    if kind.name == PERSONS:
        build_snapshot(centre, persons_scope(where))
    return changed


def _as_it_is(_centre: OpenCentre, _where: str, rows: Sequence[Row]) -> Sequence[Any]:
    return rows


def _persons(centre: OpenCentre, region: str, rows: Sequence[Row]) -> Sequence[Person]:
    """Return the persons of a register before anything is locked: there may be a million."""
    with centre.database.reading() as connection:
        bodies = feeds.bodies_of(connection, persons_scope(region), "person")
    known = {person.id_number: person for person in map(read_person, bodies)}
    secret = hashlib.sha256(b"sscard-desk person keys 1" + centre.keys.receipt.private_bytes_raw()).digest()
    return [_person(row, region, known.get(row["id_number"]), secret) for row in rows]


def _person(row: Row, region: str, known: Person | None, secret: bytes) -> Person:
    """Return a person; one who is new gets a key that nobody else can compute and two imports at once agree on."""
    number = parse_id_number(row["id_number"])
    made = hmac.digest(secret, number.text.encode(), hashlib.sha256).hex()[:32]
    birth = date.fromisoformat(row["birth"]) if row.get("birth") else number.birth
    if birth is None:
        raise ValueError("a row without day of birth was not told")
    return Person(
        key=known.key if known else PersonKey(made),
        id_number=number.text,
        document_kind=number.kind.value,
        name=row["name"],
        sex=row.get("sex") or number.sex,
        ethnic=row.get("ethnic", ""),
        birth=birth,
        address=row["address"],
        region=row.get("region", region),
        authority=row["authority"],
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=date.fromisoformat(row["valid_to"]) if row.get("valid_to") else None,
        phone=row.get("phone", ""),
        version=1,
    )


def _is_whole(row: Row) -> bool:
    number = parse_id_number(row["id_number"])
    return bool((row.get("birth") or number.birth) and (row.get("sex") or number.sex))


def _time_limits(centre: OpenCentre, _where: str, rows: Sequence[Row]) -> int:
    limits = {row["id"]: {"count": "working", **row} for row in rows}
    return imports.import_rows(centre, REFERENCE, "time_limit", limits)


def _staff(centre: OpenCentre, point: str, rows: Sequence[Row]) -> int:
    members = [
        StaffMember(
            row["account"], row["name"], row["role"], bytes.fromhex(row.get("public_key", "")), row.get("login", "")
        )
        for row in rows
    ]
    with centre.database.writing() as connection:
        recovery.note_staff(connection, point, centre.now_ms())
        return import_staff(replace(centre, database=Joined(connection, centre.database)), point, members)


def _blanks(centre: OpenCentre, point: str, rows: Sequence[Row]) -> int:
    lent = [
        imports.LentBlank(row["identification_code"], row["card_number"], row["stock_no"], row["desk"]) for row in rows
    ]
    return imports.lend_blanks(centre, point, lent)


_PREPARE: Final[Mapping[str, Callable[[OpenCentre, str, Sequence[Row]], Sequence[Any]]]] = {PERSONS: _persons}
_TAKE: Final[Mapping[str, Callable[[OpenCentre, str, Sequence[Any]], int]]] = {
    PERSONS: imports.enter_persons,
    "banks": lambda centre, _where, rows: imports.import_banks(centre, rows),
    "outlets": lambda centre, _where, rows: imports.import_outlets(centre, rows),
    "studios": lambda centre, _where, rows: import_studios(centre, rows),
    "notices": lambda centre, _where, rows: imports.import_notices(centre, rows),
    "time_limits": _time_limits,
    "staff": _staff,
    "blanks": _blanks,
}
