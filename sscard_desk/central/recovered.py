"""After the database was put back to an older copy: a recovery of its own name, and what the copy knows of desks."""

from dataclasses import dataclass

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import Connection, select

from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.peer import Peer
from sscard_desk.central.store import certificates, desks, recovery
from sscard_desk.central.store.certificates import HeldCertificate
from sscard_desk.central.store.desks import Desk, DeskState
from sscard_desk.central.store.tables import desk


@dataclass(frozen=True)
class KnownDesk:
    """A desk as the copy knows it: whoever was enrolled or revoked since is to be looked at again."""

    desk: str
    state: str
    last_seq: int


@dataclass(frozen=True)
class Recovered:
    """A recovery that was noted."""

    name: str
    since_ms: int
    desks: tuple[KnownDesk, ...]


def note_recovery(centre: OpenCentre) -> Recovered:
    """Have every desk send again what the copy lacks, and every feed begin anew; to be called once, before serving."""

    def note(connection: Connection) -> Recovered:
        return _told(connection, *recovery.note(connection, centre.now_ms()))

    return centre.database.write(note)


def recovered_before(centre: OpenCentre) -> Recovered:
    """Return the newest recovery that was noted, and what is known of desks."""
    with centre.database.reading() as connection:
        last = recovery.newest(connection, centre.keys.receipt)
        return _told(connection, last.name if last else "", last.since_ms if last else 0)


def _told(connection: Connection, name: str, since_ms: int) -> Recovered:
    rows = connection.execute(select(desk.c.id, desk.c.state, desk.c.head_seq).order_by(desk.c.id))
    return Recovered(name, since_ms, tuple(KnownDesk(row.id, row.state, row.head_seq) for row in rows))


def enter_known_desk(centre: OpenCentre, name: str, point: str, public_key: bytes) -> None:
    """Enter a desk that was enrolled after the copy was made, with the key that it has; it sends its journal again.

    Raises:
        ServicePointUnknown: no such service point was entered.
        ValueError: there is a desk of this name, or this is no key.
    """
    Ed25519PublicKey.from_public_bytes(public_key)

    def enter(connection: Connection) -> None:
        if desks.find_desk(connection, name) is not None:
            raise ValueError("a desk of this name is known")
        desks.enter_desk(connection, name, point, public_key, centre.now_ms())

    centre.database.write(enter)


def adopt_lost(centre: OpenCentre, holder: Desk, peer: Peer) -> bool:
    """Put a certificate on record again that the centre had given after the copy; return whether it is one.

    Args:
        centre: the centre.
        holder: who signed the request that the certificate came with.
        peer: the certificate, signed by an authority of this centre for this desk.
    """
    public_key = x509.load_der_x509_certificate(peer.body).public_key()
    spki = public_key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)

    def adopt(connection: Connection) -> bool:
        if peer.begin_ms > recovery.since_ms(connection):
            return False
        found = desks.find_desk(connection, holder.id, for_update=True)
        if found is None or found.state is not DeskState.ENROLLED:
            return False
        if certificates.number_of(connection, found, peer.serial) is None:
            held = HeldCertificate(peer.body, spki, peer.begin_ms, peer.end_ms)
            certificates.keep(connection, found, peer.serial, held)
        return True

    return centre.database.write(adopt)
