"""Every certificate that was given to a desk, and which of them it shows."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, func, insert, select, update

from sscard_desk.central.store.desks import Desk
from sscard_desk.central.store.tables import certificate, desk


@dataclass(frozen=True)
class HeldCertificate:
    """A certificate of a desk.

    Attributes:
        body: DER.
        public_key: its key, DER (SubjectPublicKeyInfo).
        issued_ms: when it was given, milliseconds since 1970 UTC.
        end_ms: when it ends.
    """

    body: bytes
    public_key: bytes
    issued_ms: int
    end_ms: int


def newest(connection: Connection, of: Desk) -> HeldCertificate | None:
    """Return the certificate that a desk was given last for the key that it signs with, or None."""
    query = select(certificate).where(*_of(of)).order_by(certificate.c.number.desc()).limit(1)
    row = connection.execute(query).first()
    return HeldCertificate(row.body, row.public_key, row.issued_ms, row.end_ms) if row else None


def number_of(connection: Connection, of: Desk, serial: str) -> int | None:
    """Return the running number of one of a desk's certificates, or None if it was not given to it."""
    query = select(certificate.c.number).where(*_of(of), certificate.c.serial == serial)
    row = connection.execute(query).first()
    return int(row.number) if row else None


def keep(connection: Connection, of: Desk, serial: str, held: HeldCertificate) -> None:
    """Keep a certificate as the newest of its desk, whose row the caller holds."""
    numbers = select(func.max(certificate.c.number)).where(certificate.c.desk == of.id)
    number = (connection.execute(numbers).scalar_one_or_none() or 0) + 1
    connection.execute(
        insert(certificate).values(
            serial=serial,
            desk=of.id,
            desk_key=of.public_key,
            number=number,
            public_key=held.public_key,
            body=held.body,
            issued_ms=held.issued_ms,
            end_ms=held.end_ms,
        )
    )


def note_shown(connection: Connection, key: str, serial: str, now_ms: int) -> None:
    """Note that a desk shows this certificate from now on, unless it shows a newer one already."""
    ours = certificate.alias()
    before = certificate.alias()
    number = select(ours.c.number).where(ours.c.serial == serial).scalar_subquery()
    known = select(before.c.number).where(before.c.serial == desk.c.certificate).scalar_subquery()
    newer = func.coalesce(known, 0) < number
    values = {"certificate": serial, "certificate_since_ms": now_ms}
    connection.execute(update(desk).where(desk.c.id == key, newer).values(values))


def _of(of: Desk) -> tuple[ColumnElement[bool], ...]:
    """A certificate that was given for another signing key is another computer's."""
    return certificate.c.desk == of.id, certificate.c.desk_key == of.public_key
