"""That the database was put back to an older copy: a name, a time, and epochs of their own from then on."""

import secrets
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection, delete, insert, select, union, update

from sscard_desk.central.store.tables import desk, meta, scope, staff_account
from sscard_desk.central.store.upsert import put
from sscard_desk.wire.messages import Recovery
from sscard_desk.wire.recovery import seal_recovery

RECOVERY = "recovery"
_STAFF: Final = "staff_listed "
"""With a service point behind it: when its list of staff was brought in last."""


def newest(connection: Connection, key: Ed25519PrivateKey) -> Recovery | None:
    """Return the newest recovery under the centre's seal, None if there never was one."""
    found = connection.execute(select(meta.c.value).where(meta.c.name == RECOVERY)).scalar()
    if found is None:
        return None
    name, _, since = found.partition(" ")
    return seal_recovery(key, name, int(since))


def since_ms(connection: Connection) -> int:
    """Return when the database was put back last, 0 for never."""
    found = connection.execute(select(meta.c.value).where(meta.c.name == RECOVERY)).scalar()
    return 0 if found is None else int(found.partition(" ")[2])


def note(connection: Connection, now_ms: int) -> tuple[str, int]:
    """Note that the database was just put back, and begin every scope's feed anew.

    Returns:
        Name and time of this recovery.
    """
    name, at_ms = secrets.token_hex(16), max(now_ms, since_ms(connection) + 1)
    connection.execute(delete(meta).where(meta.c.name == RECOVERY))
    connection.execute(insert(meta).values(name=RECOVERY, value=f"{name} {at_ms}"))
    for (each,) in connection.execute(select(scope.c.id)).all():
        connection.execute(update(scope).where(scope.c.id == each).values(epoch=secrets.token_hex(8)))
    return name, at_ms


def note_staff(connection: Connection, point: str, now_ms: int) -> None:
    """Note that the list of staff of a service point was brought in."""
    put(connection, meta, name=f"{_STAFF}{point}", value=str(max(now_ms, since_ms(connection))))


def staff_due(connection: Connection) -> list[str]:
    """Return the service points whose staff was not brought in since the database was put back, if it ever was.

    The copy has the list of its day: who joined, left or changed roles since, nobody but the operator can say.
    """
    since = since_ms(connection)
    if since == 0:
        return []
    known = union(select(desk.c.point), select(staff_account.c.point))
    listed = {
        row.name.removeprefix(_STAFF)
        for row in connection.execute(select(meta).where(meta.c.name.startswith(_STAFF)))
        if int(row.value) >= since
    }
    return sorted(set(connection.execute(known).scalars()) - listed)
