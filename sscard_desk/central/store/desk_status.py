"""Where every desk, scope and picture stands, for whoever runs the centre."""

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from sscard_desk.central.store import bodies
from sscard_desk.central.store.tables import certificate, desk, point, scope


@dataclass(frozen=True)
class DeskStatus:
    """A desk as the centre has it; times are milliseconds since 1970 UTC, None where nothing is known.

    Attributes:
        desk: its name.
        point: its service point.
        point_name: the point's name.
        state: a `DeskState` word.
        state_ms: since when it stands so.
        state_reason: what an operator said about that.
        seen_ms: when it was heard last, to some minutes.
        received_seq: last entry of its journal that is here.
        said_seq: last entry that it said it has, at its last greeting.
        certificate_end_ms: end of the newest certificate that it was given.
        shows_certificate: whether the centre has seen it show one.
    """

    desk: str
    point: str
    point_name: str
    state: str
    state_ms: int | None
    state_reason: str
    seen_ms: int | None
    received_seq: int
    said_seq: int | None
    certificate_end_ms: int | None
    shows_certificate: bool

    @property
    def unsent(self) -> int | None:
        """Entries that it had and the centre has not, as of its last greeting; None where it never said."""
        return None if self.said_seq is None else max(0, self.said_seq - self.received_seq)


@dataclass(frozen=True)
class ScopeStatus:
    """A scope of the feed, its newest position, and how many items it has."""

    scope: str
    epoch: str
    head: int
    items: int


def desk_statuses(connection: Connection, at_point: str = "") -> list[DeskStatus]:
    """Return every desk, or those of one service point, in order of name."""
    newest = select(certificate.c.desk, func.max(certificate.c.end_ms).label("end_ms")).group_by(certificate.c.desk)
    ends = newest.subquery()
    query = (
        select(desk, point.c.name.label("point_name"), ends.c.end_ms)
        .join(point, point.c.id == desk.c.point)
        .outerjoin(ends, ends.c.desk == desk.c.id)
        .order_by(desk.c.id)
    )
    if at_point:
        query = query.where(desk.c.point == at_point)
    return [
        DeskStatus(
            desk=row.id,
            point=row.point,
            point_name=row.point_name,
            state=row.state,
            state_ms=row.state_ms,
            state_reason=row.state_reason,
            seen_ms=row.seen_ms,
            received_seq=row.head_seq,
            said_seq=row.said_seq,
            certificate_end_ms=row.end_ms,
            shows_certificate=bool(row.certificate),
        )
        for row in connection.execute(query)
    ]


def scope_statuses(connection: Connection) -> list[ScopeStatus]:
    """Return every scope, in order of id."""
    rows = connection.execute(select(scope.c.id, scope.c.epoch, scope.c.head, scope.c.size).order_by(scope.c.id))
    return [ScopeStatus(row.id, row.epoch, row.head, row.size) for row in rows]


def blob_count(connection: Connection) -> int:
    """Return how many pictures and scans are here."""
    return bodies.count(connection)
