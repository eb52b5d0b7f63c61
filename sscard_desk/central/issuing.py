"""Giving certificates: for the key that a desk asks for, the same one again where its answer was lost."""

from datetime import UTC, datetime

from cryptography.hazmat.primitives import serialization
from sqlalchemy import Connection

from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.certificates import read_request, serial_text
from sscard_desk.central.failures import RequestFailed
from sscard_desk.central.signed import need_enrolled
from sscard_desk.central.store import certificates, desks
from sscard_desk.central.store.certificates import HeldCertificate
from sscard_desk.central.store.desks import Desk
from sscard_desk.wire import messages
from sscard_desk.wire.certificates import HELD, WANTED


def issue(centre: OpenCentre, connection: Connection, desk: str, request: bytes) -> bytes:
    """Return a certificate for a desk's request, DER; it is on record when the transaction commits.

    Args:
        centre: the centre.
        connection: a writing transaction.
        desk: who asks, known by its signature or its one-time code.
        request: PKCS#10, DER.

    Raises:
        RequestFailed: `malformed`; `busy`, the authority's key is not here; or a desk that is not listened to.
    """
    key = read_request(request)
    if key is None:
        raise RequestFailed(messages.MALFORMED)
    # held until the end, so that two requests of one desk get their numbers one after the other
    holder = need_enrolled(desks.find_desk(connection, desk, for_update=True))
    public_key = key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    now_ms = centre.now_ms()
    last = certificates.newest(connection, holder)
    if last and last.public_key == public_key and _lasts(centre, last, now_ms):
        return last.body
    if not centre.keys.can_certify:
        raise RequestFailed(messages.BUSY)
    now = datetime.fromtimestamp(now_ms / 1000, UTC)
    made = centre.keys.certify(key, desk, now, centre.certificates.desk_days)
    body = made.public_bytes(serialization.Encoding.DER)
    end_ms = int(made.not_valid_after_utc.timestamp() * 1000)
    certificates.keep(connection, holder, serial_text(made), HeldCertificate(body, public_key, now_ms, end_ms))
    return body


def word_for(centre: OpenCentre, connection: Connection, desk: Desk) -> str:
    """Return what the greeting says of a desk's certificate; nothing where none can be given."""
    if not centre.keys.can_certify:
        return ""
    last = certificates.newest(connection, desk)
    return HELD if last and _lasts(centre, last, centre.now_ms()) else WANTED


def _lasts(centre: OpenCentre, held: HeldCertificate, now_ms: int) -> bool:
    """Return whether a certificate is not due: neither for its time nor for an authority that its desk cannot know."""
    return held.issued_ms >= centre.authorities_ms and not centre.certificates.due(held.issued_ms, held.end_ms, now_ms)
