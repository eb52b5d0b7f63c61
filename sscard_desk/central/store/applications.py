"""Where each application stands, as the centre folded it."""

from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection, insert, select, update

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


def find(connection: Connection, subject: str) -> Standing | None:
    """Return an application by its key, or None."""
    row = connection.execute(select(application).where(application.c.subject == subject)).first()
    if row is None:
        return None
    state = _decoder.decode(row.state)
    return Standing(
        state=state,
        point=row.point,
        desk=row.desk,
        content_version=row.content_version,
        content_desk=row.content_desk,
        second=row.open_key is None and state.step not in ENDED,
    )


def open_for(connection: Connection, id_number: str) -> Standing | None:
    """Return the application of this person that is open, or None."""
    row = connection.execute(select(application.c.subject).where(application.c.open_key == id_number)).first()
    return find(connection, row.subject) if row else None


def number_taken(connection: Connection, number: str) -> bool:
    """Return whether an application has this number already."""
    return connection.execute(select(application.c.subject).where(application.c.number == number)).first() is not None


def keep(connection: Connection, standing: Standing, *, new: bool) -> None:
    """Keep where an application stands now."""
    state = standing.state
    values = {
        "point": standing.point,
        "number": state.number,
        "desk": standing.desk,
        "step": state.step.value,
        "version": state.version,
        "content_version": standing.content_version,
        "content_desk": standing.content_desk,
        "open_key": state.id_number if standing.holds_person else None,
        "state": _encoder.encode(state),
    }
    if new:
        connection.execute(insert(application).values(subject=state.id, **values))
    else:
        connection.execute(update(application).where(application.c.subject == state.id).values(**values))


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Application)
