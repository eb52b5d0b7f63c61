"""The list of what waits for the centre, page by page: entries in order of the journal, then pictures and scans."""

from dataclasses import replace
from typing import Final

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, true

from sscard_desk.ports.unsent import Part, UnsentAsked, UnsentCounts, UnsentItem
from sscard_desk.store import tables
from sscard_desk.store.blob_owners import NAMELESS, BlobOwners, recorded

_entry, _aside = tables.entry.c, tables.aside.c
_application, _blob = tables.application.c, tables.blob.c
_ENTRY, _BLOB = "entry:", "blob:"
_STRIDE: Final = 500


def counts(connection: Connection) -> UnsentCounts:
    """Return how many entries wait, how many were set aside, and how many pictures and scans wait."""
    unsent = connection.execute(select(func.count()).where(_entry.received_ms.is_(None))).scalar_one()
    turned_away = select(func.count()).select_from(tables.aside).join(tables.entry, _entry.seq == _aside.seq)
    aside = connection.execute(turned_away.where(_entry.received_ms.is_(None))).scalar_one()
    blobs = connection.execute(select(func.count()).where(_blob.sent == tables.FALSE)).scalar_one()
    return UnsentCounts(unsent - aside, aside, blobs)


def page(connection: Connection, asked: UnsentAsked, owners: BlobOwners) -> tuple[list[UnsentItem], bool]:
    """Return the items that were asked for, and whether others follow."""
    wanted, found = asked.limit + 1, list[UnsentItem]()
    if asked.part is not Part.BLOBS and not asked.after.startswith(_BLOB):
        found += _entries(connection, asked, wanted)
    if asked.part in {Part.ALL, Part.BLOBS} and len(found) < wanted:
        found += _blobs(connection, asked, wanted - len(found), owners)
    return found[: asked.limit], len(found) > asked.limit


def _entries(connection: Connection, asked: UnsentAsked, limit: int) -> list[UnsentItem]:
    aside = {Part.WAITING: _aside.seq.is_(None), Part.ASIDE: _aside.seq.is_not(None)}
    after = int(asked.after.removeprefix(_ENTRY) or 0)
    rows = connection.execute(
        select(_entry.seq, _entry.kind, _entry.subject, _entry.header, _entry.size, _application.number, _aside.code)
        .outerjoin(tables.aside, _aside.seq == _entry.seq)
        .outerjoin(tables.application, _application.id == _entry.subject)
        .where(and_(_entry.received_ms.is_(None), _entry.seq > after, aside.get(asked.part, true()), _fits(asked)))
        .order_by(_entry.seq)
        .limit(limit)
    )
    return [
        UnsentItem(
            key=f"{_ENTRY}{row.seq}",
            seq=row.seq,
            kind=row.kind,
            is_blob=False,
            subject=row.subject,
            number=row.number or "",
            at=recorded(row.header),
            size=row.size,
            code=row.code or "",
        )
        for row in rows
    ]


def _fits(asked: UnsentAsked) -> ColumnElement[bool]:
    if not asked.number:
        return true()
    return or_(_application.number.contains(asked.number, autoescape=True), _entry.kind.in_(asked.kinds))


def _blobs(connection: Connection, asked: UnsentAsked, limit: int, owners: BlobOwners) -> list[UnsentItem]:
    after, found = asked.after.removeprefix(_BLOB) if asked.after.startswith(_BLOB) else "", list[UnsentItem]()
    while len(found) < limit:
        rows = connection.execute(
            select(_blob.id, _blob.size)
            .where(and_(_blob.sent == tables.FALSE, _blob.id > after))
            .order_by(_blob.id)
            .limit(_STRIDE)
        ).all()
        if not rows:
            break
        after, named = rows[-1].id, owners.of(connection, [row.id for row in rows])
        every = (replace(named.get(row.id, NAMELESS), key=f"{_BLOB}{row.id}", size=row.size) for row in rows)
        found += [item for item in every if not asked.number or asked.number in item.number or item.kind in asked.kinds]
    return found[:limit]
