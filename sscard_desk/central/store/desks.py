"""Service points, desks and the one-time codes that make a computer a desk."""

import hashlib
from dataclasses import dataclass
from enum import Enum

from sqlalchemy import Connection, delete, insert, select, update

from sscard_desk.central.store.feeds import make_scope
from sscard_desk.central.store.tables import desk, enrolment, point
from sscard_desk.domain.errors.centre import EnrolmentCodeWrong
from sscard_desk.domain.errors.desk_identity import DeskUnknown
from sscard_desk.domain.errors.operator import ServicePointUnknown
from sscard_desk.wire.entry import GENESIS
from sscard_desk.wire.feed import REFERENCE, persons_scope, point_scope


class DeskState(Enum):
    """Whether the centre listens to a desk."""

    EXPECTED = "expected"
    ENROLLED = "enrolled"
    REVOKED = "revoked"
    ENDED = "ended"
    """Restored on another computer under another name; what it had sent stays."""


@dataclass(frozen=True)
class Desk:
    """A desk and where it stands.

    Attributes:
        id: what the centre calls it.
        point: its service point.
        point_name: the point's name.
        region: GB/T 2260 code of the region whose register it works with.
        public_key: raw Ed25519 key, 32 bytes; empty before enrolment.
        state: whether the centre listens to it.
        head_seq: last seq received, taken or turned away; 0 before the first.
        head_hash: hash of that entry.
        seen_ms: when it was heard last, to some minutes; None before its first greeting.
        said_seq: last entry that it said it has; None where it never said.
        certificate: serial number of the newest certificate that it has shown, hex; empty before the first.
        certificate_since_ms: since when it shows that one.
    """

    id: str
    point: str
    point_name: str
    region: str
    public_key: bytes
    state: DeskState
    head_seq: int
    head_hash: bytes
    seen_ms: int | None = None
    said_seq: int | None = None
    certificate: str = ""
    certificate_since_ms: int | None = None

    @property
    def scopes(self) -> tuple[str, ...]:
        """The feed scopes this desk may read, in order of id."""
        return tuple(sorted((persons_scope(self.region), point_scope(self.point), REFERENCE)))


def make_point(connection: Connection, key: str, name: str, region: str) -> None:
    """Enter a service point with its feed scopes, or give an existing one this name and region."""
    known = connection.execute(select(point.c.id).where(point.c.id == key)).first()
    if known is None:
        connection.execute(insert(point).values(id=key, name=name, region=region))
    else:
        connection.execute(update(point).where(point.c.id == key).values(name=name, region=region))
    for scope in (REFERENCE, persons_scope(region), point_scope(key)):
        make_scope(connection, scope)


def points(connection: Connection) -> dict[str, str]:
    """Return every service point's name, by code."""
    return {row.id: row.name for row in connection.execute(select(point.c.id, point.c.name).order_by(point.c.id))}


def expect_desk(connection: Connection, key: str, at_point: str, secret: bytes, expires_ms: int) -> None:
    """Enter a desk, if it is new, and a code under which it may enrol once.

    Raises:
        ServicePointUnknown: no such service point was entered.
    """
    if connection.execute(select(point.c.id).where(point.c.id == at_point)).first() is None:
        raise ServicePointUnknown(point=at_point)
    if connection.execute(select(desk.c.id).where(desk.c.id == key)).first() is None:
        connection.execute(
            insert(desk).values(id=key, point=at_point, state=DeskState.EXPECTED.value, head_seq=0, head_hash=GENESIS)
        )
    connection.execute(
        insert(enrolment).values(secret_hash=hashlib.sha256(secret).digest(), desk=key, expires_ms=expires_ms)
    )


def enter_desk(connection: Connection, key: str, at_point: str, public_key: bytes, now_ms: int) -> None:
    """Enter a new desk with a key that is known, without a code.

    Raises:
        ServicePointUnknown: no such service point was entered.
    """
    if connection.execute(select(point.c.id).where(point.c.id == at_point)).first() is None:
        raise ServicePointUnknown(point=at_point)
    connection.execute(
        insert(desk).values(
            id=key,
            point=at_point,
            public_key=public_key,
            state=DeskState.ENROLLED.value,
            enrolled_ms=now_ms,
            state_ms=now_ms,
            head_seq=0,
            head_hash=GENESIS,
        )
    )


def enrol_desk(connection: Connection, key: str, secret: bytes, public_key: bytes, now_ms: int) -> None:
    """Register a desk's key under its code; every other code of the desk is worthless from then on.

    The same key may ask again while it is the desk's: its first answer may have been lost.

    Raises:
        EnrolmentCodeWrong: unknown, of another desk, too old, or used for another key or for one that was replaced.
    """
    enrol_by_hash(connection, key, hashlib.sha256(secret).digest(), public_key, now_ms)


def codes_of(connection: Connection, key: str) -> list[bytes]:
    """Return the digests of the secrets that were given out for a desk, used ones too."""
    return list(connection.execute(select(enrolment.c.secret_hash).where(enrolment.c.desk == key)).scalars())


def enrol_by_hash(connection: Connection, key: str, hashed: bytes, public_key: bytes, now_ms: int) -> None:
    """As `enrol_desk`, for whoever has proved to know the secret of this SHA-256.

    Raises:
        EnrolmentCodeWrong: as for `enrol_desk`.
    """
    known = find_desk(connection, key, for_update=True)  # one of two codes at a time
    row = connection.execute(select(enrolment).where(enrolment.c.secret_hash == hashed)).first()
    if known is None or row is None or row.desk != key:
        raise EnrolmentCodeWrong
    if row.public_key is not None:
        # used: good for an answer that was lost, as long as this key is the desk's
        if row.public_key == public_key == known.public_key and known.state is DeskState.ENROLLED:
            return
        raise EnrolmentCodeWrong
    if now_ms > row.expires_ms:
        raise EnrolmentCodeWrong
    _forget_codes(connection, key, hashed)
    connection.execute(update(enrolment).where(enrolment.c.secret_hash == hashed).values(public_key=public_key))
    connection.execute(
        update(desk)
        .where(desk.c.id == key)
        .values(
            public_key=public_key, state=DeskState.ENROLLED.value, enrolled_ms=now_ms, state_ms=now_ms, state_reason=""
        )
    )
    if known.public_key != public_key:  # another computer, which has shown no certificate yet
        connection.execute(update(desk).where(desk.c.id == key).values(certificate="", certificate_since_ms=None))


def revoke_desk(connection: Connection, key: str, now_ms: int, reason: str = "") -> DeskState:
    """Listen to a desk no more, and make every code of it worthless; one that was ended stays so.

    Args:
        connection: a writing transaction.
        key: the desk.
        now_ms: the time, milliseconds since 1970 UTC.
        reason: what the operator says about it; no personal data.

    Returns:
        Where it stands now.

    Raises:
        DeskUnknown: there is none of this name.
    """
    known = _need_desk(connection, key)
    _forget_codes(connection, key)
    if known.state in {DeskState.REVOKED, DeskState.ENDED}:
        return known.state
    return _set_state(connection, key, DeskState.REVOKED, now_ms, reason)


def allow_desk(connection: Connection, key: str, now_ms: int, reason: str = "") -> DeskState:
    """Listen to a revoked desk again, with the key that it had; any other stays as it is.

    Raises:
        DeskUnknown: there is none of this name.
    """
    known = _need_desk(connection, key)
    if known.state is not DeskState.REVOKED:
        return known.state
    state = DeskState.ENROLLED if known.public_key else DeskState.EXPECTED
    return _set_state(connection, key, state, now_ms, reason)


def end_desk(connection: Connection, key: str, now_ms: int) -> None:
    """Take nothing more from a desk whose work goes on under another name; its codes are worthless."""
    _forget_codes(connection, key)
    _set_state(connection, key, DeskState.ENDED, now_ms, "")


def _forget_codes(connection: Connection, key: str, but: bytes = b"") -> None:
    """Make the codes of a desk worthless, but for one; a code that is left could take the desk back later."""
    connection.execute(delete(enrolment).where(enrolment.c.desk == key, enrolment.c.secret_hash != but))


def _need_desk(connection: Connection, key: str) -> Desk:
    known = find_desk(connection, key, for_update=True)
    if known is None:
        raise DeskUnknown(desk=key)
    return known


def _set_state(connection: Connection, key: str, state: DeskState, now_ms: int, reason: str) -> DeskState:
    values = {"state": state.value, "state_ms": now_ms, "state_reason": reason}
    connection.execute(update(desk).where(desk.c.id == key).values(values))
    return state


def find_desk(connection: Connection, key: str, *, for_update: bool = False) -> Desk | None:
    """Return a desk, or None; nobody else moves its head before the transaction ends if it is `for_update`."""
    query = _DESK.where(desk.c.id == key)
    row = connection.execute(query.with_for_update(of=desk) if for_update else query).first()
    if row is None:
        return None
    return Desk(
        id=row.id,
        point=row.point,
        point_name=row.name,
        region=row.region,
        public_key=row.public_key or b"",
        state=DeskState(row.state),
        head_seq=row.head_seq,
        head_hash=row.head_hash,
        seen_ms=row.seen_ms,
        said_seq=row.said_seq,
        certificate=row.certificate,
        certificate_since_ms=row.certificate_since_ms,
    )


def note_greeting(connection: Connection, key: str, said_seq: int | None, now_ms: int) -> None:
    """Note when a desk was heard and which entry it said is its last, None where it did not say."""
    connection.execute(update(desk).where(desk.c.id == key).values(seen_ms=now_ms, said_seq=said_seq))


def move_head(connection: Connection, key: str, seq: int, entry_hash: bytes) -> None:
    """Note the last entry received from a desk."""
    connection.execute(update(desk).where(desk.c.id == key).values(head_seq=seq, head_hash=entry_hash))


_DESK = select(
    desk.c.id,
    desk.c.point,
    desk.c.public_key,
    desk.c.state,
    desk.c.head_seq,
    desk.c.head_hash,
    desk.c.seen_ms,
    desk.c.said_seq,
    desk.c.certificate,
    desk.c.certificate_since_ms,
    point.c.name,
    point.c.region,
).join(point, point.c.id == desk.c.point)
