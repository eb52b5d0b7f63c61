"""Whether the certificate on a connection lets its desk ask what it asks.

The desk's signature has been checked before; the certificate is the second lock. Nobody is locked out of delivering
by it: entries and pictures of an enrolled desk are taken whatever became of its certificate, unless it is another's.
"""

from typing import Final

from sscard_desk.central.access import Access
from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.certificate_rules import Demand
from sscard_desk.central.failures import RequestFailed
from sscard_desk.central.peer import Peer, read_peer
from sscard_desk.central.recovered import adopt_lost
from sscard_desk.central.store import certificates
from sscard_desk.central.store.desks import Desk
from sscard_desk.wire import messages

OVERLAP_MS: Final = 10 * 60 * 1000
"""How long after the first use of a new certificate the one before still counts: connections made with it are open."""


def check_certificate(centre: OpenCentre, desk: Desk, shown: bytes | None, access: Access) -> None:
    """Look at the certificate that came with a desk's request.

    Args:
        centre: the centre.
        desk: who signed the request.
        shown: the certificate, DER; None for none.
        access: what the route asks.

    Raises:
        RequestFailed: `certificate-wrong`, whatever is asked; `certificate-missing`, `certificate-replaced`,
            `certificate-expired`, where the route asks for more.
    """
    lacking = _lacking(centre, desk, _peer(centre, desk, shown))
    if lacking is None or access is Access.DELIVER:
        return
    if access is Access.RENEW and (lacking == messages.CERTIFICATE_EXPIRED or not desk.certificate):
        return
    raise RequestFailed(lacking)


def _peer(centre: OpenCentre, desk: Desk, shown: bytes | None) -> Peer | None:
    if shown is None:
        return None
    peer = read_peer(shown, centre.believed)
    if peer is None or peer.desk != desk.id:
        raise RequestFailed(messages.CERTIFICATE_WRONG)
    return peer


def _lacking(centre: OpenCentre, desk: Desk, peer: Peer | None) -> str | None:
    """Return what is wrong with what a desk shows, or None."""
    demand = centre.certificates.demand
    if peer is None:
        demanded = demand is Demand.ALL or (demand is Demand.USED and bool(desk.certificate))
        return messages.CERTIFICATE_MISSING if demanded else None
    now_ms = centre.now_ms()
    if peer.serial != desk.certificate and not _newer(centre, desk, peer, now_ms):
        since = desk.certificate_since_ms
        if since is None or now_ms - since > OVERLAP_MS:
            return messages.CERTIFICATE_REPLACED
    return messages.CERTIFICATE_EXPIRED if now_ms > peer.end_ms and demand is not Demand.NONE else None


def _newer(centre: OpenCentre, desk: Desk, peer: Peer, now_ms: int) -> bool:
    """Return whether a desk shows a newer certificate than before; from now on it is the one that counts.

    Raises:
        RequestFailed: the authority signed it, and it stands nowhere: not given to this desk, nor lost in a recovery.
    """
    with centre.database.reading() as connection:
        number = certificates.number_of(connection, desk, peer.serial)
        before = certificates.number_of(connection, desk, desk.certificate) or 0
    if number is None:
        if not adopt_lost(centre, desk, peer):
            raise RequestFailed(messages.CERTIFICATE_WRONG)
    elif number <= before:
        return False
    centre.database.write(lambda connection: certificates.note_shown(connection, desk.id, peer.serial, now_ms))
    return True
