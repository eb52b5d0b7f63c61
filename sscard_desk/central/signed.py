"""Who asks: the desk's signature over the request, its time and its nonce."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import Connection

from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.failures import RequestFailed
from sscard_desk.central.store import desks, nonces
from sscard_desk.central.store.desks import Desk, DeskState
from sscard_desk.wire import messages, signing

OLDEST_PROTOCOL = max(1, messages.PROTOCOL - 2)
_LONGEST_NONCE = 64
_FORGET_EVERY = 500
_REFUSED = {DeskState.REVOKED: messages.DESK_REVOKED, DeskState.ENDED: messages.DESK_ENDED}
KEY_HELD = frozenset({messages.DESK_REVOKED, messages.DESK_ENDED, messages.CLOCK_OFF, messages.REPLAYED})
"""Told to whoever has the desk's key alone: the desk is the one that the request names."""
READING = frozenset({"GET", "HEAD"})
"""A question that comes twice changes nothing and is told apart by each worker for itself."""


@dataclass(frozen=True)
class Mark:
    """What tells a request apart: who asks, its nonce and the time that it says, milliseconds since 1970 UTC."""

    desk: str
    nonce: str
    time_ms: int


def check_protocol(headers: Mapping[str, str]) -> None:
    """Refuse a request of a version that is not served any more.

    Raises:
        RequestFailed: too old, or no version at all.
    """
    said = headers.get(signing.PROTOCOL_HEADER, "")
    if not said.isascii() or not said.isdecimal():
        raise RequestFailed(messages.MALFORMED)
    if int(said) < OLDEST_PROTOCOL:
        raise RequestFailed(messages.PROTOCOL_TOO_OLD)


def check_desk(  # noqa: PLR0917 - in the order in which they are signed
    centre: OpenCentre,
    headers: Mapping[str, str],
    method: str,
    target: str,
    body: bytes,
    known: Desk | None = None,
) -> tuple[Desk, Mark]:
    """Return the desk that signed this request, and what tells the request apart from any other.

    How far its journal goes may have moved since: whoever needs that asks the database (`store.memory`).

    Args:
        centre: the centre.
        headers: the request's headers, names in lower case.
        method: in capitals.
        target: path and query as they came.
        body: as it came, before it is unpacked.
        known: the desk that the headers name, where the caller knows it.

    Raises:
        RequestFailed: unknown or revoked desk, wrong signature, a time outside the window, or a request seen before.
    """
    name = headers.get(signing.DESK_HEADER, "")
    nonce = headers.get(signing.NONCE_HEADER, "")
    try:
        time_ms = int(headers.get(signing.TIME_HEADER, ""))
        signature = bytes.fromhex(headers.get(signing.SIGNATURE_HEADER, ""))
    except ValueError as unreadable:
        raise RequestFailed(messages.MALFORMED) from unreadable
    desk = known or known_desk(centre, name)
    if desk is None or desk.state is DeskState.EXPECTED:
        raise RequestFailed(messages.NOT_ENROLLED)
    try:
        signed = signing.request_bytes(name, method, target, time_ms, nonce, body)
        _public_key(desk.public_key).verify(signature, signed)
    except InvalidSignature as wrong:
        raise RequestFailed(messages.SIGNATURE_WRONG) from wrong
    # only whoever has its key hears what became of it
    if desk.state is not DeskState.ENDED or target != messages.END_PATH:
        need_enrolled(desk)
    _check_once(centre, name, nonce, time_ms)
    return desk, Mark(name, nonce, time_ms)


def need_enrolled(desk: Desk | None) -> Desk:
    """Return the desk, if the centre listens to it.

    Raises:
        RequestFailed: `not-enrolled`, `desk-revoked`, `desk-ended`.
    """
    if desk is None or desk.state is not DeskState.ENROLLED:
        raise RequestFailed(_REFUSED.get(desk.state, messages.NOT_ENROLLED) if desk else messages.NOT_ENROLLED)
    return desk


def _check_once(centre: OpenCentre, name: str, nonce: str, time_ms: int) -> None:
    """Refuse a request seen before.

    One from before this process began cannot be told from a repeated one, so its desk is asked for another.
    """
    now = centre.now_ms()
    if len(nonce) > _LONGEST_NONCE:
        raise RequestFailed(messages.MALFORMED)
    if abs(now - time_ms) > signing.WINDOW_MS or time_ms < centre.started_ms:
        raise RequestFailed(messages.CLOCK_OFF)
    if not centre.seen.first(name, nonce, time_ms, now):
        raise RequestFailed(messages.REPLAYED)


def note_among_workers(centre: OpenCentre, connection: Connection, mark: Mark, *, alone: bool) -> None:
    """Refuse a request that another worker has seen; what is too old is forgotten now and then.

    Args:
        centre: the centre.
        connection: a writing transaction.
        mark: the request.
        alone: nothing else is written in this transaction.

    Raises:
        RequestFailed: it came before; what the transaction wrote is undone.
    """
    if centre.seen.count % _FORGET_EVERY == 1:
        nonces.forget(connection, centre.now_ms() - 2 * signing.WINDOW_MS)
    if not nonces.take(connection, mark.desk, mark.nonce, mark.time_ms, alone=alone):
        raise RequestFailed(messages.REPLAYED)


def known_desk(centre: OpenCentre, name: str) -> Desk | None:
    """Return a desk from memory, or from the database, or None."""
    known = centre.memory.desk(name)
    if known is not None:
        return known
    turn = centre.memory.turn()
    with centre.database.reading() as connection:
        found = desks.find_desk(connection, name)
    if found is not None:
        centre.memory.keep_desk(turn, found)
    return found


@lru_cache(maxsize=4_096)
def _public_key(raw: bytes) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(raw)
