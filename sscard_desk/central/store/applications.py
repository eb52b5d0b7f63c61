"""Where each application stands, as the centre folded it."""

from collections.abc import Collection, Container, Iterable, Mapping
from dataclasses import MISSING, dataclass, fields
from types import MappingProxyType
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, Row, bindparam, select, update

from sscard_desk.central.store.rows import among, insert_alone, insert_rows
from sscard_desk.central.store.tables import application
from sscard_desk.domain.application import Application
from sscard_desk.domain.steps import ENDED


@dataclass(frozen=True)
class Standing:
    """An application and who may go on with it.

    Attributes:
        state: the fold of its accepted entries.
        point: the service point it belongs to.
        desk: who opened it.
        content_version: the application's version when its contents were changed last.
        content_desk: who changed them last.
        second: whether it was opened beside another one, by an exception with a reason.
    """

    state: Application
    point: str
    desk: str
    content_version: int
    content_desk: str
    second: bool = False

    @property
    def holds_person(self) -> bool:
        """Whether it keeps its person from opening another one."""
        return not self.second and self.state.step not in ENDED


@dataclass(frozen=True)
class Packed:
    """An application and its bytes as a row keeps them."""

    state: Application
    body: bytes


NONE_PACKED: Final[Mapping[str, Packed]] = MappingProxyType({})


def pack(state: Application) -> Packed:
    """Return an application with its bytes; whoever has time for that before a transaction does it there."""
    return Packed(state, _bytes(state))


def find_all(connection: Connection, subjects: Collection[str]) -> dict[str, Standing]:
    """Return the applications among these keys; nobody else changes them before the transaction ends."""
    query = (
        select(application).where(among(connection, application.c.subject, subjects)).order_by(application.c.subject)
    )
    rows = connection.execute(query.with_for_update())
    return {row.subject: _standing(row) for row in rows}


def numbers_and_steps(connection: Connection, subjects: Collection[str]) -> dict[str, tuple[str, str]]:
    """Return the number and the step of the applications among these keys."""
    query = select(application.c.subject, application.c.number, application.c.step)
    rows = connection.execute(query.where(among(connection, application.c.subject, subjects)))
    return {row.subject: (row.number, row.step) for row in rows}


def open_for_all(connection: Connection, id_numbers: Collection[str]) -> dict[str, Standing]:
    """Return the applications of these persons that are open, by id number."""
    rows = connection.execute(select(application).where(among(connection, application.c.open_key, id_numbers)))
    return {row.open_key: _standing(row) for row in rows}


def numbers_taken(connection: Connection, numbers: Collection[str]) -> set[str]:
    """Return which of these numbers applications have already."""
    return set(
        connection.execute(
            select(application.c.number).where(among(connection, application.c.number, numbers))
        ).scalars()
    )


def keep_all(
    connection: Connection,
    standings: Iterable[Standing],
    new: Container[str],
    packed: Mapping[str, Packed] = NONE_PACKED,
) -> None:
    """Keep where applications stand now.

    Those that do not hold their person come first: the person may have another one open by now.

    Args:
        connection: a writing transaction.
        standings: what to keep.
        new: the keys among them that the table does not have yet.
        packed: by key, what was packed before; bytes of what an application is no more are not used.
    """
    made: dict[bool, list[dict[str, Any]]] = {False: [], True: []}
    changed: dict[bool, list[dict[str, Any]]] = {False: [], True: []}
    for standing in standings:
        row = _row(standing, packed.get(standing.state.id))
        holding = row["open_key"] is not None
        if row["subject"] in new:
            made[holding].append(row)
        else:
            changed[holding].append({"at_" + name: value for name, value in row.items()})
    for holding in (False, True):
        if changed[holding]:
            connection.execute(_CHANGE, changed[holding])
        # a person's number is the key of those that hold one
        (insert_alone if holding else insert_rows)(connection, application, made[holding])


def _standing(row: Row[*tuple[Any, ...]]) -> Standing:
    state = _decoder.decode(row.state)
    return Standing(
        state=state,
        point=row.point,
        desk=row.desk,
        content_version=row.content_version,
        content_desk=row.content_desk,
        second=row.open_key is None and state.step not in ENDED,
    )


def _row(standing: Standing, packed: Packed | None) -> dict[str, Any]:
    state = standing.state
    body = packed.body if packed is not None and packed.state is state else _bytes(state)
    return {
        "subject": state.id,
        "point": standing.point,
        "number": state.number,
        "desk": standing.desk,
        "step": state.step.value,
        "version": state.version,
        "content_version": standing.content_version,
        "content_desk": standing.content_desk,
        "open_key": state.id_number if standing.holds_person else None,
        "state": body,
    }


_CHANGED = [column for column in application.columns if column.name != "subject"]
_CHANGE = (
    update(application)
    .where(application.c.subject == bindparam("at_subject"))
    .values({column: bindparam(f"at_{column.name}") for column in _CHANGED})
)


def _bytes(state: Application) -> bytes:
    """Return an application as a row keeps it: a map of its fields, without those that say nothing yet.

    Of a new application that is a third; whoever reads it finds them to be what a field is that nobody has set.
    """
    return _encoder.encode({name: value for name, value in vars(state).items() if value or value != _UNSET[name]})


_UNSET: Final[Mapping[str, object]] = {
    each.name: each.default if each.default_factory is MISSING else each.default_factory()
    for each in fields(Application)
}
"""What a field is that nobody has set; `MISSING` for those that an application cannot be read without."""
_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Application)
